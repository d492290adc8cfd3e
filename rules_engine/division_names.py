"""How people write the names of administrative divisions, and where a sentence has one.

Knows codes only; `regions` turns them into regions. A name is the full name, the
short name (荣成), a form in between (延边州, 长阳县) or one of aliases.csv. Many short names
are ordinary words (和平, 合作, 比如): ordinary_words.csv lists those that count only
right after a place they lie in (天津和平). ordinary_phrases.csv lists what is read
over although a name seems to stand in it (医保定点 has no 保定), and common_words.txt
helps to see names that arise where two words meet (住房|山区 has no 房山).
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules_engine.regions import Region

DATA = Path(__file__).resolve().parent / "division_data"

# 北京路, 南京东路, 青岛中路12号: streets. But 威海街上, 去北京路上, 路费 speak of the place.
STREET = re.compile(
    r"[东西南北中][一二三四五六七八九十\d]{0,2}路|[一二三四五六七八九十\d]{0,2}路(?![上过程途费远])"
    r"|[东西南北中]?街(?![上道])|大街|大道|胡同|巷"
)
# 东莞市长安镇 is not 长安区; but 南京镇江 are two cities.
TOWNSHIP = re.compile("镇(?![江海平安原宁康雄坪巴赉沅远])|村")
# 环翠区域内 is not 环翠区 + 域内; 费县级 is not 费县 + 级.
DISTRICT_GOES_ON = re.compile("[域别间]")
COUNTY_GOES_ON = re.compile("[级域]")
JOINT = re.compile(r"[ \t　·・/、\-—>]{0,2}")
# A county's short name starting so is given up for the place that begins inside it:
# 从江苏 is not 从江, 来安徽 not 来安, 其中山东 not 中山.
MAY_BE_ANOTHER_WORD = frozenset("从来去到在和与于上会都当将那同中天回")


@dataclass(frozen=True, slots=True)
class Span:
    """A named place in a text; `codes` has several where the name is shared."""

    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameTable:
    """All surface names. `accepted_alone` leaves out what needs its province or city before it."""

    all_codes: dict[str, tuple[str, ...]]
    accepted_alone: dict[str, tuple[str, ...]]
    phrases: frozenset[str]
    common_words: frozenset[str]
    lengths: dict[str, tuple[int, ...]]
    provinces: frozenset[str]

    @classmethod
    def read(cls, divisions: Iterable["Region"]) -> "NameTable":
        """The table of these divisions and of the word lists in division_data."""
        divisions = tuple(divisions)
        all_codes = _collect(divisions)
        phrases = frozenset(row["phrase"] for row in _rows("ordinary_phrases.csv"))
        common_words = frozenset((DATA / "common_words.txt").read_text(encoding="utf-8").split())
        provinces = frozenset(d.short_name for d in divisions if d.level == "province")
        alone = _accepted_alone(all_codes, provinces)
        return cls(all_codes, alone, phrases, common_words, _lengths((*all_codes, *phrases)), provinces)

    def codes_named(self, text: str) -> tuple[str, ...]:
        """What a name by itself can mean, also as a chain of names (江苏徐州鼓楼区)."""
        name = text.strip()
        for table in (self.accepted_alone, self.all_codes):
            if name in table:
                return table[name]
        spans = list(self.spans(name))
        if len(spans) == 1 and (spans[0].start, spans[0].end) == (0, len(name)):
            return spans[0].codes
        return ()

    def spans(self, text: str) -> Iterator[Span]:
        """Mentions from left to right, the longest name first, nested neighbours merged."""
        at = 0
        last: Span | None = None
        while at < len(text):
            found, at = self._next(text, at, last)
            if found is None:
                continue
            if last and found.start != last.start:
                yield last
            last = found
        if last:
            yield last

    def _next(self, text: str, at: int, last: Span | None) -> tuple[Span | None, int]:
        """The mention that begins here (or that makes the last one more exact), and where to read on."""
        for length in self.lengths.get(text[at], ()):
            end = at + length
            name = text[at:end]
            if len(name) < length:
                continue
            if name in self.phrases:
                return None, end
            codes = self.all_codes.get(name)
            if codes is None or _goes_on(name, text, end):
                continue
            if name[-1] not in "省市县区盟" and _is_part_of_address(text, end):
                return None, end
            if last and JOINT.fullmatch(text, last.end, at) and (nested := _nested(codes, last)):
                return Span(last.start, end, nested), end
            if name in self.accepted_alone and not self._is_accidental(name, text, at):
                return Span(at, end, self.accepted_alone[name]), end
        return None, at + 1

    def _is_accidental(self, name: str, text: str, at: int) -> bool:
        return len(name) == 2 and (self._joins_two_words(text, at) or self._gives_way(name, text, at))

    def _joins_two_words(self, text: str, at: int) -> bool:
        """非常熟悉 is 非常 and 熟悉, not 常熟; needs a common word on both sides."""
        before, after = text[max(at - 1, 0) : at + 1], text[at + 1 : at + 3]
        return before in self.common_words and after in self.common_words

    def _gives_way(self, name: str, text: str, at: int) -> bool:
        """Whether another name begins inside this one, whose first character is a word by itself."""
        if name[0] not in MAY_BE_ANOTHER_WORD or name in self.provinces:
            return False
        start = at + 1
        candidates = (text[start : start + length] for length in self.lengths.get(text[start], ()))
        return any(candidate in self.accepted_alone for candidate in candidates)


def _collect(divisions: tuple["Region", ...]) -> dict[str, tuple[str, ...]]:
    collected: dict[str, set[str]] = {}
    for division in divisions:
        for name in _forms(division):
            collected.setdefault(name, set()).add(division.code)
    for row in _rows("aliases.csv"):
        collected.setdefault(row["alias"], set()).add(row["code6"])
    return {name: _without_namesakes_inside(codes) for name, codes in collected.items()}


def _forms(division: "Region") -> set[str]:
    """Full and short name, and the short one with its kind: 延边州, 长阳县."""
    forms = {division.name, division.short_name}
    if "自治" in division.name and division.level != "province":
        forms.add(division.short_name.removesuffix(division.name[-1]) + division.name[-1])
    return {form for form in forms if len(form) > 1}


def _without_namesakes_inside(codes: set[str]) -> tuple[str, ...]:
    """长沙 is the city, not also the county of that name in it; but 吉林 stays province and city."""
    cities = {code for code in codes if code.endswith("00") and not code.endswith("0000")}
    return tuple(sorted(code for code in codes if code in cities or code[:4] + "00" not in cities))


def _accepted_alone(
    all_codes: dict[str, tuple[str, ...]], provinces: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    dropped = {(row["word"], row["code6"]) for row in _rows("ordinary_words.csv")}
    accepted = {}
    for name, codes in all_codes.items():
        kept = () if (name, "") in dropped else tuple(code for code in codes if (name, code) not in dropped)
        if kept:
            accepted[name] = kept
    return accepted


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By first character, how long the names are, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _goes_on(name: str, text: str, end: int) -> bool:
    if name[-1] == "区":
        return DISTRICT_GOES_ON.match(text, end) is not None
    return name[-1] == "县" and len(name) == 2 and COUNTY_GOES_ON.match(text, end) is not None


def _is_part_of_address(text: str, end: int) -> bool:
    """Whether the name only lends itself to a street or a township (南京东路, 长安镇)."""
    return STREET.match(text, end) is not None or TOWNSHIP.match(text, end) is not None


def _nested(codes: tuple[str, ...], outer: Span) -> tuple[str, ...]:
    """Those of the codes that lie in the place named just before."""
    return tuple(code for code in codes if any(_lies_in(code, place) for place in outer.codes))


def _lies_in(code: str, place: str) -> bool:
    """Codes nest by pairs of digits, whatever the parent: 419001 is in 410000."""
    return code.startswith(place.removesuffix("00").removesuffix("00"))


def _rows(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
