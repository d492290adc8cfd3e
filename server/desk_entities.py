"""The closed values of a text without the trained model: the ruler's longest phrases, then the project's readers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from server.desk_vocabulary import longest_first
from understanding.case_entities import entities_of
from understanding.vocabulary import meanings, region_names

Span = tuple[int, int]


def closed_values(text: str) -> list[dict[str, Any]]:
    """The entities of a normalised text as the pipeline finds them, but for the learned roles of places."""
    phrases = _phrases()
    found = [{"start": start, "end": end} for start, end in longest(text, phrases, longest_first(phrases))]
    return entities_of(text, found)


@cache
def _phrases() -> frozenset[str]:
    return frozenset((*meanings(), *region_names()))


def longest(text: str, words: Collection[str], lengths: Mapping[str, tuple[int, ...]]) -> list[Span]:
    """Where the words stand; of two that overlap the longer one, of two as long the first: as spaCy's ruler does."""
    taken = [False] * len(text)
    kept: list[Span] = []
    for start, end in sorted(_all(text, words, lengths), key=lambda span: (span[0] - span[1], span[0])):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            kept.append((start, end))
    return sorted(kept)


def _all(text: str, words: Collection[str], lengths: Mapping[str, tuple[int, ...]]) -> Iterator[Span]:
    for start, first in enumerate(text):
        for length in lengths.get(first, ()):
            if start + length <= len(text) and text[start:start + length] in words:
                yield start, start + length
