"""What holds for a case, looked up in the packs: the schedule, the out-of-area share, critical illness insurance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rules_engine import regions
from rules_engine.cost import Terms
from rules_engine.decide import PLACE_FACTS, decide
from rules_engine.decision import Decision, Outcome
from rules_engine.facts import UNKNOWN, Facts, completed
from rules_engine.money import NOTHING
from rules_engine.packs import PackSet
from rules_engine.schedules import COMPONENTS, OUTSIDE, Band, CriticalIllness, Schedule

SCHEDULE, SHARE, CRITICAL = "cost_estimate", "share_borne", "critical_illness"
AT_HOME, INPATIENT = "within_pooling_area", "inpatient"
NOT_REDUCED, REDUCED = "not_reduced", "reduced"  # value words of a share that is no figure


@dataclass(frozen=True)
class YearSoFar:
    """What other stays of the year had used up, yuan: in-scope cost, paid by the fund, borne, of the deductible."""

    in_scope_amount: Decimal = NOTHING
    fund_amount: Decimal = NOTHING
    burden_amount: Decimal = NOTHING
    deductible_met_amount: Decimal = NOTHING


@dataclass(frozen=True)
class OwnFigures:
    """Figures of a person's own settlement sheet that stand in for the schedule's: yuan and 0–1."""

    deductible: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True)
class Found:
    """The terms of one case. `high`: those of the other end where a rule is not stated; `missing`: what nobody printed.

    `assumed`: readings that were needed, keys of cost_words.yml's assumptions.
    """

    low: Terms
    high: Terms | None
    missing: tuple[str, ...]
    assumed: tuple[str, ...]


def as_stay(facts: Facts) -> Facts:
    """The case as that of a stay in hospital, where no kind of care was told: only stays are reckoned."""
    return replace(facts, care_type=INPATIENT) if facts.care_type is UNKNOWN else facts


def share_of(decision: Decision) -> Decimal | None:
    """The out-of-area share (0–1) that was decided; None where the documents give no figure."""
    if decision.outcome is not Outcome.DECIDED:
        return None
    step = decision.steps[0]
    if step.unit == "rate":
        return Decimal(step.value)
    return NOTHING if step.value == NOT_REDUCED else None


def is_reduced(decision: Decision) -> bool:
    """Whether the documents say that less is paid, and not by how much."""
    return decision.outcome is Outcome.DECIDED and decision.value == REDUCED


def found_terms(
    facts: Facts, schedule: Decision, share: Decision, on: date, packs: PackSet,
    year: YearSoFar, own: OwnFigures,
) -> Found:
    """The terms of a case whose hospital level is known, from what was decided on schedule and share.

    Source: the provisions in the terms' steps. `on` is the day of admission.
    """
    table = schedule.value if schedule.outcome is Outcome.DECIDED else None
    table = with_own(table, own, str(facts.hospital_level))
    rate = NOTHING if _is_plainly_at_home(facts, share, packs) else share_of(share)
    missing = () if rate is not None else (_why_no_share(share),)
    limits, assumed = _deductible(table, facts, own)
    if limits is None:
        limits, missing = (NOTHING,), ("deductible", *missing)
    critical = decide(CRITICAL, facts, on, packs)
    due = dict.fromkeys(max(limit - year.deductible_met_amount, NOTHING) for limit in limits)
    step = schedule.steps[0] if schedule.steps else None
    low, *high = (
        Terms(
            schedule=table, level=str(facts.hospital_level), deductible=limit,
            share=rate or NOTHING, schedule_step=None if own.rate is not None else step,
            deductible_step=None if own.deductible is not None else step,
            share_step=share.steps[0] if share.steps else None,
            critical=critical.value if isinstance(critical.value, CriticalIllness) else None,
            critical_step=critical.steps[0] if critical.steps else None,
            year_in_scope_amount=year.in_scope_amount, year_fund_amount=year.fund_amount,
            year_burden_amount=year.burden_amount,
        )
        for limit in due
    )
    further = _assumed(table, facts, own, low.critical is not None)
    return Found(low, high[0] if high else None, missing, (*(assumed if high else ()), *further))


def with_own(table: Schedule | None, own: OwnFigures, level: str) -> Schedule:
    """The schedule with the person's own figures in it. Raises ValueError without a schedule or an own rate."""
    if own.rate is not None:
        plain = table or Schedule(COMPONENTS, "share_first", "remaining", {}, None, "before_deductible", (), None)
        ends = plain.bands[-1].up_to if plain.bands else None
        return replace(plain, bands=(Band(ends, {level: own.rate}),))
    if table is None:
        raise ValueError("no schedule and no rate of one's own")
    return table


def _deductible(table: Schedule, facts: Facts, own: OwnFigures) -> tuple[tuple[Decimal, ...] | None, tuple[str, ...]]:
    """The deductible of this stay, or both ends where a later stay's is not stated; None where none is printed."""
    if own.deductible is not None:
        return (own.deductible,), ()
    is_outside = OUTSIDE in table.deductible and not _is_in_own_city(facts)
    limit = table.deductible.get(OUTSIDE if is_outside else str(facts.hospital_level))
    stay = facts.stay_in_year if isinstance(facts.stay_in_year, int) else 1
    if table.deductible_stays is not None and stay > table.deductible_stays:
        return (NOTHING,), ()
    if limit is None:
        return None, ()
    if table.deductible_stays is not None:
        return (limit,), ()
    return ((limit,), ()) if stay == 1 else ((NOTHING, limit), ("second_stay",))


def _why_no_share(share: Decision) -> str:
    """Why there is no out-of-area share: only that less is paid, no document, none yet on that day, or not stated."""
    if share.outcome in (Outcome.NO_PACK, Outcome.NOT_IN_FORCE):
        return f"share_{share.outcome.value}"
    return "reduced" if is_reduced(share) else "share"


def _is_in_own_city(facts: Facts) -> bool:
    """Whether care is in the city the schedule speaks of: 高邮, insured for itself, lies in 扬州."""
    insured, treated = facts.insured_region, facts.treatment_region
    if isinstance(insured, str) and isinstance(treated, str):
        return regions.is_within(treated, regions.pooling_city_of(insured).code)
    return completed(facts).destination_scope == AT_HOME


def _is_plainly_at_home(facts: Facts, share: Decision, packs: PackSet) -> bool:
    """Whether care is at home and no rule on care at home says otherwise: then there is no out-of-area share."""
    if completed(facts).destination_scope != AT_HOME or share_of(share) is not None or not share.steps:
        return False
    speaks_of_home = bool(PLACE_FACTS & packs.provision(share.steps[0].provision).when.keys())
    return share.outcome is Outcome.DECIDED or not speaks_of_home


def _assumed(table: Schedule, facts: Facts, own: OwnFigures, has_critical: bool) -> Iterator[str]:
    if facts.stay_in_year is UNKNOWN and own.deductible is None:
        yield "first_stay"
    elif facts.stay_in_year not in (UNKNOWN, 1):
        yield "nothing_before"
    if OUTSIDE in table.deductible and completed(facts).destination_scope is UNKNOWN:
        yield "outside"
    if own.rate is not None or own.deductible is not None:
        yield "own_figures"
    if not has_critical:
        yield "critical_untold"
    if table.ceiling is None and table.bands[-1].up_to is None:
        yield "ceiling_untold"
