"""Why a settlement sheet differs from what was computed: the first component that differs, and what may explain it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.money import CENT, in_words
from rules_engine.settlement import Settlement

TOTALS = {"patient_total_amount": "patient_amount", "fund_total_amount": "fund_amount"}


@dataclass(frozen=True)
class Difference:
    """One component of which the sheet shows another amount, yuan."""

    name: str
    sheet: Decimal
    ours: Decimal


def differences(settlement: Settlement, sheet: Mapping[str, Decimal]) -> tuple[Difference, ...]:
    """The components that differ by a cent or more, in the order they were worked out. Totals are not components."""
    found = []
    for part in settlement.parts:
        shown = sheet.get(part.name)
        if shown is not None and abs(shown - part.amount) >= CENT:
            found.append(Difference(part.name, shown, part.amount))
    return tuple(found)


def total_differences(settlement: Settlement, sheet: Mapping[str, Decimal]) -> tuple[Difference, ...]:
    """The same for what patient and funds pay in all."""
    pairs = ((name, sheet[name], getattr(settlement, ours)) for name, ours in TOTALS.items() if name in sheet)
    return tuple(Difference(name, shown, ours) for name, shown, ours in pairs if abs(shown - ours) >= CENT)


def comparison_lines(settlement: Settlement, sheet: Mapping[str, Decimal], words: Mapping[str, Any]) -> Iterator[str]:
    """What to say: the first difference and its possible reasons, or that there is none, or what is missing to tell."""
    compare, titles = words["compare"], words["components"]
    found, totals = differences(settlement, sheet), total_differences(settlement, sheet)
    if not found and not totals:
        yield compare["same" if sheet else "unknown"]
        return
    first = (found or totals)[0]
    kind = "more" if first.sheet > first.ours else "less"
    title = titles[first.name]["title"] if found else compare["totals"][first.name]
    yield compare["first"].format(
        title=title, sheet=in_words(first.sheet), ours=in_words(first.ours),
        difference=compare[kind].format(amount=in_words(abs(first.sheet - first.ours))),
    )
    if not found:
        yield compare["unknown"]
        reasons = compare["reasons"][first.name][kind]
    else:
        reasons = compare["reasons"][first.name][kind]
        if len(found) > 1:
            yield compare["follows"].format(titles="、".join(titles[one.name]["title"] for one in found[1:]))
    yield compare["why"]
    yield from (f"· {reason}。" for reason in reasons)
