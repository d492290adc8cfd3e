"""Questions about several places at once: 杭州和威海哪个先付得多, 去烟台和北京分别要不要备案, 国家是怎么规定的."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from rules_engine import regions
from services.places_said import Areas, Mention

MOST_SIDES = 4
BESIDE_A_PLACE = ("moves", "leaves", "returns", "stays", "visits")


def sides_of(
    entities: Sequence[Mapping[str, Any]], known: Mapping[str, Any], areas: Areas
) -> tuple[dict[str, str], ...]:
    """The cases to answer side by side, each as the facts that set it apart; () for an ordinary question."""
    if any(e["entity"] == "insured_region" and e["value"] == regions.NATIONAL for e in entities):
        return ({"insured_region": regions.NATIONAL},)
    places = [e for e in entities if e["entity"] == "region" and not e.get("denied") and "|" not in str(e["value"])]
    cues = {e["value"] for e in entities if e["entity"] == "comparison"}
    return _insured_sides(places, cues, known, areas) or _treatment_sides(places, known, areas)


def _insured_sides(
    places: Sequence[Mention], cues: Collection[str], known: Mapping[str, Any], areas: Areas
) -> tuple[dict[str, str], ...]:
    """Two or more covered areas, named in one breath or to be compared; or one, compared with the known one."""
    compares, of_both = bool(cues), "both" in cues
    here = [p for p in places if areas.covers(str(p["value"])) and _is_set_beside(p, of_both)]
    named = list(dict.fromkeys(areas.of(str(p["value"])) for p in here))
    insured = known.get("insured_region")
    if compares and len(named) == 1 and insured and insured != named[0]:
        named = [insured, *named]
    is_joined = any(p.get("joined") for p in here)
    if len(named) < 2 or not (compares or is_joined):
        return ()
    if any(p.get("insures") for p in here) and not all(p.get("insures") for p in here) and not compares:
        return ()  # 威海医保，杭州住院: one is insured, the other treated
    return tuple({"insured_region": code} for code in named[:MOST_SIDES])


def _is_set_beside(place: Mention, of_both: bool) -> bool:
    """Whether a covered place is named as one of those to compare, not as where someone goes or stays.

    我的在杭州，老公的在威海，两边各是多少: asked of both, 在 is said of the insurance.
    """
    stands = (cue for cue in BESIDE_A_PLACE if not (of_both and cue == "stays"))
    return bool(place.get("insures")) or not any(place.get(cue) for cue in stands)


def _treatment_sides(
    places: Sequence[Mention], known: Mapping[str, Any], areas: Areas
) -> tuple[dict[str, str], ...]:
    """Two places of care in one breath, for someone whose insured place is known or said."""
    pairs = [(one, other) for one, other in pairwise(places) if other.get("joined")]
    insured = {known.get("insured_region"), *(areas.of(str(p["value"])) for p in places if p.get("insures"))}
    here = [pair for pair in pairs if not any(_is_insured_place(place, insured, areas) for place in pair)]
    has_insured = known.get("insured_region") or any(areas.covers(str(p["value"])) for p in places)
    if not here or not has_insured:
        return ()
    return tuple({"treatment_region": str(place["value"])} for place in here[0])


def _is_insured_place(place: Mention, insured: Collection[str | None], areas: Areas) -> bool:
    return bool(areas.of(str(place["value"])) in insured or place.get("leaves") or place.get("elsewhere"))
