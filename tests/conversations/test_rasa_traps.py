"""Faults that form dialogues in Rasa have had; ours must not get them. Numbers are threads of RasaHQ/rasa."""

from __future__ import annotations

import pytest
import reply_shapes
from talking import ANSWERS, FIELDS, another_person

pytestmark = pytest.mark.model

INTERRUPTIONS = ["要带什么材料？", "什么叫承诺制？", "备案管多久？", "起付线是多少？", "转人工", "去北京看病要备案吗？", "帮助", "为什么？"]


def _place(replies) -> str:
    """The city that the review reads back."""
    [value] = [row["value"] for row in replies.custom("review")["fields"] if row["slot"] == "treatment_region"]
    return value


def test_the_same_slot_in_question_and_filing_gives_no_empty_reply(person):
    """#7710: a slot that two forms ask for gave empty replies. Here the place is asked by both."""
    person.say_all("威海医保去外地看病要不要备案", "去青岛", "长期住那边")
    replies = person.say_all("我要办异地备案")
    if replies.asked == "stays_long_enough":
        replies = person.say("6个月以上")
    for field, answer in ANSWERS.items():
        if field == "treatment_region":
            continue  # told before, for this very filing
        assert replies and replies.asked == field
        reply_shapes.check(replies)
        replies = person.say(answer)
    assert "青岛" in _place(replies)


def test_an_answer_that_names_another_place_does_not_overwrite_the_field(person):
    """#10053: mappings are global; a place in a question overwrote the form's."""
    person.file_up_to("reason")
    person.say("去北京看病要备案吗？")
    person.say_all(ANSWERS["reason"], ANSWERS["starts_on"], ANSWERS["address"])
    assert _place(person.last) == "山东省青岛市"


def test_interruptions_of_every_kind_at_every_step_lose_nothing(person):
    """#7751: unhappy paths one after another; afterwards the filing still ends with a receipt."""
    somebody, replies = another_person(), person.start_filing()
    for field, answer in {**ANSWERS, **somebody}.items():
        if field == "treatment_region":
            continue
        for aside in INTERRUPTIONS:
            replies = person.say(aside)
            assert replies.asked == field, (field, aside)
        replies = person.say(answer)
    assert replies.asked == "review"
    assert person.say_all("都对", "要带什么材料？", "我同意", "要带什么材料？").asked == "signature"
    assert person.say(somebody["name"]).customs("receipt")


def test_values_are_still_checked_after_many_interruptions(person):
    """#7639: validation got lost after many interruptions."""
    person.file_up_to("id_number")
    for _ in range(4):
        for aside in INTERRUPTIONS:
            assert person.say(aside).asked == "id_number"
    replies = person.say("371002199001011230")
    assert "对不上" in replies.text and replies.asked == "id_number"
    assert person.say(ANSWERS["id_number"]).asked == "phone"


@pytest.mark.parametrize("field", FIELDS)
def test_the_field_is_asked_again_after_a_question_a_failure_and_a_pause(person, field):
    """#6284: the slot was not asked again."""
    person.file_up_to(field)
    assert person.say("起付线是多少？").asked == field
    if field != "name":
        assert person.say("？").asked == field
    assert person.say_all("稍后继续", "继续办").asked == field


def test_validating_twice_changes_nothing(person):
    """#11595: validators can run twice; the same answer said twice goes to two fields and is refused by the second."""
    person.file_up_to("phone")
    assert person.say(ANSWERS["phone"]).asked == "reason"
    assert person.say(ANSWERS["phone"]).asked == "reason"


def test_the_case_told_before_survives_the_filing(person):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    person.say_all("我要办长期备案", "青岛", "6个月以上", "取消", "取消")
    assert person.say("备案管多久").custom("answer")["region"] == "371000"
