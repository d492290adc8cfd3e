"""A bill or a settlement sheet pasted into the chat: its sums become closed values, its words go no further."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from server.privacy import masked
from server.turns import Turn, closed
from services.bill_rows import BillUnreadable
from services.bill_sheet import looks_like_sheet, read_sheet
from services.bill_text import looks_like_bill, read_pasted
from services.cost_said import AMOUNTS
from understanding.vocabulary import CLOSED_VALUES

ESTIMATE = "ask_cost_estimate"
LONGEST_PASTE = 50_000
NAMED = re.compile(r"(?<=行)「(?!金额|类别|自付|单价|数量|合计)[^」]*」")
MOST_FAULTS = 8
FEWEST_SUMS = 3  # two sums in one line are a sentence, and understood as one
TOO_LONG = "这份账单太长，聊天里读不全。请存成文件（CSV 或 Excel），用「传账单」传上来。"
SHOWN_BILL = "（账单，{count}项）"  # what the items are is nobody's business but the sender's
MORE_FAULTS = "还有{count}处没有读出来，请先改上面这些。"


def turn_from_paste(message: str, parsed: Mapping[str, Any]) -> Turn | None:
    """The turn of a pasted bill or sheet, with what could not be read in its `notes`; None for any other message.

    `parsed`: what understanding made of it. A sheet comes with words on the case (杭州职工，已备案); a bill's items
    tell nothing of it.
    """
    text = message[:LONGEST_PASTE].strip()
    if looks_like_bill(text):
        if len(message) > LONGEST_PASTE:
            return _turn(SHOWN_BILL.format(count="很多"), {}, [TOO_LONG])
        return _of_bill(text)
    if looks_like_sheet(text):
        sums, faults = read_sheet(text)
        if "\n" in text or len(sums) >= FEWEST_SUMS:
            told = {name: str(amount) for name, amount in sums.items()}
            turn = _turn(masked(text), told, [fault.message for fault in faults])
            return replace(turn, entities=[*turn.entities, *_words_on_the_case(parsed)])
    return None


def _words_on_the_case(parsed: Mapping[str, Any]) -> list[dict[str, Any]]:
    entities = [e for e in parsed["entities"] if e.get("extractor") == CLOSED_VALUES]
    return [e for e in entities if e["entity"] not in AMOUNTS]


def _of_bill(text: str) -> Turn:
    try:
        read = read_pasted(text)
    except BillUnreadable as fault:
        return _turn(SHOWN_BILL.format(count=0), {}, [str(fault)])
    faults = [fault.message for fault in read.faults]
    return _turn(SHOWN_BILL.format(count=len(read.rows)), read.facts, [*faults, *read.notes])


def _turn(shown: str, sums: Mapping[str, str], notes: Sequence[str]) -> Turn:
    """The sums as entities, and what there is to say of the paste."""
    if len(notes) > MOST_FAULTS:
        notes = [*notes[:MOST_FAULTS], MORE_FAULTS.format(count=len(notes) - MOST_FAULTS)]
    notes = [NAMED.sub("", note) for note in notes]  # what an item was is kept nowhere
    entities = [closed(name, str(Decimal(value))) for name, value in sums.items()]
    return Turn(ESTIMATE, shown, entities, notes=tuple(notes))
