"""What may become of a confirmed filing: changed, ended, given up to return home, renewed; and how long it holds."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules_engine.decide import decide
from rules_engine.decision import Decision, Outcome, Step, Wording
from rules_engine.facts import Facts, facts_from
from rules_engine.filing_change import LIMIT_FACT, limit_months, months_after
from rules_engine.filing_kind import FilingKind, LifeRule, Note, Paper, Validity
from rules_engine.filing_kinds import FilingKinds
from rules_engine.packs import PackSet

ALLOWED, REFUSED, NOT_STATED = "allowed", "refused", "not_stated"


@dataclass(frozen=True)
class FiledCase:
    """A filing as the rules see it. `region`: the pooling area of insurance; `valid_to`: the last valid day."""

    region: str
    kind: str
    situation: str
    effective_on: date
    confirmed_on: date | None
    valid_to: date | None
    treatment_region: str
    person_group: str | None = None


@dataclass(frozen=True)
class LifeDecision:
    """Whether an action is allowed, refused or not_stated, by which clauses.

    `possible_from`: the first day on which what is refused today will be possible, None where there is no such day.
    `papers`: with these handed in, a refused action is allowed now. `ask_agency`: the documents leave it open, so
    the request may be handed in and the agency decides.
    """

    action: str
    outcome: str
    possible_from: date | None
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    ask_agency: bool


def may(action: str, case: FiledCase, on: date, kinds: FilingKinds, packs: PackSet) -> LifeDecision:
    """Whether the filing may be changed, ended, given up to return home or renewed on that day.

    The region's own provisions decide; filing_kinds.yml says only which of them allow and which refuse. Raises
    UnknownFilingKind for a kind the region never had, KeyError for an action that isn't one.
    """
    kinds.check(case.region, case.kind)
    kind = kinds.of(case.region, case.kind, on)
    if kind is None or not kind.can_be_filed_here:
        return _not_stated(action, ())
    rule = kind.life[action]
    if rule.note:
        return _not_stated(action, (_step_of_note(kind, rule.note),))
    decision = _decision(action, rule, case, kind, on, packs)
    provision = decision.steps[0].provision if decision.outcome is Outcome.DECIDED else ""
    if provision in rule.allowed:
        return _allowed(action, rule, case, on, decision)
    if provision not in rule.refused:
        return _not_stated(action, _words(decision))
    steps = (*decision.steps, *_steps_with_papers(action, rule, case, kind, on, packs))
    possible_from = _day_after(_limit_end(provision, case, kind, on, packs))
    return LifeDecision(action, REFUSED, possible_from, rule.papers, tuple(dict.fromkeys(steps)), False)


def _allowed(action: str, rule: LifeRule, case: FiledCase, on: date, decision: Decision) -> LifeDecision:
    """Allowed, unless it is for filings that have run out and this one hasn't."""
    if rule.is_after_expiry and case.valid_to is None:
        return _not_stated(action, decision.steps)
    if rule.is_after_expiry and case.valid_to is not None and on <= case.valid_to:
        return LifeDecision(action, REFUSED, _day_after(case.valid_to), (), decision.steps, False)
    return LifeDecision(action, ALLOWED, None, (), decision.steps, False)


def _not_stated(action: str, steps: tuple[Step, ...]) -> LifeDecision:
    return LifeDecision(action, NOT_STATED, None, (), steps, True)


def _decision(
    action: str, rule: LifeRule, case: FiledCase, kind: FilingKind, on: date, packs: PackSet
) -> Decision:
    """The last topic's decision, or the first one's that decides nothing."""
    facts = _facts(action, rule, case, kind)
    for topic in rule.topics:
        decision = decide(topic, facts, on, packs)
        if decision.outcome is not Outcome.DECIDED:
            break
    return decision


def _facts(action: str, rule: LifeRule, case: FiledCase, kind: FilingKind) -> Facts:
    """The case as facts. The months in which nothing may be changed count from `confirmed_on`, whichever day it is."""
    return facts_from({
        "insured_region": case.region, "filed_region": case.treatment_region,
        "treatment_region": None if action == "return_home" else case.treatment_region,
        "situation": case.situation, "person_group": case.person_group, "has_valid_filing": True,
        "confirmed_on": _counted_from(case, kind), **rule.facts,
    })


def _counted_from(case: FiledCase, kind: FilingKind) -> date | None:
    return getattr(case, kind.counts_from) if kind.counts_from else None


def _steps_with_papers(
    action: str, rule: LifeRule, case: FiledCase, kind: FilingKind, on: date, packs: PackSet
) -> tuple[Step, ...]:
    """The provision that holds once the papers are handed in, where it is another one."""
    if not rule.with_papers:
        return ()
    with_papers = replace(rule, facts={**rule.facts, **rule.with_papers})
    return _decision(action, with_papers, case, kind, on, packs).steps


def _words(decision: Decision) -> tuple[Step, ...]:
    return decision.steps or ((decision.overview,) if decision.overview else ())


def _step_of_note(kind: FilingKind, note: Note) -> Step:
    return Step(f"filing_kinds.{kind.region}.{kind.kind}", kind.title, None, "none", note.citation, Wording(note.text))


def limit_ends_on(case: FiledCase, kinds: FilingKinds, packs: PackSet, on: date) -> date | None:
    """The last day on which the filing may not be changed, by the rules of day `on`; None where none binds it.

    Raises UnknownFilingKind.
    """
    kinds.check(case.region, case.kind)
    kind = kinds.of(case.region, case.kind, on)
    rule = kind.life.get("change") if kind else None
    if kind is None or rule is None or rule.note:
        return None
    decision = _decision("change", rule, case, kind, on, packs)
    return _limit_end(decision.steps[0].provision, case, kind, on, packs) if decision.steps else None


def _limit_end(provision: str, case: FiledCase, kind: FilingKind, on: date, packs: PackSet) -> date | None:
    """The limit's last day where that provision is one that depends on the limit."""
    counted_from = _counted_from(case, kind)
    applied = packs.provision(provision)
    if counted_from is None or LIMIT_FACT not in applied.when:
        return None
    months = limit_months((applied, *packs.provisions(kind.region)), on)
    return months_after(counted_from, months) if months is not None else None


def _day_after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def valid_to(kind: FilingKind, effective_on: date) -> date | None:
    """The last valid day of a filing that takes effect then; None = permanent or not stated.

    The months end on the same day of the month, or on the month's last (民法典第二百零一、二百零二条).
    """
    return months_after(effective_on, kind.validity.months) if kind.validity.months else None


def validity_of(case: FiledCase, kinds: FilingKinds, packs: PackSet, on: date) -> Validity:
    """How long the filing holds by the rules of day `on`: the kind's validity, unless it isn't stated for that person.

    杭州's long-term filing is permanent, but how long a university student's holds the leaflet doesn't say.
    Raises UnknownFilingKind.
    """
    kinds.check(case.region, case.kind)
    kind = kinds.of(case.region, case.kind, on)
    if kind is None or kind.validity.kind == NOT_STATED:
        return Validity(NOT_STATED)
    decision = decide("validity", _facts("renew", LifeRule(), case, kind), on, packs)
    return Validity(NOT_STATED) if decision.outcome is Outcome.NOT_STATED else kind.validity
