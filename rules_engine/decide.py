"""From a topic and a case to a decision: the one way every channel asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rules_engine import filing_change, regions
from rules_engine.decision import Decision, Outcome, Step
from rules_engine.facts import Facts, completed
from rules_engine.long_term_stay import DEFINITION, with_stay_known
from rules_engine.packs import PackSet
from rules_engine.provisions import Provision
from rules_engine.regions import NATIONAL

PLACE_FACTS = frozenset({"destination_scope", "care_place"})


def decide(topic: str, facts: Facts, on: date, packs: PackSet) -> Decision:
    """The decision on a topic for a case on a day; `on` is the day of the visit, not of the question.

    The area's own pack decides, then its province's. Where both are silent, or there is no pack, the national
    layer's principle is added, as a principle only. Raises UnknownTopic. Every policy outcome, also «the
    documents don't say», is a Decision.
    """
    packs.check_topic(topic)
    if not isinstance(facts.insured_region, str):
        return Decision(topic, Outcome.NEEDS, on, missing=("insured_region",))
    area = packs.area_of(facts.insured_region)
    facts = completed(replace(facts, insured_region=area))
    layers = packs.layers(area)
    if not layers:
        return replace(Decision(topic, Outcome.NO_PACK, on), principle=_principle(topic, facts, on, packs))
    decision = _of_layers(topic, facts, on, packs, layers)
    if decision.outcome is Outcome.NOT_STATED and area != NATIONAL:
        return replace(decision, principle=_principle(topic, facts, on, packs))
    return decision


def _of_layers(topic: str, facts: Facts, on: date, packs: PackSet, layers: Sequence[str]) -> Decision:
    """The first layer's decision that says something on the topic; the most particular one's otherwise."""
    decisions = [_of_layer(topic, facts, on, packs, layer) for layer in layers]
    silent = (Outcome.NOT_STATED, Outcome.NOT_IN_FORCE)
    return next((one for one in decisions if one.outcome not in silent), decisions[0])


def _principle(topic: str, facts: Facts, on: date, packs: PackSet) -> Step | None:
    """What the national layer says in general: the provision that applies, or else its overview."""
    if not packs.has_region(NATIONAL):
        return None
    decision = _of_layer(topic, facts, on, packs, NATIONAL)
    if decision.outcome is Outcome.DECIDED:
        return decision.steps[0]
    return decision.overview if decision.outcome is Outcome.NEEDS else None


def _of_layer(topic: str, facts: Facts, on: date, packs: PackSet, layer: str) -> Decision:
    """What one layer's pack decides."""
    provisions, of_layer = packs.provisions(layer, topic), packs.provisions(layer)
    in_force = tuple(p for p in provisions if p.is_in_force(on))
    if not in_force:
        if not provisions and any(p.is_in_force(on) for p in of_layer):
            return Decision(topic, Outcome.NOT_STATED, on)
        return _nothing_in_force(topic, on, provisions or of_layer)
    if _is_outside_mainland(facts) and any(PLACE_FACTS & p.when.keys() for p in in_force):
        return Decision(topic, Outcome.NOT_STATED, on)
    # the topic's own limit first; a topic that only depends on it takes the region's
    facts = filing_change.with_limit_known(facts, on, (*provisions, *of_layer))
    settled = with_stay_known(facts, on, packs.provisions(layer, DEFINITION))
    decision = _choose(topic, settled, on, in_force)
    is_reclassified = settled.situation != facts.situation and topic != DEFINITION
    if is_reclassified and decision.outcome is Outcome.DECIDED:
        # what they call long-term is not: the clause that says so belongs to the answer
        reason = _of_layer(DEFINITION, settled, on, packs, layer).steps
        return replace(decision, steps=(*decision.steps, *reason))
    return decision


def _is_outside_mainland(facts: Facts) -> bool:
    """Whether care is in 香港, 澳门 or 台湾: another province by the map, but no document here speaks of them."""
    return isinstance(facts.treatment_region, str) and not regions.is_mainland(facts.treatment_region)


def _nothing_in_force(topic: str, on: date, provisions: tuple[Provision, ...]) -> Decision:
    """Before the first version, or after the last: which day bounds what the documents cover."""
    starts_on, first = min(((p.versions[0].effective_from, p) for p in provisions), key=lambda pair: pair[0])
    if on < starts_on:
        step = replace(first.step(starts_on), value=None)
        return Decision(topic, Outcome.NOT_IN_FORCE, on, steps=(step,), in_force_from=starts_on)
    ended = [(p.versions[-1].effective_to, p) for p in provisions if p.versions[-1].effective_to]
    ends_on, last = max(ended, key=lambda pair: pair[0])
    step = replace(last.step(ends_on), value=None)
    return Decision(topic, Outcome.NOT_IN_FORCE, on, steps=(step,), in_force_to=ends_on)


def _choose(topic: str, facts: Facts, on: date, provisions: tuple[Provision, ...]) -> Decision:
    """The provision that applies, or what is untold; an exception counts once its facts are told, not before."""
    overview = _overview(facts, on, provisions)
    untold = [(p, p.untold(facts)) for p in provisions if not p.is_overview]
    matching = [p for p, names in untold if names == ()]
    open_ones = [(p, names) for p, names in untold if names]
    matching = [p for p in matching if not any(p.id in q.exceptions_to for q in matching)]
    if len(matching) == 1:
        outcome = Outcome.DECIDED if matching[0].is_stated else Outcome.NOT_STATED
        return Decision(
            topic, outcome, on, (matching[0].step(on),), overview=overview,
            computed=filing_change.dates_for(matching[0], facts, on),
            may_differ_by=_most_decisive([row for row in open_ones if matching[0].id in row[0].exceptions_to]),
        )
    if open_ones:
        return Decision(topic, Outcome.NEEDS, on, missing=_most_decisive(open_ones), overview=overview)
    if overview and all(p.is_overview for p in provisions):
        return Decision(topic, Outcome.DECIDED, on, (overview,))
    return Decision(topic, Outcome.NOT_STATED, on, overview=overview)


def _overview(facts: Facts, on: date, provisions: tuple[Provision, ...]) -> Step | None:
    """The overview that fits best what is known: the one with most conditions, all of them met."""
    fitting = [p for p in provisions if p.is_overview and p.untold(facts) == ()]
    return max(fitting, key=lambda p: len(p.when)).step(on) if fitting else None


def _most_decisive(open_ones: Sequence[tuple[Provision, tuple[str, ...]]]) -> tuple[str, ...]:
    """The untold facts, the one that settles most open provisions first; ties keep the packs' order.

    Nobody is asked for what only an exception needs, unless exceptions are all that is open.
    """
    general = [names for provision, names in open_ones if not provision.exceptions_to]
    names = [name for untold in general or [names for _, names in open_ones] for name in untold]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))
