"""Which place of a message is where someone is insured, where they filed, where they are treated.

What stands right beside a place decides (医保在威海, 去北京, 从杭州); then what the trained model saw; then
what is already known.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rules_engine import regions

INSURED, TREATMENT = "insured", "treatment"
GOES_THERE = ("moves", "returns", "leaves", "visits")
Mention = Mapping[str, Any]


@dataclass(frozen=True)
class Areas:
    """The pooling areas as the packs cut them: `of` gives a place's own, `covered` those that have a pack."""

    of: Callable[[str], str]
    covered: Collection[str]

    def city_of(self, code: str) -> str | None:
        """The place's pooling area; None where only a province was said: its city is asked then."""
        area = self.of(code)
        is_whole_province = area not in regions.MUNICIPALITIES and regions.region(area).level == "province"
        return None if is_whole_province and regions.is_mainland(area) else area

    def covers(self, code: str) -> bool:
        """Whether the place lies in an area that has a pack."""
        return self.of(code) in self.covered


@dataclass(frozen=True)
class Talk:
    """What is known when a message comes: the case, the fact asked for, which place was told last."""

    known: Mapping[str, Any]
    asked: str | None = None
    last_place_role: str | None = None
    corrects: bool = False  # 不对，是高邮
    goes_home: bool = False  # asked is of care back home: 她回娘家乌鲁木齐看病行不行
    goes_elsewhere: bool = False  # the message names a place that someone goes to
    is_alone: bool = True  # the message names one place only

    def with_places(self, places: Mapping[str, Any]) -> "Talk":
        """The same talk, with these places known as well."""
        return replace(self, known={**self.known, **places})


def places_said(mentions: Sequence[Mention], talk: Talk, areas: Areas) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The facts about places that change, and the codes of a place whose name is shared and stays open."""
    places: dict[str, Any] = {}
    corrected = _corrected_role(mentions, talk.known)
    talk = replace(talk, goes_elsewhere=any(m.get("moves") for m in mentions), is_alone=len(mentions) == 1)
    for mention in _by_weight(mentions, talk, areas):
        codes = str(mention["value"]).split("|")
        role = corrected or _role(mention, codes, talk.with_places(places), areas)
        code = _one_of(codes, talk.known, role, areas, beside=_codes_beside(mention, mentions))
        if code is None:
            return places, tuple(codes)
        _take(places, code, role, mention, talk.known, areas)
    return places, ()


def _by_weight(mentions: Sequence[Mention], talk: Talk, areas: Areas) -> list[Mention]:
    """The places that count: what is said of insurance outright first, then where there is a pack, then the rest.

    我老家是高邮的 says nothing.
    """
    counting = [
        m for m in mentions if not m.get("denied") and (m.get("insures") or talk.goes_home or not m.get("elsewhere"))
    ]
    if any(m.get("insures") and not m.get("former") for m in counting):
        counting = [m for m in counting if not m.get("former")]
    return sorted(counting, key=lambda mention: (
        not mention.get("insures"), bool(mention.get("hails")),
        not areas.covers(str(mention["value"]).split("|")[0]) and not mention.get("leaves"),
    ))


def _corrected_role(mentions: Sequence[Mention], known: Mapping[str, Any]) -> str | None:
    """不是烟台，是大连: the place that is named instead takes the role of the one that is denied."""
    for denied in (str(m["value"]) for m in mentions if m.get("denied")):
        if known.get("treatment_region") == denied:
            return TREATMENT
        if known.get("insured_region") and regions.is_within(denied.split("|")[0], known["insured_region"]):
            return INSURED
    return None


def _role(mention: Mention, codes: Sequence[str], talk: Talk, areas: Areas) -> str:
    if mention.get("insures"):
        return INSURED
    insured = talk.known.get("insured_region")
    is_covered = all(areas.covers(code) for code in codes)
    if talk.goes_home and talk.is_alone and is_covered and not insured:
        return INSURED
    if mention.get("leaves") and is_covered and not insured and not talk.is_alone:
        return INSURED  # 从威海厂里退休, 现住西安
    if mention.get("moves") or mention.get("leaves") or mention.get("filed"):
        return TREATMENT
    if talk.asked == "insured_region" and not insured:
        return INSURED
    if insured:
        return INSURED if is_covered and _replaces_insured(mention, talk, areas) else TREATMENT
    may_be_treated_there = mention.get("visits") or (mention.get("stays") and mention.get("role") == TREATMENT)
    if is_covered and not (may_be_treated_there and talk.is_alone):
        return INSURED
    if mention.get("role"):
        return str(mention["role"])
    is_city = all(regions.region(code).level != "province" for code in codes)
    return INSURED if talk.asked is None and is_city and not mention.get("stays") else TREATMENT


def _replaces_insured(mention: Mention, talk: Talk, areas: Areas) -> bool:
    """Whether a covered place that is named without a word of insurance takes the insured one's place.

    不对，是高邮 after the insured place was told last; 那杭州呢; 杭州的呢; 高邮 转诊 材料, as agents type.
    """
    if mention.get("own"):
        return True
    if talk.corrects and talk.last_place_role:
        return talk.last_place_role == INSURED or bool(mention.get("labels"))
    if talk.asked in ("treatment_region", "destination_scope"):
        return False
    if (mention.get("theirs") or mention.get("heads")) and talk.goes_elsewhere:
        return True  # 那高邮的呢，一样去南京
    if mention.get("heads") and mention.get("labels"):
        return True
    if not (mention.get("theirs") or mention.get("heads")):
        return False
    treated = talk.known.get("treatment_region")
    return not (treated and areas.covers(treated))  # 那杭州呢, when someone was going to 威海: another destination


def _take(
    places: dict[str, Any], code: str, role: str, mention: Mention, known: Mapping[str, Any], areas: Areas
) -> None:
    """Puts one place where it belongs."""
    insured = places.get("insured_region") or known.get("insured_region")
    if role == INSURED:
        city = areas.city_of(code)
        if city and "insured_region" not in places:
            places["insured_region"] = city
        if mention.get("returns"):
            places["care_place"] = "home"
    elif is_in(code, insured) and _is_in_passing(mention):
        return
    elif mention.get("returns") and is_in(code, insured):
        places["care_place"] = "home"
    elif insured and _is_its_province(code, insured):
        places["destination_scope"] = "cross_province" if mention.get("beyond") else "within_province"
    elif mention.get("leaves") and not is_in(code, insured):
        places["filed_region"] = code
    elif mention.get("filed") and not is_in(code, insured):
        places["filed_region"] = code
        places.setdefault("treatment_region", code)
    elif "treatment_region" in places and "filed_region" not in places:
        places["filed_region"], places["treatment_region"] = places["treatment_region"], code
    elif not (mention.get("leaves") and is_in(code, insured)):
        places["treatment_region"] = code


def _is_in_passing(mention: Mention) -> bool:
    """The insured place named again, and nobody goes there for care: 按上海的还是高邮的, 嫁到威海, 来杭州八年."""
    if mention.get("visits"):
        return False
    return bool(mention.get("stays") or mention.get("comes")) or not any(mention.get(cue) for cue in GOES_THERE)


def is_in(code: str, area: str | None) -> bool:
    """Whether the place lies in the area; False where no area, or only the country, is known."""
    return bool(area) and area != regions.NATIONAL and regions.is_within(code, str(area))


def _is_its_province(code: str, insured: str) -> bool:
    """Whether the place is the insured person's whole province: it tells the scope, not the city."""
    if insured in (code, regions.NATIONAL):
        return False
    return regions.region(code).level == "province" and regions.is_within(insured, code)


def _codes_beside(mention: Mention, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The other places of the message whose names leave nothing open."""
    return tuple(str(m["value"]) for m in mentions if m is not mention and "|" not in str(m["value"]))


def _one_of(
    codes: Sequence[str], known: Mapping[str, Any], role: str, areas: Areas, beside: Sequence[str] = ()
) -> str | None:
    """The place meant: the only one, any of one pooling area (伊宁市, 伊宁县), or the one around a known place.

    `beside`: places named in the same message, 北京 in 去北京，住朝阳区.
    """
    if len({areas.of(code) for code in codes}) == 1:
        return codes[0]
    anchor = known.get("insured_region" if role == INSURED else "treatment_region")
    widest = [code for code in codes if all(is_in(other, code) for other in codes)]
    if widest:
        return widest[0]  # 吉林: the province holds the city, and says less
    anchors = [anchor] if anchor else list(beside)
    near = [code for code in codes if any(is_in(code, one) or is_in(one, code) for one in anchors)]
    return near[0] if len(near) == 1 else None
