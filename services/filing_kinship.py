"""Which filings belong together: what a filing takes the place of, and which others are for the same occasion."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from rules_engine.filing_kinds import FilingKind
from services.filing_rows import FilingRow
from services.filing_states import OPEN, status_on
from services.filing_storage import FilingStorage


def takes_place_of(store: FilingStorage, purpose: str, predecessor: str | None) -> tuple[str, FilingRow | None]:
    """What a filing is for in the end, and the filing it changes or renews, if it does.

    One that was returned and mended, however often, is for what the first of them was for.
    """
    before = store.filings.find(predecessor) if predecessor else None
    while before is not None and purpose == "mend":
        purpose = before.purpose
        before = store.filings.find(before.predecessor) if before.predecessor else None
    return purpose, before


def occasion(kind: FilingKind, fields: Mapping[str, str], starts_on: str) -> tuple[str, ...]:
    """What makes two filings of a kind one and the same: the stay, the trip, the place; nothing for residence."""
    if kind.starts == "admission_day":
        return (fields.get("admitted_on", starts_on),)
    if kind.situation == "temporary_care":
        return (fields["treatment_region"], starts_on)
    return (fields["treatment_region"],) if kind.situation == "referral" else ()


def open_twins(
    store: FilingStorage, kind: FilingKind, id_number: str, of: tuple[str, ...], today: date,
    apart_from: Collection[str | None],
) -> tuple[FilingRow, ...]:
    """The person's open filings of that kind for that occasion, apart from those it takes the place of."""
    return tuple(
        row for row in store.filings.of_id_number(id_number)
        if (row.kind, row.insured_region) == (kind.kind, kind.region) and row.filing_no not in apart_from
        and status_on(row.status, row.valid_to, today) in OPEN
        and occasion(kind, row.fields, row.starts_on.isoformat()) == of
    )
