"""What is typed in letters: wh bl → 威海 比例; hzzzyxq → 杭州 转诊 有效期; weihai → 威海."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules_engine import regions
from rules_engine.packs import PackSet
from server.desk_vocabulary import DeskVocabulary
from server.desk_words import initials_of, sounds_of
from understanding.vocabulary import meanings

LETTERS = re.compile(r"[a-z]{2,40}")
LONGEST_PIECE = 12
MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Typed:
    """Letters that were read as a word; `could_be` where they are left as they are: it may be several places."""

    typed: str
    read_as: str
    could_be: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spelling:
    """Letters → word: places that have a pack first, then the desk's words, then other places."""

    words: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> tuple[str, tuple[Typed, ...]]:
        """The text with its letters read, and how each was read. Words that are ours as they are (ct) stay."""
        typed: list[Typed] = []

        def meant(match: re.Match[str]) -> str:
            letters = match[0]
            if letters in meanings():
                return letters
            found = self._pieces(letters)
            if found is None:
                if letters in self.several:
                    typed.append(Typed(letters, "", self.several[letters]))
                return letters
            read_as = " ".join(found)
            typed.append(Typed(letters, read_as))
            return f" {read_as} "

        return LETTERS.sub(meant, text), tuple(typed)

    def _pieces(self, letters: str) -> list[str] | None:
        """The fewest words that the letters spell; None where they spell none."""
        best: list[list[str] | None] = [[], *[None] * len(letters)]
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - LONGEST_PIECE), end - 1):
                before, word = best[start], self.words.get(letters[start:end])
                if before is not None and word and (best[end] is None or len(best[end] or ()) > len(before) + 1):
                    best[end] = [*before, word]
        return best[-1]


def read_spelling(policy: PackSet, vocabulary: DeskVocabulary) -> Spelling:
    """How these packs' places and topics are spelled."""
    covered = [regions.region(code).short_name for code in policy.covered]
    districts = [
        one.short_name for one in regions.all_regions()
        if one.level == "county" and any(regions.is_within(one.code, code) for code in policy.covered)
    ]
    words: dict[str, str] = {}
    for word in (*covered, *vocabulary.words):
        _keep(words, word, initials_of(word), sounds_of(word))
    several: dict[str, list[str]] = {}
    for rank in _other_places(covered):
        by_initials: dict[str, list[str]] = {}
        for name in rank:
            by_initials.setdefault(initials_of(name), []).append(name)
            words.setdefault(sounds_of(name), name)
        for letters, names in by_initials.items():
            if len(names) == 1 and letters not in several:
                words.setdefault(letters, names[0])
            else:
                several.setdefault(letters, []).extend(names)
    for name in districts:
        words.setdefault(sounds_of(name), name)
    open_ones = {letters: tuple(names[:MOST_CANDIDATES]) for letters, names in several.items() if letters not in words}
    return Spelling(words, open_ones)


def _keep(words: dict[str, str], word: str, *spelled: str) -> None:
    for letters in spelled:
        if LETTERS.fullmatch(letters):
            words.setdefault(letters, word)


def _other_places(covered: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Municipalities and provincial capitals, which are meant most often; provinces; the other cities."""
    known = set(covered)
    places = [one for one in regions.all_regions() if one.level != "county" and one.short_name not in known]
    great = [p for p in places if p.code in regions.MUNICIPALITIES or p.code.endswith("0100")]
    provinces = [p for p in places if p.level == "province" and p not in great]
    cities = [p for p in places if p.level == "prefecture" and p not in great]
    first, second, third = ([one.short_name for one in rank if len(one.short_name) > 1]
                            for rank in (great, provinces, cities))
    return first, second, third
