"""Why a settlement sheet differs from what was computed: the first component that differs, and what may explain it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.cost_explained import OF_THE_BILL, UNPRINTED
from rules_engine.money import CENT, in_words
from rules_engine.settlement import Part
from services.cost_estimates import CostLine

TOTALS = {"patient_total_amount": "patient_amount", "fund_total_amount": "fund_amount"}


@dataclass(frozen=True)
class Difference:
    """One component of which the sheet shows another amount, yuan. `ours` is None where nobody printed ours."""

    name: str
    sheet: Decimal
    ours: Decimal | None


def differences(line: CostLine, sheet: Mapping[str, Decimal]) -> tuple[Difference, ...]:
    """The components that differ by a cent or more, in the order they were worked out; then those we have no sum for.

    Totals are not components.
    """
    unprinted = {UNPRINTED[name] for name in line.missing}
    found = []
    for part in line.settlement.parts:
        shown = sheet.get(part.name)
        if shown is None or any(abs(shown - ours) < CENT for ours in _ours(part, line)):
            continue
        found.append(Difference(part.name, shown, None if part.name in unprinted else part.amount))
    ours = {part.name for part in line.settlement.parts} | TOTALS.keys()
    found += [Difference(name, shown, None) for name, shown in sheet.items() if name not in ours and shown >= CENT]
    return tuple(found)


def _ours(part: Part, line: CostLine) -> Iterator[Decimal]:
    """What we could have said of the part: with and without what critical illness insurance took, either end."""
    yield from (part.amount, part.amount + part.taken_over)
    if line.high:
        yield line.high.amount(part.name)


def total_differences(line: CostLine, sheet: Mapping[str, Decimal]) -> tuple[Difference, ...]:
    """The same for what patient and funds pay in all."""
    pairs = ((name, sheet[name], getattr(line.settlement, ours)) for name, ours in TOTALS.items() if name in sheet)
    return tuple(Difference(name, shown, ours) for name, shown, ours in pairs if abs(shown - ours) >= CENT)


def nearest(lines: Sequence[CostLine], sheet: Mapping[str, Decimal]) -> CostLine:
    """Of several lines the one that the sheet contradicts least."""
    return min(lines, key=lambda line: len(differences(line, sheet)) + len(total_differences(line, sheet)))


def comparison_lines(
    line: CostLine, sheet: Mapping[str, Decimal], words: Mapping[str, Any], untold: Sequence[str] = ()
) -> Iterator[str]:
    """What to say: the first difference and its possible reasons, or that there is none, or what is missing to tell.

    `untold`: sums of the bill that nobody told, taken for nothing.
    """
    compare, titles = words["compare"], words["components"]
    found, totals = differences(line, sheet), total_differences(line, sheet)
    if not found and not totals:
        yield compare["same" if sheet else "unknown"]
        return
    known = [one for one in found if one.ours is not None]
    for one in found:
        if one.ours is None:
            yield compare["no_figure"].format(title=titles[one.name]["title"], sheet=in_words(one.sheet))
    if not known and not totals:
        return
    first = (known or list(totals))[0]
    earlier = (*untold, *_untold_before(first.name, line, sheet)) if known else ()
    yield _told(first, compare, titles, is_first=not earlier)
    if earlier:
        yield compare["earlier"].format(titles="、".join(titles[name]["title"] for name in earlier))
    elif len(known) > 1:
        yield compare["follows"].format(titles="、".join(titles[one.name]["title"] for one in known[1:]))
    elif not known:
        yield compare["unknown"]
    yield compare["why"]
    # where earlier components are not on the sheet, the reason may lie in any of them
    name = "fund_total_amount" if earlier and first.name == "pooled_fund_amount" else first.name
    yield from (f"· {reason}。" for reason in compare["reasons"][name][_kind(first)])


def _told(first: Difference, compare: Mapping[str, Any], titles: Mapping[str, Any], *, is_first: bool) -> str:
    ours = first.ours if first.ours is not None else Decimal(0)
    title = titles[first.name]["title"] if first.name in titles else compare["totals"][first.name]
    return str(compare["first" if is_first else "open"].format(
        title=title, sheet=in_words(first.sheet), ours=in_words(ours),
        difference=compare[_kind(first)].format(amount=in_words(abs(first.sheet - ours))),
    ))


def _kind(one: Difference) -> str:
    return "more" if one.ours is None or one.sheet > one.ours else "less"


def _untold_before(name: str, line: CostLine, sheet: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The components before this one that the sheet has not told: the difference may come from there."""
    order = [part.name for part in line.settlement.parts]
    before = order[:order.index(name)]
    return tuple(one for one in before if one not in sheet and (one not in OF_THE_BILL) and line.settlement.amount(one))
