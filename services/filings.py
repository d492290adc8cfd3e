"""Filing by commitment as the dialogue drives it, from the first answer to the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from rules_engine import regions
from services.commitment_letters import LetterWording
from services.filing_fields import CHECKS
from services.filing_numbers import random_digits, read_filing_number
from services.filing_records import (
    FIELDS,
    CommitmentLetter,
    Consent,
    Draft,
    FieldProblem,
    FilingPaper,
    FilingProblem,
    FilingView,
    Receipt,
    ReviewField,
)
from services.filing_store import FilingStore
from services.filing_submission import Submission
from services.filing_views import (
    draft_values,
    filing_paper,
    filing_view,
    review_fields,
    shown_value,
)

KINDS = frozenset({"long_term_residence"})
IN_FORCE = frozenset({"submitted", "confirmed"})
KNOWN_FIELDS = ("treatment_region", "reason", "starts_on")


class Filings:
    """Drafts and filings of conversations.

    Every step is one transaction. FieldProblem: this answer cannot be used, ask again.
    FilingProblem: this step cannot be taken now.
    """

    def __init__(
        self,
        store: FilingStore,
        now: Callable[[], datetime],
        letters: Mapping[str, LetterWording],
        draw_digits: Callable[[], str] = random_digits,
    ) -> None:
        self._store = store
        self._now = now
        self._letters = letters
        self._submission = Submission(store, now, self._letter, draw_digits)

    def keep(self, conversation: str, raw: str) -> str:
        """A token for a raw value, to be used once in `fill` or `submit` of this conversation."""
        with self._store.transaction():
            return self._store.kept.put(conversation, raw, self._now())

    def forget(self, conversation: str) -> None:
        """Delete the conversation's unfinished draft and kept values; submitted filings stay."""
        with self._store.transaction():
            self._store.kept.forget(conversation)
        self.drop(conversation)

    def offers(self, insured_region: str) -> bool:
        """Whether someone insured there can file here: their region has a commitment letter."""
        return insured_region in self._letters

    def open_draft(self, conversation: str, kind: str, known: Mapping[str, str]) -> Draft:
        """The conversation's unfinished draft as it is, or a new one with what is known.

        `known` names insured_region and perhaps treatment_region, reason, starts_on; what
        does not pass its check is left out and asked later. FilingProblem filing_not_offered
        for a kind or insured region that we have no letter for.
        """
        insured_region = known.get("insured_region", "")
        if kind not in KINDS or insured_region not in self._letters:
            raise FilingProblem("filing_not_offered", kind=kind, insured_region=insured_region)
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            if draft is not None:
                return draft
            fields = self._usable(known, insured_region)
            return self._store.drafts.add(conversation, kind, insured_region, fields, self._now())

    def find_draft(self, conversation: str) -> Draft | None:
        """The conversation's open or paused draft."""
        with self._store.transaction():
            return self._store.drafts.unfinished(conversation)

    def fill(
        self, conversation: str, field: str, *, value: str | None = None, token: str | None = None
    ) -> Draft:
        """The draft with this field checked and stored, from a plain value or a kept one.

        A value that cannot be used raises FieldProblem and is counted in `failures`;
        kept_value_gone (token used or purged) is not counted: nobody answered wrongly.
        """
        with self._store.transaction():
            draft = self._unfinished(conversation)
            raw = value if token is None else self._taken(conversation, field, token)
            try:
                checked = CHECKS[field](raw or "", self._now().date(), draft.insured_region)
            except FieldProblem as found:
                self._store.drafts.count_failure(draft, field, self._now())
                problem = found
            else:
                return self._store.drafts.set_field(draft, field, checked, self._now())
        raise problem

    def clear_field(self, conversation: str, field: str) -> Draft:
        """The draft without this field, which is asked again next."""
        with self._store.transaction():
            draft = self._unfinished(conversation)
            return self._store.drafts.clear_field(draft, field, self._now())

    def pause(self, conversation: str) -> Draft:
        """The draft set aside; nothing is lost."""
        return self._moved(conversation, "paused")

    def resume(self, conversation: str) -> Draft:
        """The draft taken up again."""
        return self._moved(conversation, "open")

    def drop(self, conversation: str) -> None:
        """Delete the unfinished draft with all its values, if there is one."""
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            if draft is not None:
                self._store.drafts.delete(draft)
        self._store.erase_traces()

    def review(self, draft: Draft) -> tuple[ReviewField, ...]:
        """All answers so far for reading back, sensitive ones masked."""
        with self._store.transaction():
            return review_fields(draft_values(self._store, draft))

    def confirm_review(self, conversation: str) -> Draft:
        """The draft with its review confirmed. FilingProblem draft_incomplete(missing)."""
        with self._store.transaction():
            draft = self._complete(conversation)
            return self._store.drafts.set_reviewed(draft, self._now())

    def letter(self, draft: Draft) -> CommitmentLetter:
        """Today's letter for this draft, to be shown exactly so. FilingProblem draft_incomplete."""
        _require_complete(draft)
        with self._store.transaction():
            return self._letter(draft)

    def consent(self, conversation: str, sha256: str) -> Draft:
        """The draft with consent to the letter that has this hash.

        FilingProblem letter_changed if that is not today's letter (show it again),
        review_missing, draft_incomplete.
        """
        with self._store.transaction():
            draft = self._complete(conversation)
            if draft.reviewed_at is None:
                raise FilingProblem("review_missing")
            letter = self._letter(draft)
            if letter.sha256 != sha256:
                raise FilingProblem("letter_changed")
            consent = Consent(letter.version, letter.sha256, self._now())
            return self._store.drafts.set_consent(draft, consent, self._now())

    def submit(self, conversation: str, signature: str) -> Receipt:
        """The receipt; `signature` is a token from `keep`. Submitting again gives the same one.

        FieldProblem for the signature, or for a start date that has passed meanwhile (it is
        cleared, to be asked again). FilingProblem letter_changed when the day or the wording
        has changed since the consent, which is then void; consent_missing; draft_incomplete.
        """
        with self._store.transaction():
            draft = self._store.drafts.latest(conversation)
            if draft is None:
                raise FilingProblem("no_draft")
            if draft.state == "submitted":
                return self._submission.repeat(draft)
            _require_complete(draft)
            try:
                self._submission.check_still_valid(draft)
                raw = self._taken(conversation, "signature", signature)
                signed = self._submission.check_signature(draft, raw)
            except FilingProblem as found:
                problem = found
            else:
                return self._submission.hand_in(draft, signed)
        # Only now, outside the transaction: what the checks wrote down must stay.
        raise problem

    def filings_of(self, conversation: str) -> tuple[FilingView, ...]:
        """The conversation's filings, newest first."""
        with self._store.transaction():
            rows = self._store.filings.of_conversation(conversation)
            return tuple(filing_view(self._store, row) for row in rows)

    def find_in_force(self, conversation: str) -> FilingView | None:
        """The conversation's newest filing that was not returned."""
        return next((f for f in self.filings_of(conversation) if f.status in IN_FORCE), None)

    def paper(self, conversation: str, filing_no: str) -> FilingPaper:
        """What the owner's PDF shows, in clear. FilingProblem filing_not_found, also for others."""
        with self._store.transaction():
            filing = self._store.filings.find(read_filing_number(filing_no) or "")
            if filing is None or filing.conversation != conversation:
                raise FilingProblem("filing_not_found")
            return filing_paper(self._store, filing)

    def _usable(self, known: Mapping[str, str], insured_region: str) -> dict[str, str]:
        usable = {}
        for field in KNOWN_FIELDS:
            if known.get(field):
                try:
                    usable[field] = CHECKS[field](known[field], self._now().date(), insured_region)
                except FieldProblem:
                    continue
        return usable

    def _taken(self, conversation: str, field: str, token: str) -> str:
        raw = self._store.kept.take(conversation, token)
        if raw is None:
            raise FieldProblem("kept_value_gone", field=field)
        return raw

    def _letter(self, draft: Draft) -> CommitmentLetter:
        values = draft_values(self._store, draft)
        shown = {field: shown_value(field, values[field]) for field in FIELDS}
        shown |= {
            "destination": shown["treatment_region"],
            "insured_region": regions.display_name(draft.insured_region),
        }
        return self._letters[draft.insured_region].fill(shown, self._now().date())

    def _moved(self, conversation: str, state: str) -> Draft:
        with self._store.transaction():
            return self._store.drafts.set_state(self._unfinished(conversation), state, self._now())

    def _unfinished(self, conversation: str) -> Draft:
        draft = self._store.drafts.unfinished(conversation)
        if draft is None:
            raise FilingProblem("no_draft")
        return draft

    def _complete(self, conversation: str) -> Draft:
        draft = self._unfinished(conversation)
        _require_complete(draft)
        return draft


def _require_complete(draft: Draft) -> None:
    if draft.missing:
        raise FilingProblem("draft_incomplete", missing=draft.missing)

