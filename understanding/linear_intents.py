"""A linear SVM over sparse features whose weights are kept sparse and whose margins become confidences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.svm import LinearSVC

from understanding.weighed_parts import Parts

OTHERS = ""  # every intent of the other part
PROCESSORS = 2
CLOSE_ENOUGH = 0.01  # a tighter SVM takes a third longer and moves no weight by TOO_SMALL
TOO_SMALL = 0.001  # weights below it change no ranking; without them a sixth of the memory is left


@dataclass(frozen=True)
class LinearIntents:
    """The kinds of parts that were learnt, the weights (parts by intents) and what makes a confidence of a margin."""

    kinds: tuple[Parts, ...]
    weights: csr_matrix
    offsets: np.ndarray
    intents: np.ndarray
    sharpness: float

    def confidences(self, texts: list[str]) -> np.ndarray:
        """A row for each text, a column for each of `intents`; a row adds up to 1."""
        return np.asarray(softmax(self.sharpness * (self._margins(texts) + self.offsets), axis=1))

    def _margins(self, texts: list[str]) -> np.ndarray:
        """How far each text is on each intent's side, before the offsets."""
        rows, columns, values, start = [], [], [], 0
        for kind in self.kinds:
            own_rows, own_columns, weighed = kind.weighed(texts)
            rows.append(own_rows)
            columns.append(own_columns + start)
            values.append(weighed)
            start += kind.count
        return self._summed(np.concatenate(rows), np.concatenate(columns), np.concatenate(values), len(texts))

    def _summed(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
        """The texts' vectors times the weights, without the matrices that SciPy makes on the way."""
        starts, ends = self.weights.indptr[columns], self.weights.indptr[columns + 1]
        lengths = ends - starts
        own = np.arange(lengths.sum()) + np.repeat(ends - lengths.cumsum(), lengths)
        weighed = self.weights.data[own] * np.repeat(values, lengths)
        cells = np.repeat(rows * len(self.intents), lengths) + self.weights.indices[own]
        return np.bincount(cells, weighed, count * len(self.intents)).reshape(count, -1)


def trained(
    kinds: Sequence[Parts], texts: Sequence[str], intents: Sequence[str], c: float, sharpness: float,
    counts: Sequence[float] | None = None,
) -> LinearIntents:
    """The model of these examples; `c` is the SVM's, `sharpness` multiplies its margins before the softmax.

    `counts`: how much each example counts; 1 each where it is not given.
    """
    # By forks: they have the dictionary that words are cut with.
    learn = Parallel(n_jobs=PROCESSORS, backend="multiprocessing")
    kinds, vectors = zip(*learn(delayed(_learnt)(kind, texts) for kind in kinds), strict=True)
    vectors = hstack(vectors, format="csr")
    wanted, names = np.array(intents), np.unique(intents)
    parts = [part for part in (names[::2], names[1::2]) if len(part)]
    # An intent is told from all others, whatever they are called: two processors take half of the intents each.
    found = Parallel(n_jobs=len(parts))(delayed(_told_apart)(vectors, wanted, part, c, counts) for part in parts)
    ordered = np.argsort(np.concatenate([part for part, _, _ in found]))
    weights, offsets = (np.concatenate(columns)[ordered] for columns in zip(*(one[1:] for one in found), strict=True))
    return LinearIntents(kinds, csr_matrix(weights.T), offsets, names, sharpness)


def _learnt(kind: Parts, texts: Sequence[str]) -> tuple[Parts, csr_matrix]:
    return kind, kind.learnt(texts)


def _told_apart(
    vectors: csr_matrix, wanted: np.ndarray, part: np.ndarray, c: float, counts: Sequence[float] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """These intents, a row of weights and an offset for each."""
    labels = np.where(np.isin(wanted, part), wanted, OTHERS)
    svm = LinearSVC(C=c, random_state=0, tol=CLOSE_ENOUGH).fit(vectors, labels, sample_weight=counts)
    weights, offsets = svm.coef_, svm.intercept_
    if len(weights) == 1:  # of two, there is one row: how far it is the second
        weights, offsets = np.concatenate([-weights, weights]), np.concatenate([-offsets, offsets])
    own = np.isin(svm.classes_, part)
    return part, np.where(abs(weights) < TOO_SMALL, 0, weights)[own].astype(np.float32), offsets[own]
