"""Whether a stay is long enough to count as long-term residence: the months come from the region's own definition."""

from dataclasses import replace
from datetime import date

from rules_engine.facts import UNKNOWN, Facts
from rules_engine.provisions import Provision

DEFINITION = "long_term_definition"


def months_wanted(definitions: tuple[Provision, ...], on: date) -> int | None:
    """The months that make a stay long-term, from the first definition that states them; None where none does."""
    stated = (int(p.in_force(on).value) for p in definitions if p.unit == "months" and p.is_in_force(on))
    return next(stated, None)


def with_stay_known(facts: Facts, on: date, definitions: tuple[Provision, ...]) -> Facts:
    """The case with `stays_long_enough` worked out from the months of the stay, where a definition states them.

    Who lives elsewhere for less than that is on temporary care, whatever they call it.
    """
    wanted = months_wanted(definitions, on)
    if wanted is not None and isinstance(facts.stay_months, int) and facts.stays_long_enough is UNKNOWN:
        facts = replace(facts, stays_long_enough=facts.stay_months >= wanted)
    if facts.stays_long_enough is False and facts.situation == "long_term_residence":
        facts = replace(facts, situation="temporary_care")
    return facts

