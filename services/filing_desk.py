"""Filings as officers work on them: found by number or person, confirmed or returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from services.filing_numbers import read_filing_number
from services.filing_records import FilingProblem, FilingView
from services.filing_store import FilingStore
from services.filing_store_filings import FilingRow
from services.filing_views import filing_view


class FilingDesk:
    """No owner is checked here: the caller must have made sure that an officer is asking."""

    def __init__(self, store: FilingStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def find(self, filing_no: str) -> FilingView | None:
        """The filing with this number, however it was spaced."""
        with self._store.transaction():
            row = self._store.filings.find(read_filing_number(filing_no) or "")
            return None if row is None else filing_view(self._store, row)

    def find_by_id_number(self, id_number: str) -> tuple[FilingView, ...]:
        """The filings of the person with this ID number (18 characters), newest first."""
        with self._store.transaction():
            rows = self._store.filings.of_id_number(id_number)
            return tuple(filing_view(self._store, row) for row in rows)

    def confirm(self, filing_no: str, on: date, actor: str) -> FilingView:
        """The filing, confirmed by the agency on that day.

        FilingProblem filing_not_found, not_awaiting_confirmation(status),
        confirmed_before_submitted(submitted_on).
        """
        with self._store.transaction():
            filing = self._awaiting(filing_no)
            submitted_on = filing.submitted_at.date()
            if on < submitted_on:
                raise FilingProblem("confirmed_before_submitted", submitted_on=submitted_on.isoformat())
            return self._move(filing, "confirmed", on, actor, {"confirmed_on": on.isoformat()})

    def return_(self, filing_no: str, reason: str, actor: str) -> FilingView:
        """The filing, returned to its owner with the reason they will read.

        FilingProblem filing_not_found, not_awaiting_confirmation(status).
        """
        with self._store.transaction():
            filing = self._awaiting(filing_no)
            return self._move(filing, "returned", None, actor, {"reason": reason})

    def _awaiting(self, filing_no: str) -> FilingRow:
        filing = self._store.filings.find(read_filing_number(filing_no) or "")
        if filing is None:
            raise FilingProblem("filing_not_found")
        if filing.status != "submitted":
            raise FilingProblem("not_awaiting_confirmation", status=filing.status)
        return filing

    def _move(
        self, filing: FilingRow, status: str, on: date | None, actor: str, detail: Mapping[str, str]
    ) -> FilingView:
        moved = self._store.filings.set_status(filing, status, on)
        self._store.filings.add_event(filing.filing_no, status, self._now(), actor, detail)
        return filing_view(self._store, moved)
