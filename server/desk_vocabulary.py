"""What agents type at the desk, from policy_packs/desk_words.yml: which words ask for which topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rules_engine.errors import PackError
from rules_engine.packs import PACKS_DIR, PackSet, read_yaml

FILE = "desk_words.yml"


@dataclass(frozen=True)
class DeskVocabulary:
    """`asks`, `hints`: word → the topics it speaks of, in the file's order. `case`, `around`: as in the file."""

    asks: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]
    case: tuple[str, ...]
    around: frozenset[str]
    order: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that may be typed by its sound, those of the topics first."""
        return tuple(dict.fromkeys((*self.asks, *self.hints, *self.case)))


def read_vocabulary(policy: PackSet, folder: Path = PACKS_DIR) -> DeskVocabulary:
    """The desk's words for the topics of these packs. PackError for a topic that there is not."""
    content: dict[str, Any] = read_yaml(folder / FILE)["desk_words"]
    unknown = content["topics"].keys() - policy.topics.keys()
    if unknown:
        raise PackError(FILE, f"没有「{'、'.join(sorted(unknown))}」这个话题", "请照 topics.yml 改，或者删去")
    asks: dict[str, dict[str, None]] = {}
    hints: dict[str, dict[str, None]] = {}
    for topic, row in content["topics"].items():
        for word in row["asks"]:
            asks.setdefault(word.lower(), {})[topic] = None
        for word in row.get("hints", ()):
            hints.setdefault(word.lower(), {})[topic] = None
    for topic, known in policy.topics.items():
        if known.title not in hints:
            asks.setdefault(known.title.lower(), {})[topic] = None
    for name, row in policy.terms.items():
        for word in (name, *row.get("aliases", ())) if row.get("topic") else ():
            if word.lower() not in hints:
                asks.setdefault(word.lower(), {})[row["topic"]] = None
    order = tuple(dict.fromkeys((*content["topics"], *policy.topics)))
    return DeskVocabulary(_frozen(asks), _frozen(hints), tuple(content["case"]), frozenset(content["around"]), order)


def _frozen(found: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(topics) for word, topics in found.items()}


@cache
def longest_first(words: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """By first character, how long the words are, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
