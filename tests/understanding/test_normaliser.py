"""Every message takes one form before anything looks at it."""

import pytest

from understanding.normaliser import LONGEST_MESSAGE, normalised
from understanding.utterance_features import concepts_of, without_particulars


@pytest.mark.parametrize(("typed", "form"), [
    ("　杭州　转诊 有效期 ", "杭州,转诊,有效期"), ("异 地 就 医", "异地就医"), ("異地就醫備案", "异地就医备案"), ("ＡＰＰ", "app"), ("／restart", "restart"),
    ("/restart", "restart"), ("好好好好好好", "好好好"), ("用 APP 办", "用app办"), ("", ""),
])
def test_message_is_brought_to_one_form(typed, form):
    assert normalised(typed) == form


def test_very_long_message_keeps_its_beginning_and_its_end():
    text = normalised("开头" + "中间啊哦" * 1000 + "要备案吗")
    assert len(text) <= LONGEST_MESSAGE
    assert text.startswith("开头") and text.endswith("要备案吗")


def test_places_and_numbers_are_taken_out_of_what_the_classifier_sees():
    assert without_particulars("去北京看病") == without_particulars("去烟台看病")
    assert without_particulars("花了25000") == without_particulars("花了300")


def test_one_character_counts_as_a_concept_only_in_a_short_message():
    assert "肯定" in concepts_of("是")
    assert "肯定" not in concepts_of("谁是世界首富啊")


def test_a_cry_is_shortened_and_a_sum_is_not():
    assert normalised("啊啊啊啊啊啊要备案吗").startswith("啊啊啊要")
    assert "200000" in normalised("花了200000元能报多少")
