"""The cases of a file of bills: each looked up once, and cases that come to the same terms put together."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from rules_engine.cost import Terms
from rules_engine.cost_cases import NotComputable, citations, decided, facts_of, remarks, terms_of
from rules_engine.cost_terms import Found
from rules_engine.errors import PolicyError
from rules_engine.fact_words import UnreadableFact, day_in_words
from rules_engine.facts import FACT_NAMES
from rules_engine.packs import PackSet

ADMITTED = "admitted_on"
# With the day of confirmation the day of admission would matter by itself, not only as that of the provisions.
CASE_FACTS = tuple(name for name in FACT_NAMES if name != "confirmed_on")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")


@dataclass(frozen=True)
class CaseTerms:
    """What the bills of a case are settled by. `high_deductible`: the other end where it is a range, yuan."""

    terms: Terms
    high_deductible: Decimal | None
    at_least: bool
    sources: str
    remarks: str


class Cases:
    """Cases as written → their terms, kept while a file is read. `on`: the day for bills that tell none."""

    def __init__(self, packs: PackSet, words: Mapping[str, Any], on: date) -> None:
        self.packs, self.words, self.on = packs, words, on
        self.known: list[CaseTerms] = []
        self._found: dict[tuple[tuple[str, str], ...], int | str] = {}
        self._by_terms: dict[tuple[object, ...], int] = {}
        self._days = _turning_days(packs)

    def find(self, told: Mapping[str, str]) -> int | str:
        """The place in `known` of the case's terms, or in Chinese why there are none."""
        key = tuple(told.items())
        if key not in self._found:
            try:
                self._found[key] = self._look_up(dict(told))
            except PolicyError as fault:
                self._found[key] = str(fault)
        return self._found[key]

    def day_of_rules(self, text: str) -> str:
        """The first day on which the same provisions held as on the day written; the text itself if it is no day.

        So the bills of a year are few cases, not one for each day.
        """
        try:
            return self._days[bisect_right(self._days, _day(text)) - 1].isoformat()
        except UnreadableFact:
            return text

    def _look_up(self, told: dict[str, str]) -> int:
        admitted = told.pop(ADMITTED, "")
        on = _day(admitted) if admitted else self.on
        case = decided(facts_of(told, self.packs), on, self.packs)
        if not isinstance(case.facts.hospital_level, str):
            raise NotComputable("还不知道医院等级（hospital_level），没法算。请补上。")
        found = terms_of(case, case.facts.hospital_level, self.packs)
        no_day = () if admitted else (f"没有写入院日期，按{day_in_words(on)}的规定算。",)
        key = (on if admitted else None, *_key(found))
        if key not in self._by_terms:
            self._by_terms[key] = len(self.known)
            self.known.append(self._case_terms(found, no_day))
        return self._by_terms[key]

    def _case_terms(self, found: Found, no_day: tuple[str, ...]) -> CaseTerms:
        sources = "；".join(f"{one.short_name or one.document} {one.article}" for one in citations(found))
        return CaseTerms(
            found.low, found.high.deductible if found.high else None, bool(found.missing), sources,
            "".join((*no_day, *remarks(found, self.words))),
        )


def _key(found: Found) -> tuple[object, ...]:
    """What sets terms of one day apart: on one day a provision has one value."""
    low, high = found.low, found.high
    steps = tuple(step and step.provision for step in (low.schedule_step, low.share_step, low.critical_step))
    return steps, low.level, low.share, low.deductible, high and high.deductible, found.missing, found.assumed


def _turning_days(packs: PackSet) -> list[date]:
    """The days on which any provision begins or has just ended."""
    versions = [v for found in packs.all_provisions.values() for provision in found for v in provision.versions]
    ended = (v.effective_to + timedelta(days=1) for v in versions if v.effective_to)
    return sorted({date.min, *(v.effective_from for v in versions), *ended})


def _day(text: str) -> date:
    """The day as spreadsheets write it, too: 2026/3/10. Raises UnreadableFact."""
    parts = DAY.fullmatch(text)
    try:
        return date(*map(int, parts.groups())) if parts else date.fromisoformat(text)
    except ValueError as fault:
        raise UnreadableFact(f"入院日期「{text[:20]}」不是日期。请写成 2026-03-10 这样。") from fault
