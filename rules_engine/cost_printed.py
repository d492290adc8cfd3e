"""One bill's cost as plain Chinese text, for the command line: each component, how it came about, its source."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules_engine.bills import ReadSums, bill_of
from rules_engine.cost import settle
from rules_engine.cost_cases import LEVEL, decided, remarks, terms_of
from rules_engine.cost_explained import Explained, explained
from rules_engine.cost_terms import Found
from rules_engine.fact_words import TITLES, day_in_words, value_in_words
from rules_engine.facts import Facts
from rules_engine.money import in_words
from rules_engine.packs import PackSet
from rules_engine.printing import citation_in_words


def lines(
    sums: Mapping[str, str], facts: Facts, on: date, packs: PackSet, words: Mapping[str, Any]
) -> Iterator[str]:
    """The case, then what patient and funds pay: at the hospital level told, or at each published one.

    Raises BadAmount for sums that cannot be, NotComputable where something is missing.
    """
    read = bill_of(sums)
    case = decided(facts, on, packs)
    yield f"总费用：{in_words(read.bill.total_amount)}"
    yield f"入院的日子：{day_in_words(on)}"
    yield from (f"{TITLES[name]}：{value_in_words(name, value)}" for name, value in facts.known().items())
    if len(case.levels) > 1:
        yield "没有说医院等级，每一级都算："
    for level in case.levels:
        yield from ("", f"{TITLES[LEVEL]}：{value_in_words(LEVEL, level)}")
        yield from _settled(read, terms_of(case, level, packs), words)


def _settled(read: ReadSums, found: Found, words: Mapping[str, Any]) -> Iterator[str]:
    settlement = settle(read.bill, found.low)
    low, high = settlement.patient_amount, settle(read.bill, found.high).patient_amount if found.high else None
    template = "at_least" if found.missing else "exactly" if high in (None, low) else "between"
    patient = words[template].format(low=in_words(low), high=in_words(high or low))
    yield f"结论：自己付{patient}，医保付{in_words(settlement.fund_amount)}"
    for number, part in enumerate(explained(settlement, words, found.missing), 1):
        yield from _part_lines(number, part, words)
    notes = [*remarks(found, words), *((words["assumptions"]["all_covered"],) if read.untold else ())]
    yield from (f"说明：{note}" for note in notes)


def _part_lines(number: int, part: Explained, words: Mapping[str, Any]) -> Iterator[str]:
    yield f"第{number}步：{part.title} {in_words(part.amount)}"
    yield f"  怎么来的：{part.formula}"
    source = citation_in_words(part.citation) if part.citation else words["source_kinds"][part.source_kind]
    kind = f"（{words['source_kinds'][part.source_kind]}）" if part.citation else ""
    yield f"  依据：{source}{kind}"
    yield f"  还剩：{in_words(part.remaining)}"
