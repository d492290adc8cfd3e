"""The last step of a draft: checked once more, signed, and turned into a filing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from rules_engine import regions
from rules_engine.filing_kinds import FilingKind
from services.filing_fields import CHECKS, Asked, check_signature
from services.filing_forms import MASKS, sha256_of, shown_value, signed_text
from services.filing_numbers import filing_number
from services.filing_policy import FilingPolicy
from services.filing_records import CommitmentLetter, Draft, FieldProblem, FilingProblem, Receipt
from services.filing_rows import FilingRow
from services.filing_states import OPEN, status_on
from services.filing_storage import FilingStorage
from services.filing_views import draft_values

# Who shows all three of these of a filing is taken for the person it belongs to.
PROOF_OF_IDENTITY = ("name", "id_number", "phone")


class Submission:
    """Works inside the caller's transaction."""

    def __init__(
        self, store: FilingStorage, now: Callable[[], datetime], policy: FilingPolicy, draw_digits: Callable[[], str]
    ) -> None:
        self._store, self._now, self._policy, self._draw_digits = store, now, policy, draw_digits

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
            self._store.drafts.set_consent(draft, None, self._now())
            raise FilingProblem("letter_changed")
        self._check_predecessor(draft)
        existing = self._existing(draft)
        if existing:
            raise FilingProblem("filing_exists", filing_no=existing)

    def _check_again(self, draft: Draft, name: str, kind: FilingKind) -> None:
        if name not in draft.fields:
            return
        try:
            CHECKS[name](draft.fields[name], Asked(self._today, kind, draft.fields))
        except FieldProblem:
            self._store.drafts.clear_field(draft, name, self._now())
            raise

    def _signed_sha256(self, draft: Draft, kind: FilingKind) -> str:
        if kind.letter:
            return letter_of(self._store, draft, self._policy, self._today).sha256
        return sha256_of(signed_text(draft_values(self._store, draft), kind))

    def check_signature(self, draft: Draft, raw: str) -> str:
        """The signature of whoever files; FieldProblem, counted in the draft, if it is none of theirs."""
        signer = "agent_name" if draft.fields.get("filed_for") == "family" else "name"
        name = self._store.drafts.secret(draft, signer)
        try:
            return check_signature(raw, name, Asked(self._today, self._kind(draft), draft.fields))
        except FieldProblem:
            self._store.drafts.count_failure(draft, "signature", self._now())
            raise

    def hand_in(self, draft: Draft, signature: str | None) -> Receipt:
        """Filing, its secrets and papers, its first events and the draft's end, all or nothing."""
        at, store, kind = self._now(), self._store, self._kind(draft)
        if draft.purpose == "end" and draft.predecessor:
            return self._apply_to_end(draft, draft.predecessor, kind)
        values = draft_values(store, draft)
        secret = {name: value for name, value in values.items() if name in MASKS}
        # The text as signed: the wording in the packs may change, this must not.
        secret["letter"] = (
            letter_of(store, draft, self._policy, self._today).text if kind.letter else signed_text(values, kind)
        )
        if signature is not None:
            secret["signature"] = signature
        actor = "agent" if draft.fields.get("filed_for") == "family" else "insured_person"
        starts_on = _starts_on(draft, kind, self._today)
        filing = store.filings.add(self._unused_number(draft), draft, starts_on, secret, at, actor)
        store.papers.hand_over(draft.draft_id, filing.filing_no)
        store.drafts.set_state(draft, "submitted", at)
        store.drafts.delete_secrets(draft)
        if draft.purpose == "mend" and draft.predecessor:
            mended = store.filings.get(draft.predecessor)
            store.filings.move(mended, "replaced", at, actor, {"successor": filing.filing_no})
        if kind.decided_by == "self_service":
            filing = confirm(store, self._policy, filing, self._today, at, actor)
        return receipt(filing, kind)

    def _apply_to_end(self, draft: Draft, filing_no: str, kind: FilingKind) -> Receipt:
        at, store = self._now(), self._store
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
        expected = "returned" if draft.purpose == "mend" else "confirmed"
        if before.status != expected:
            raise FilingProblem("predecessor_moved_on", status=before.status)
        later = self._store.filings.successor_of(before.filing_no)
        if later is not None and later.status in OPEN:
            raise FilingProblem("filing_exists", filing_no=later.filing_no)

    def _existing(self, draft: Draft) -> str | None:
        """The number of an open filing of the same kind, told only to who knows the person's name, ID and phone.

        To anyone else it would tell that somebody has filed; the desk sees such pairs instead.
        """
        mine = {name: self._store.drafts.secret(draft, name) for name in PROOF_OF_IDENTITY}
        for row in self._store.filings.of_id_number(mine["id_number"]):
            same = (row.kind, row.insured_region) == (draft.kind, draft.insured_region)
            is_open = status_on(row.status, row.valid_to, self._today) in OPEN
            if not same or not is_open or row.filing_no == draft.predecessor:
                continue
            if self._store.filings.secrets(row.filing_no, PROOF_OF_IDENTITY) == mine:
                return row.filing_no
        return None

    @property
    def _today(self) -> date:
        return self._now().date()

    def _kind(self, draft: Draft) -> FilingKind:
        return self._policy.kind(draft.insured_region, draft.kind, self._today)

    def _unused_number(self, draft: Draft) -> str:
        while True:
            number = filing_number(draft.insured_region, self._today, self._draw_digits())
            if self._store.filings.find(number) is None:
                return number


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
    before = store.filings.find(filing.predecessor) if filing.predecessor else None
    if before is not None and before.status == "confirmed":
        store.filings.move(before, "changed", at, actor, {"successor": filing.filing_no})
    return confirmed


def receipt(filing: FilingRow, kind: FilingKind) -> Receipt:
    """The receipt of a filing as it stands."""
    notes = tuple(note.text for note in kind.notes_after)
    return Receipt(filing.filing_no, filing.status, filing.submitted_at, notes)


def _starts_on(draft: Draft, kind: FilingKind, today: date) -> str:
    if kind.starts == "admission_day":
        return draft.fields["admitted_on"]
    return draft.fields.get("starts_on", today.isoformat())
