"""The last step of a draft: checked once more, signed, and turned into a filing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.filing_fields import CHECKS, check_signature
from services.filing_numbers import filing_number
from services.filing_records import (
    SENSITIVE_FIELDS,
    CommitmentLetter,
    Draft,
    FieldProblem,
    FilingProblem,
    Receipt,
)
from services.filing_store import FilingStore
from services.filing_store_filings import FilingRow


class Submission:
    """Works inside the caller's transaction; `letter` gives today's letter for a draft."""

    def __init__(
        self,
        store: FilingStore,
        now: Callable[[], datetime],
        letter: Callable[[Draft], CommitmentLetter],
        draw_digits: Callable[[], str],
    ) -> None:
        self._store = store
        self._now = now
        self._letter = letter
        self._draw_digits = draw_digits

    def repeat(self, draft: Draft) -> Receipt:
        """The receipt of a draft that was submitted before."""
        filing = self._store.filings.of_draft(draft.draft_id)
        if filing is None:
            raise LookupError(f"Submitted draft {draft.draft_id} has no filing: changed by hand?")
        return _receipt(filing)

    def check_still_valid(self, draft: Draft) -> None:
        """Clears what no longer holds and raises: a draft may have been paused for days."""
        if draft.consent is None:
            raise FilingProblem("consent_missing")
        today, drafts = self._now().date(), self._store.drafts
        try:
            CHECKS["starts_on"](draft.fields["starts_on"], today, draft.insured_region)
        except FieldProblem:
            drafts.clear_field(draft, "starts_on", self._now())
            raise
        # Same text, same day: the date is part of what is signed.
        if self._letter(draft).sha256 != draft.consent.letter_sha256:
            drafts.set_consent(draft, None, self._now())
            raise FilingProblem("letter_changed")

    def check_signature(self, draft: Draft, raw: str) -> str:
        """The signature; FieldProblem, counted in the draft, if it is none of this person."""
        name = self._store.drafts.secret(draft, "name")
        try:
            return check_signature(raw, name, self._now().date(), draft.insured_region)
        except FieldProblem:
            self._store.drafts.count_failure(draft, "signature", self._now())
            raise

    def hand_in(self, draft: Draft, signature: str) -> Receipt:
        """Filing, its secrets, its first event and the draft's end, all or nothing."""
        at, store = self._now(), self._store
        values = {field: store.drafts.secret(draft, field) for field in sorted(SENSITIVE_FIELDS)}
        # The text as signed: the wording in the packs may change, this must not.
        values |= {"signature": signature, "letter": self._letter(draft).text}
        filing = store.filings.add(self._unused_number(draft), draft, values, at)
        store.filings.add_event(filing.filing_no, "submitted", at, "insured_person", {})
        store.drafts.set_state(draft, "submitted", at)
        store.drafts.delete_secrets(draft)
        return _receipt(filing)

    def _unused_number(self, draft: Draft) -> str:
        today = self._now().date()
        while True:
            number = filing_number(draft.insured_region, today, self._draw_digits())
            if self._store.filings.find(number) is None:
                return number


def _receipt(filing: FilingRow) -> Receipt:
    return Receipt(filing.filing_no, filing.status, filing.submitted_at)
