"""The last step of a draft: checked once more, signed, and turned into a filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from rules_engine import regions
from rules_engine.filing_kinds import FilingKind
from services.filing_fields import CHECKS, Asked, check_signature
from services.filing_forms import MASKS, sha256_of, shown_value, signed_text
from services.filing_kinship import occasion, open_twins, takes_place_of
from services.filing_numbers import filing_number
from services.filing_policy import FilingPolicy
from services.filing_records import CommitmentLetter, Draft, FieldProblem, FilingProblem, Receipt
from services.filing_rows import FilingRow
from services.filing_states import HOLDING, OPEN
from services.filing_storage import FilingStorage
from services.filing_views import draft_values

SALT_LETTERS = 32
# The states a predecessor may be in when its successor is handed in.
TAKEN_UP_FROM: Mapping[str, frozenset[str]] = {
    "mend": frozenset({"returned"}), "change": frozenset({"confirmed"}), "renew": HOLDING,
    "end": frozenset({"confirmed"}),
}
# Who shows all three of these of a filing is taken for the person it belongs to.
PROOF_OF_IDENTITY = ("name", "id_number", "phone")


class Submission:
    """One hand-in, at one moment; works inside the caller's transaction."""

    def __init__(
        self, store: FilingStorage, at: datetime, policy: FilingPolicy, draw_digits: Callable[[], str]
    ) -> None:
        self._store, self._at, self._policy, self._draw_digits = store, at, policy, draw_digits

    def repeat(self, draft: Draft) -> Receipt:
        """The receipt of a draft that was submitted before."""
        filings = self._store.filings
        is_end = draft.purpose == "end" and draft.predecessor
        filing = filings.find(draft.predecessor) if is_end and draft.predecessor else filings.of_draft(draft.draft_id)
        if filing is None:
            raise LookupError(f"Submitted draft {draft.draft_id} has no filing: changed by hand?")
        return receipt(filing, self._policy.kind_of(filing))

    def check_still_valid(self, draft: Draft) -> None:
        """Clears what no longer holds and raises: a draft may have been paused for days."""
        if draft.consent is None:
            raise FilingProblem("consent_missing")
        if draft.purpose == "end":
            self._check_predecessor(draft)
            return
        kind = self._kind(draft)
        for name in ("treatment_region", "starts_on"):
            self._check_again(draft, name, kind)
        # Same text, same day: the date is part of what is signed.
        if self._signed_sha256(draft, kind) != draft.consent.letter_sha256:
            self._store.drafts.set_consent(draft, None, self._at)
            raise FilingProblem("letter_changed")
        self._check_predecessor(draft)
        existing = self._existing(draft, kind)
        if existing:
            raise FilingProblem("filing_exists", filing_no=existing)

    def _check_again(self, draft: Draft, name: str, kind: FilingKind) -> None:
        if name not in draft.fields:
            return
        try:
            CHECKS[name](draft.fields[name], Asked(self._today, kind, draft.fields))
        except FieldProblem:
            self._store.drafts.clear_field(draft, name, self._at)
            raise

    def _signed_sha256(self, draft: Draft, kind: FilingKind) -> str:
        if kind.letter:
            return letter_of(self._store, draft, self._policy, self._today).sha256
        return sha256_of(signed_text(draft_values(self._store, draft), kind, salt_of(self._store, draft)))

    def check_signature(self, draft: Draft, raw: str) -> str:
        """The signature of whoever files; FieldProblem, counted in the draft, if it is none of theirs."""
        signer = "agent_name" if draft.fields.get("filed_for") == "family" else "name"
        name = self._store.drafts.secret(draft, signer)
        try:
            return check_signature(raw, name, Asked(self._today, self._kind(draft), draft.fields))
        except FieldProblem:
            self._store.drafts.count_failure(draft, "signature", self._at)
            raise

    def hand_in(self, draft: Draft, signature: str | None) -> Receipt:
        """Filing, its secrets and papers, its first events and the draft's end, all or nothing."""
        at, store, kind = self._at, self._store, self._kind(draft)
        if draft.purpose == "end" and draft.predecessor:
            return self._apply_to_end(draft, draft.predecessor, kind)
        values = draft_values(store, draft)
        secret = {name: value for name, value in values.items() if name in MASKS}
        # The text as signed: the wording in the packs may change, this must not.
        secret["letter"] = (
            letter_of(store, draft, self._policy, self._today).text
            if kind.letter else signed_text(values, kind, salt_of(store, draft))
        )
        if signature is not None:
            secret["signature"] = signature
        decides_alone = self._decides_alone(draft, kind, bool(self._twins(draft, kind)))
        actor = "agent" if draft.fields.get("filed_for") == "family" else "insured_person"
        starts_on = _starts_on(draft, kind, self._today)
        filing = store.filings.add(self._unused_number(draft), draft, starts_on, secret, at, actor)
        store.papers.hand_over(draft.draft_id, filing.filing_no)
        store.drafts.set_state(draft, "submitted", at)
        store.drafts.delete_secrets(draft)
        if draft.purpose == "mend" and draft.predecessor:
            mended = store.filings.get(draft.predecessor)
            store.filings.move(mended, "replaced", at, actor, {"successor": filing.filing_no})
        if decides_alone:
            filing = confirm(store, self._policy, filing, self._today, at, actor)
        return receipt(filing, kind)

    def _apply_to_end(self, draft: Draft, filing_no: str, kind: FilingKind) -> Receipt:
        at, store = self._at, self._store
        store.papers.hand_over(draft.draft_id, filing_no)
        store.drafts.set_state(draft, "submitted", at)
        store.drafts.delete_secrets(draft)
        detail = {"papers": sorted({paper.paper for paper in draft.papers})}
        ending = store.filings.move(store.filings.get(filing_no), "end_requested", at, "insured_person", detail)
        return receipt(ending, kind)

    def _check_predecessor(self, draft: Draft) -> None:
        if draft.predecessor is None:
            return
        before = self._store.filings.get(draft.predecessor)
        if before.status not in TAKEN_UP_FROM[draft.purpose]:
            raise FilingProblem("predecessor_moved_on", status=before.status)
        _, base = takes_place_of(self._store, draft.purpose, draft.predecessor)
        if base is not None and base.status not in HOLDING:
            raise FilingProblem("predecessor_moved_on", status=base.status)
        later = self._store.filings.successor_of(before.filing_no)
        if later is not None and later.status in OPEN:
            raise FilingProblem("filing_exists", filing_no=later.filing_no)

    def _twins(self, draft: Draft, kind: FilingKind) -> tuple[FilingRow, ...]:
        _, base = takes_place_of(self._store, draft.purpose, draft.predecessor)
        mine = occasion(kind, draft.fields, _starts_on(draft, kind, self._today))
        id_number = self._store.drafts.secret(draft, "id_number")
        spared = {draft.predecessor, base.filing_no if base else None}
        return open_twins(self._store, kind, id_number, mine, self._today, spared)

    def _existing(self, draft: Draft, kind: FilingKind) -> str | None:
        """The number of an open filing for the same, told only to who knows the person's name, ID and phone.

        To anyone else it would tell that somebody has filed; the desk sees such pairs instead.
        """
        mine = {name: self._store.drafts.secret(draft, name) for name in PROOF_OF_IDENTITY}
        for row in self._twins(draft, kind):
            if self._store.filings.secrets(row.filing_no, PROOF_OF_IDENTITY) == mine:
                return row.filing_no
        return None

    def _decides_alone(self, draft: Draft, kind: FilingKind, has_twins: bool) -> bool:
        """Whether nobody at the agency has to look: not where the documents leave it to papers, or say nothing."""
        if kind.decided_by != "self_service" or has_twins:
            return False
        purpose, base = takes_place_of(self._store, draft.purpose, draft.predecessor)
        return base is None or self._policy.may(purpose, base, self._today).outcome == "allowed"

    @property
    def _today(self) -> date:
        return self._at.date()

    def _kind(self, draft: Draft) -> FilingKind:
        return self._policy.kind(draft.insured_region, draft.kind, self._today)

    def _unused_number(self, draft: Draft) -> str:
        while True:
            number = filing_number(draft.insured_region, self._today, self._draw_digits())
            if self._store.filings.find(number) is None:
                return number


def salt_of(store: FilingStorage, draft: Draft) -> str:
    """What keeps the hash of a text without a letter from being guessed by who knows its blanks."""
    return store.filings.fingerprint(draft.draft_id)[:SALT_LETTERS]


def letter_of(store: FilingStorage, draft: Draft, policy: FilingPolicy, on: date) -> CommitmentLetter:
    """That day's letter for a complete draft, sensitive values masked in it as they are shown."""
    kind = policy.kind(draft.insured_region, draft.kind, on)
    values = draft_values(store, draft)
    shown = {name: shown_value(name, value, kind) for name, value in values.items()}
    shown |= {
        "destination": shown["treatment_region"],
        "insured_region": regions.display_name(draft.insured_region),
    }
    return policy.letter(kind).fill(shown, on)


def confirm(
    store: FilingStorage, policy: FilingPolicy, filing: FilingRow, on: date, at: datetime, actor: str
) -> FilingRow:
    """The filing confirmed on that day, in effect from its start; the one it changes or renews gives way to it."""
    kind = policy.kind_of(filing)
    valid_to = policy.valid_to(kind, filing.starts_on)
    confirmed = store.filings.move(
        filing, "confirmed", at, actor, {"confirmed_on": on.isoformat()},
        confirmed_on=on, effective_on=filing.starts_on, valid_to=valid_to,
    )
    _, before = takes_place_of(store, filing.purpose, filing.predecessor)
    if before is not None and before.status in HOLDING:
        _give_way(store, before, confirmed, on, at, actor)
    return confirmed


def _give_way(
    store: FilingStorage, before: FilingRow, after: FilingRow, on: date, at: datetime, actor: str
) -> None:
    """The old filing ends where the new one begins, so that nobody is without one in between."""
    detail = {"successor": after.filing_no}
    last_day = after.starts_on - timedelta(days=1)
    holds_till_then = before.valid_to is None or before.valid_to >= last_day
    if last_day >= on and before.status == "confirmed" and holds_till_then:
        store.filings.move(before, "limited", at, actor, detail, valid_to=last_day)
    else:
        store.filings.move(before, "changed", at, actor, detail)


def receipt(filing: FilingRow, kind: FilingKind) -> Receipt:
    """The receipt of a filing as it stands; what is said to those who set out is not for those who come back."""
    notes = () if filing.status == "ending" else tuple(note.text for note in kind.notes_after)
    return Receipt(filing.filing_no, filing.status, filing.submitted_at, notes)


def _starts_on(draft: Draft, kind: FilingKind, today: date) -> str:
    if kind.starts == "admission_day":
        return draft.fields["admitted_on"]
    return draft.fields.get("starts_on", today.isoformat())
