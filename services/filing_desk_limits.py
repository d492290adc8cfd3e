"""How often a filing was changed, and from when it may be changed again, as the desk shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.filing_policy import FilingPolicy
from services.filing_records import FilingView
from services.filing_rows import FilingRow
from services.filing_storage import FilingStorage
from services.filing_words import change_in_words


@dataclass(frozen=True)
class Limits:
    """`may_change_from`: the first day on which a change that is refused today is possible, None where there is none.

    `text` says so in words, also that the documents don't say; "" where the question doesn't arise.
    `changed_before`: the filings this one goes back to by a change, the newest first.
    """

    may_change_from: date | None
    text: str
    changed_before: tuple[str, ...]


def limits_of(
    store: FilingStorage, policy: FilingPolicy, filing: FilingRow, view: FilingView, today: date
) -> Limits:
    """The filing's limits on that day, by its region's own rules."""
    decision = policy.may("change", filing, today)
    is_held = view.status == "confirmed"
    return Limits(
        decision.possible_from if is_held else None, change_in_words(view, policy.kind_of(filing), decision),
        tuple(_changed_before(store, filing)),
    )


def _changed_before(store: FilingStorage, filing: FilingRow) -> list[str]:
    """Mended and renewed filings are passed over: only what was a change counts."""
    changed: list[str] = []
    row: FilingRow | None = filing
    while row is not None and row.predecessor:
        if row.purpose == "change":
            changed.append(row.predecessor)
        row = store.filings.find(row.predecessor)
    return changed
