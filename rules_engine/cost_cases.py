"""A case as it was written down, and the terms its bills are settled by; or, in Chinese, what stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rules_engine import cost_terms, regions
from rules_engine.cost_explained import UNPRINTED
from rules_engine.cost_terms import Found, OwnFigures, YearSoFar, as_stay, found_terms
from rules_engine.decide import decide
from rules_engine.decision import Citation, Decision, Outcome
from rules_engine.errors import PolicyError
from rules_engine.fact_words import TITLES, day_in_words, read_fact, value_in_words
from rules_engine.facts import Facts, facts_from
from rules_engine.packs import PackSet
from rules_engine.schedules import Schedule

LEVEL = "hospital_level"


class NotComputable(PolicyError):
    """A case that no cost can be computed for. In Chinese: whoever wrote the case reads it."""


@dataclass(frozen=True)
class Decided:
    """A case of a stay with what was decided on schedule and share; both hold for every hospital level."""

    facts: Facts
    on: date
    table: Schedule
    schedule: Decision
    share: Decision

    @property
    def levels(self) -> tuple[str, ...]:
        """The hospital level told, or each one whose figures are all published."""
        if isinstance(self.facts.hospital_level, str):
            return (self.facts.hospital_level,)
        return self.table.whole_levels


def facts_of(told: Mapping[str, str], packs: PackSet) -> Facts:
    """The case of the facts as written (read_fact), its insured place as the pooling area. Raises PolicyError."""
    values: dict[str, Any] = {name: read_fact(name, text) for name, text in told.items()}
    if "insured_region" in values:
        values["insured_region"] = pooling_area(values["insured_region"], packs)
    return facts_from(values)


def pooling_area(code: str, packs: PackSet) -> str:
    """The place whose pack answers: the innermost that has one, otherwise the city. Raises NoPoolingCity."""
    if not packs.has_region(code):
        regions.pooling_city_of(code)  # a province without a pack is no answer
    return packs.area_of(code)


def decided(facts: Facts, on: date, packs: PackSet) -> Decided:
    """What holds for the case of a stay that began on `on`. Raises NotComputable, naming what is missing."""
    facts = as_stay(facts)
    schedule, share = (decide(topic, facts, on, packs) for topic in (cost_terms.SCHEDULE, cost_terms.SHARE))
    missing = schedule.missing or (share.missing if isinstance(schedule.value, Schedule) else ())
    if missing:
        raise NotComputable(f"还不知道{_titles(missing)}，没法算。请补上。")
    if not isinstance(schedule.value, Schedule):
        raise NotComputable(_why_not(schedule, facts, packs))
    return Decided(facts, on, schedule.value, schedule, share)


def terms_of(case: Decided, level: str, packs: PackSet) -> Found:
    """The terms at that hospital level, nothing used up in the year before. Raises NotComputable."""
    if level not in case.table.levels:
        published = "、".join(value_in_words(LEVEL, one) for one in case.table.levels)
        told = value_in_words(LEVEL, level)
        raise NotComputable(f"{told}的报销比例没有公布，没法算。公布了的有：{published}。请核对医院等级。")
    facts = replace(case.facts, hospital_level=level)
    return found_terms(facts, case.schedule, case.share, case.on, packs, YearSoFar(), OwnFigures())


def citations(found: Found) -> tuple[Citation, ...]:
    """What the terms rest on, each source once."""
    steps = (found.low.share_step, found.low.schedule_step, found.low.critical_step)
    return tuple(dict.fromkeys(step.citation for step in steps if step))


def remarks(found: Found, words: Mapping[str, Any]) -> Iterator[str]:
    """What was assumed and what nobody printed, in the words of policy_packs/cost_words.yml."""
    for name in found.missing:
        row = words["components"][UNPRINTED[name]]
        yield f"{row['title']}：{row['missing']}。"
    yield from (words["assumptions"][name] for name in found.assumed)


def _why_not(schedule: Decision, facts: Facts, packs: PackSet) -> str:
    area = str(facts.insured_region)
    contacts = packs.contacts_for(area, schedule.topic)
    asks = "、".join(f"{contact.name} {contact.phone}" for contact in contacts)
    return f"{_reason(schedule, regions.display_name(area))}可以问：{asks}，或参保地医保经办窗口。"


def _reason(schedule: Decision, place: str) -> str:
    if schedule.outcome is Outcome.NO_PACK:
        return f"没有{place}的政策包。"
    if schedule.in_force_from:
        first = day_in_words(schedule.in_force_from)
        return f"{place}的起付线和比例，手上的资料从{first}起才有，这次住院更早。请核对入院日期。"
    if schedule.in_force_to:
        last = day_in_words(schedule.in_force_to)
        return f"{place}的起付线和比例，手上的资料到{last}为止，这次住院更晚。请核对入院日期。"
    says = schedule.steps[0].wording.says if schedule.steps else ""
    return says or f"{place}的资料没有写这种情形住院怎么报。"


def _titles(names: tuple[str, ...]) -> str:
    return "、".join(f"{TITLES[name]}（{name}）" for name in names)
