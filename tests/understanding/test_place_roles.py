"""A place's role, worked out from what stands around it alone, is what scikit-learn's pipeline says."""

from __future__ import annotations

import pytest
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from understanding.place_roles import NO_ROLE, PlaceRoles, context

LEARNED = [
    ("我医保在〇", "insured"), ("〇的医保", "insured"), ("〇参保去外地", "insured"), ("我在〇交的社保", "insured"),
    ("去〇看病", "treatment"), ("在〇住院", "treatment"), ("要到〇动手术", "treatment"), ("〇的医院住着", "treatment"),
    ("〇呢", NO_ROLE), ("〇", NO_ROLE), ("那〇怎么样", NO_ROLE),
]
ASKED = ["去〇看病要备案吗", "〇医保能用吗", "〇", "那〇呢", "", "〇〇〇", "我医保在〇,现在在别处住院"]


def around(text: str) -> dict:
    start = text.find("〇")
    return context(text, start, start + 1, 0, 1)


@pytest.mark.parametrize("roles", [{"insured", "treatment", NO_ROLE}, {"insured", "treatment"}], ids=len)
def test_the_role_is_what_the_pipeline_predicts(roles):
    known = [(around(text), role) for text, role in LEARNED if role in roles]
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=2.0)).fit(*map(list, zip(*known, strict=True)))
    ours = PlaceRoles(None, None, model)
    texts = [*ASKED, *(text for text, _ in LEARNED)]
    found = [ours._role(around(text)) for text in texts]
    assert found == list(model.predict([around(text) for text in texts]))
    assert set(found) == roles
