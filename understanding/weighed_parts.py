"""The parts of a text, weighed by how often they stand in it and how rare they are elsewhere (tf-idf).

Most parts are rows of up to four characters or syllables. With sixteen bits for each sign such a row is one number. A
million of them take a twentieth of the memory that strings in a dictionary took, load at once, and stay shared between
forks (docs/decisions/0005). The weights are those of scikit-learn's TfidfVectorizer, which the rest is still given to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

BITS = 16
UNKNOWN = 2**BITS - 1
Weights = tuple[np.ndarray, np.ndarray, np.ndarray]  # which of the texts, the column of a part it has, what that weighs


class Parts(Protocol):
    """One kind of parts: learnt from texts, then found and weighed in others."""

    def learnt(self, texts: Sequence[str]) -> csr_matrix:
        """Learns which parts there are and how rare they are; a row of weights for each text."""

    def weighed(self, texts: Sequence[str]) -> Weights:
        """Those of their parts that were learnt, each text's vector one long; of some texts there may be none."""

    @property
    def count(self) -> int:
        """How many columns."""


class Signs(Protocol):
    """What makes numbers below 2**BITS of a text, none of them 0."""

    def learnt(self, texts: Sequence[str]) -> list[np.ndarray]:
        """The signs of each text."""

    def of(self, text: str) -> np.ndarray:
        """The signs of a text; UNKNOWN for what no text had that was learnt from."""


class Characters:
    """A text's characters by their code (UTF-16)."""

    def learnt(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [self.of(text) for text in texts]

    def of(self, text: str) -> np.ndarray:
        return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.uint64)


@dataclass
class Named:
    """What `named` makes of a text (its syllables), each name with a number of its own."""

    named: Callable[[str], Iterable[str]]
    numbers: dict[str, int] = field(default_factory=dict)

    def learnt(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Raises ValueError where there are more names than numbers."""
        all_named = [[self.numbers.setdefault(name, len(self.numbers) + 1) for name in self.named(t)] for t in texts]
        if len(self.numbers) >= UNKNOWN:
            raise ValueError(f"{len(self.numbers)} names are more than {BITS} bits can tell apart")
        return [np.array(numbers, np.uint64) for numbers in all_named]

    def of(self, text: str) -> np.ndarray:
        return np.array([self.numbers.get(name, UNKNOWN) for name in self.named(text)], np.uint64)


def rows_of(signs: np.ndarray, longest: int) -> np.ndarray:
    """Each row of one to `longest` signs as one number."""
    row, rows = signs, [signs]
    for length in range(2, longest + 1):
        row = row[:-1] << np.uint64(BITS) | signs[length - 1:]
        rows.append(row)
    return np.concatenate(rows)


def distant_pairs(signs: np.ndarray, farthest: int) -> np.ndarray:
    """Every two signs with at least one other and less than `farthest` between them, as one number."""
    return np.concatenate([
        signs[:-distance] << np.uint64(BITS) | signs[distance:] for distance in range(2, farthest + 1)
    ])


class NumberedParts:
    """Parts that are numbers, made of a text's signs; those in fewer than `fewest` texts are left out."""

    def __init__(
        self, signs: Signs, parts_of: Callable[[np.ndarray, int], np.ndarray], longest: int, fewest: int = 1
    ) -> None:
        self._signs, self._parts_of, self._longest, self._fewest = signs, parts_of, longest, fewest
        self._known, self._rarity = np.array([], np.uint64), np.array([])

    @property
    def count(self) -> int:
        return len(self._known)

    def learnt(self, texts: Sequence[str]) -> csr_matrix:
        """Raises ValueError where there is nothing to learn."""
        of_texts, parts = self._parts(self._signs.learnt(texts))
        known, at = np.unique(parts, return_inverse=True)
        in_texts = np.bincount(np.unique(of_texts * len(known) + at) % max(1, len(known)), minlength=len(known))
        is_kept = in_texts >= self._fewest
        self._known = known[is_kept]
        self._rarity = np.log((1 + len(texts)) / (1 + in_texts[is_kept])) + 1
        if not self.count:
            raise ValueError(f"no part is in {self._fewest} of these {len(texts)} texts")
        rows, columns, weights = self._weighed(of_texts, parts, len(texts))
        return csr_matrix((weights, (rows, columns)), shape=(len(texts), self.count))

    def weighed(self, texts: Sequence[str]) -> Weights:
        return self._weighed(*self._parts([self._signs.of(text) for text in texts]), len(texts))

    def _parts(self, signs: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Which text it is in, and the part: of all parts of all texts."""
        of_each = [self._parts_of(own, self._longest) for own in signs]
        return np.repeat(np.arange(len(signs)), [len(own) for own in of_each]), np.concatenate(of_each)

    def _weighed(self, of_texts: np.ndarray, parts: np.ndarray, count: int) -> Weights:
        at = self._known.searchsorted(parts)
        is_known = self._known.take(at, mode="clip") == parts
        found = of_texts[is_known] * self.count + at[is_known]  # text and column as one number
        found.sort()
        is_first = np.ones(len(found), bool)
        np.not_equal(found[1:], found[:-1], out=is_first[1:])
        first = is_first.nonzero()[0]
        often = np.diff(first, append=len(found))
        rows, columns = np.divmod(found[first], self.count)
        return rows, columns, _one_long(rows, often, self._rarity[columns], count)


class TextParts:
    """Parts that are strings, as scikit-learn's vectoriser finds them: words, concepts."""

    def __init__(self, vectoriser: TfidfVectorizer) -> None:
        self._vectoriser, self._parts_of = vectoriser, vectoriser.build_analyzer()
        self._known: dict[str, int] = {}
        self._rarity = np.array([])

    @property
    def count(self) -> int:
        return len(self._known)

    def learnt(self, texts: Sequence[str]) -> csr_matrix:
        rows = self._vectoriser.fit_transform(texts)
        self._known, self._rarity = self._vectoriser.vocabulary_, self._vectoriser.idf_
        return rows

    def weighed(self, texts: Sequence[str]) -> Weights:
        """Without scikit-learn's `transform`, which goes through all columns for each text."""
        counted = Counter(
            (row, column) for row, text in enumerate(texts) for part in self._parts_of(text)
            if (column := self._known.get(part)) is not None
        )
        rows, columns = np.array(list(counted), np.int64).reshape(-1, 2).T
        often = np.fromiter(counted.values(), np.int64, len(counted))
        return rows, columns, _one_long(rows, often, self._rarity[columns], len(texts))


def _one_long(rows: np.ndarray, often: np.ndarray, rarity: np.ndarray, count: int) -> np.ndarray:
    """The weights of parts that stand so often in the texts of these rows, `count` texts in all."""
    weights = (1 + np.log(often)) * rarity
    return weights / np.sqrt(np.bincount(rows, weights * weights, count))[rows]
