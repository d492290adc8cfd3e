"""A linear SVM over sparse features whose weights are kept sparse and whose margins become confidences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

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
        margins = self.vectorisers.transform(texts) @ self.weights
        return np.asarray(softmax(self.sharpness * (margins.toarray() + self.offsets), axis=1))


def trained(
    vectorisers: FeatureUnion, texts: list[str], intents: list[str], c: float, sharpness: float
) -> LinearIntents:
    """The model of these examples; `c` is the SVM's, `sharpness` multiplies its margins before the softmax."""
    vectors = vectorisers.fit_transform(texts)
    svm = LinearSVC(C=c).fit(vectors, np.array(intents))
    weights = np.where(abs(svm.coef_) < TOO_SMALL, 0, svm.coef_).T.astype(np.float32)
    return LinearIntents(vectorisers, csr_matrix(weights), svm.intercept_, svm.classes_, sharpness)
