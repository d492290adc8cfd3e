"""A linear SVM over sparse features whose weights are kept sparse and whose margins become confidences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

OTHERS = ""  # every intent of the other part
TOO_SMALL = 0.001  # weights below it change no ranking; without them a sixth of the memory is left


@dataclass(frozen=True)
class LinearIntents:
    """The trained vectorisers, the weights (features by intents) and what makes a confidence of a margin."""

    vectorisers: FeatureUnion
    weights: csr_matrix
    offsets: np.ndarray
    intents: np.ndarray
    sharpness: float

    def confidences(self, texts: list[str]) -> np.ndarray:
        """A row for each text, a column for each of `intents`; a row adds up to 1."""
        margins = np.array([self._margins(text) for text in texts])
        return np.asarray(softmax(self.sharpness * (margins + self.offsets), axis=1))

    @cached_property
    def _counters(self) -> list[tuple[Callable[[str], Iterable[str]], dict[str, int], np.ndarray, int]]:
        """Of each vectoriser: what takes a text apart, the columns, their weights by rarity, the first column."""
        fitted = [vectoriser for _, vectoriser in self.vectorisers.transformer_list]
        starts = np.cumsum([0, *(len(one.vocabulary_) for one in fitted)])
        return [
            (one.build_analyzer(), one.vocabulary_, one.idf_, int(start))
            for one, start in zip(fitted, starts, strict=False)
        ]

    def _margins(self, text: str) -> np.ndarray:
        """As `vectorisers.transform([text]) @ weights`, for one text: scikit-learn's way goes through all columns."""
        columns, values = [], []
        for analyse, vocabulary, rarity, start in self._counters:
            counted = Counter(column for part in analyse(text) if (column := vocabulary.get(part)) is not None)
            own = np.fromiter(counted, dtype=np.int64, count=len(counted))
            found = (1 + np.log(np.fromiter(counted.values(), dtype=np.float64, count=len(counted)))) * rarity[own]
            columns.append(own + start)
            values.append(found / (np.linalg.norm(found) or 1))
        return np.asarray(self.weights[np.concatenate(columns)].T @ np.concatenate(values))


def trained(
    vectorisers: FeatureUnion, texts: list[str], intents: list[str], c: float, sharpness: float
) -> LinearIntents:
    """The model of these examples; `c` is the SVM's, `sharpness` multiplies its margins before the softmax."""
    vectors = vectorisers.fit_transform(texts)
    wanted, names = np.array(intents), np.unique(intents)
    parts = [part for part in (names[::2], names[1::2]) if len(part)]
    # An intent is told from all others, whatever they are called: two processors take half of the intents each.
    found = Parallel(n_jobs=len(parts))(delayed(_told_apart)(vectors, wanted, part, c) for part in parts)
    ordered = np.argsort(np.concatenate([part for part, _, _ in found]))
    weights, offsets = (np.concatenate(columns)[ordered] for columns in zip(*(one[1:] for one in found), strict=True))
    return LinearIntents(vectorisers, csr_matrix(weights.T), offsets, names, sharpness)


def _told_apart(
    vectors: csr_matrix, wanted: np.ndarray, part: np.ndarray, c: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """These intents, a row of weights and an offset for each."""
    labels = np.where(np.isin(wanted, part), wanted, OTHERS)
    svm = LinearSVC(C=c, random_state=0).fit(vectors, labels)
    weights, offsets = svm.coef_, svm.intercept_
    if len(weights) == 1:  # of two, there is one row: how far it is the second
        weights, offsets = np.concatenate([-weights, weights]), np.concatenate([-offsets, offsets])
    own = np.isin(svm.classes_, part)
    return part, np.where(abs(weights) < TOO_SMALL, 0, weights)[own].astype(np.float32), offsets[own]
