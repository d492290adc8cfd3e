"""The classifier's confidences, on a handful of examples."""

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.svm import LinearSVC

from understanding.linear_intents import TOO_SMALL, trained
from understanding.utterance_features import concepts_of, kinds_of_parts, without_particulars

TEXTS = ["要带什么材料", "带什么材料去", "带啥材料过去", "有效期有多久", "备案有多久有效", "能管多久", "先付几成", "要先付多少", "自己先付几成"]
INTENTS = ["ask_materials"] * 3 + ["ask_validity"] * 3 + ["ask_share_borne"] * 3


@pytest.fixture(scope="module")
def model():
    return trained(kinds_of_parts(), TEXTS, INTENTS, c=0.5, sharpness=5.0)


def test_confidences_of_a_text_add_up_to_one(model):
    rows = model.confidences(["要什么材料", "完全别的"])
    assert np.allclose(rows.sum(axis=1), 1)


def test_what_it_was_taught_comes_out_first(model):
    best = model.intents[model.confidences(TEXTS).argmax(axis=1)]
    assert list(best) == INTENTS


def test_half_of_the_intents_at_a_time_are_told_apart_as_all_at_once_would_be(model):
    vectors = hstack([kind.learnt(TEXTS) for kind in kinds_of_parts()], format="csr")
    whole = LinearSVC(C=0.5, random_state=0).fit(vectors, np.array(INTENTS))
    assert list(model.intents) == list(whole.classes_)
    assert np.allclose(model.weights.toarray().T, whole.coef_, atol=2 * TOO_SMALL)
    assert np.allclose(model.offsets, whole.intercept_, atol=0.01)


def test_sharper_means_surer():
    blunt, sharp = (trained(kinds_of_parts(), TEXTS, INTENTS, c=0.5, sharpness=s) for s in (1.0, 9.0))
    assert sharp.confidences(["材料"]).max() > blunt.confidences(["材料"]).max()


@pytest.mark.parametrize("said", [
    "嗯,请问一下,要带什么材料啊", "那个,要带什么材料呀", "我想问一下就是说要带什么材料哈", "喂喂,要带什么材料啊?", "哎麻烦问一下要带啊什么材料",
])
def test_fillers_say_nothing(said):
    assert without_particulars(said).rstrip("?") == "要带什么材料"


@pytest.mark.parametrize("said", ["嗯", "啊?", "麻烦", "哈哈哈"])
def test_a_message_of_nothing_else_is_left_as_it_is(said):
    assert without_particulars(said) == said


def test_a_concept_is_heard_by_its_sound():
    assert set(concepts_of("要待什么才料")) & set(concepts_of("材料")) - set(concepts_of("豪雨"))


def test_the_national_leaflet_is_to_a_question_what_a_place_is():
    assert without_particulars("国家2017那份十问里谁能办") == without_particulars("杭州里谁能办")
