"""A bill or a settlement sheet pasted into the chat: its sums become closed values, its words go no further."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from server.privacy import masked
from server.turns import Turn, closed
from services.bill_rows import BillFault, BillUnreadable
from services.bill_sheet import looks_like_sheet, read_sheet
from services.bill_text import looks_like_bill, read_pasted

ESTIMATE = "ask_cost_estimate"
LONGEST_PASTE = 50_000
MOST_FAULTS = 8
FEWEST_SUMS = 3  # two sums in one line are a sentence, and understood as one
MORE_FAULTS = "还有{count}处没有读出来，请先改上面这些。"


def turn_from_paste(message: str) -> Turn | None:
    """The turn of a pasted bill or sheet, with what could not be read in its `notes`; None for any other message."""
    text = message[:LONGEST_PASTE].strip()
    if looks_like_bill(text):
        return _of_bill(text)
    if looks_like_sheet(text):
        sums, faults = read_sheet(text)
        if "\n" in text or len(sums) >= FEWEST_SUMS:
            return _turn(text, {name: str(amount) for name, amount in sums.items()}, faults)
    return None


def _of_bill(text: str) -> Turn | None:
    try:
        read = read_pasted(text)
    except BillUnreadable as fault:
        return _turn(text, {}, [BillFault(None, str(fault))])
    return _turn(text, read.facts, read.faults)


def _turn(text: str, sums: Mapping[str, str], faults: Iterable[BillFault]) -> Turn:
    """The sums as entities. The message is shown masked, as it was typed."""
    notes = [fault.message for fault in faults]
    if len(notes) > MOST_FAULTS:
        notes = [*notes[:MOST_FAULTS], MORE_FAULTS.format(count=len(notes) - MOST_FAULTS)]
    entities = [closed(name, str(Decimal(value))) for name, value in sums.items()]
    return Turn(ESTIMATE, masked(text), entities, notes=tuple(notes))
