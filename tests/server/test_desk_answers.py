"""One line at the desk, read without the model: words in any order, letters, districts, and what is chosen beside it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from desk_lines import Asker, facts_in, the_desk

from rules_engine.facts import facts_from
from server.assistant import NotReady
from server.desk_policy import desk_policy
from services import bootstrap
from services.questions import Question

ON = "2026-11-22"


@pytest.fixture
async def desk() -> AsyncIterator[Asker]:
    async with the_desk() as asker:
        yield asker


@pytest.mark.parametrize("words", list(itertools.permutations(("威海", "跨省", "转诊", "自付"))), ids=" ".join)
async def test_region_situation_and_words_are_read_in_any_order(desk, words):
    answer = await desk.answers(" ".join(words), on=ON)
    assert facts_in(answer) == {"insured_region": "371000", "destination_scope": "cross_province", "situation": "referral"}
    [card] = answer["cards"]
    assert (card["topic"], card["status"], card["region"]) == ("share_borne", "decided", "371000")
    assert card["steps"][0]["value"] == "10%"


async def test_without_spaces_it_is_the_same(desk):
    assert await desk.card("威海跨省转诊自付", on=ON) == await desk.card("威海 跨省 转诊 自付", on=ON)


@pytest.mark.parametrize(("line", "topic", "region"), [
    ("wh bl", "share_borne", "371000"), ("hz zz yxq", "validity", "330100"), ("hzzzyxq", "validity", "330100"),
    ("WH BA", "filing_needed", "371000"), ("gy cl", "materials", "321084"), ("wlmq dh", "contact", "650100"),
    ("weihai beian", "filing_needed", "371000"), ("ｗｈ 材料", "materials", "371000"),
])
async def test_letters_are_read_as_words_and_it_says_how(desk, line, topic, region):
    answer = await desk.answers(line)
    [card] = answer["cards"]
    assert (card["topic"], card["region"]) == (topic, region)
    assert all(one["read_as"] for one in answer["typed"]) and answer["typed"]


async def test_letters_that_may_be_several_places_are_left_to_be_chosen(desk):
    [typed] = (await desk.answers("wh ba tz"))["typed"][-1:]
    assert typed["typed"] == "tz" and not typed["read_as"]
    assert {"台州", "泰州"} <= set(typed["could_be"])


@pytest.mark.parametrize(("line", "region"), [
    ("荣成 备案", "371000"), ("环翠区 北京 备案", "371000"), ("余杭 上海 备案", "330100"), ("江都 备案", "321000"),
    ("高邮 扬州 备案", "321084"),
])
async def test_a_district_or_county_is_answered_for_by_its_pooling_area(desk, line, region):
    assert (await desk.card(line))["region"] == region


async def test_of_two_places_the_covered_one_is_insured_and_the_first_where_both_are(desk):
    assert facts_in(await desk.answers("北京 威海 备案")) == {"insured_region": "371000", "treatment_region": "110000"}
    assert facts_in(await desk.answers("杭州 威海 备案")) == {"insured_region": "330100", "treatment_region": "371000"}


async def test_what_is_open_is_asked_with_numbered_choices_and_a_choice_answers_it(desk):
    card = await desk.card("威海 自付", on=ON)
    assert card["open"]["fact"] == "situation" and card["status"] == "needs"
    assert [one["key"] for one in card["open"]["choices"]] == ["1", "2", "3", "4", "5"]
    chosen = card["open"]["choices"][1]
    decided = await desk.answers("威海 自付", on=ON, facts=f"{chosen['fact']}:{chosen['value']}")
    assert decided["cards"][0]["status"] == "decided"
    assert {fact["name"]: fact["origin"] for fact in decided["facts"]} == {"insured_region": "said", "situation": "chosen"}


async def test_a_fact_that_nobody_knows_is_not_asked_again(desk):
    assert (await desk.card("威海 自付", skip="situation"))["open"]["fact"] != "situation"


async def test_a_fact_that_was_read_wrong_can_be_taken_away(desk):
    answer = await desk.answers("威海 跨省 转诊 自付", without="situation,destination_scope")
    assert facts_in(answer) == {"insured_region": "371000"}
    assert answer["cards"][0]["status"] == "needs"


async def test_a_place_chosen_for_the_last_caller_does_not_answer_a_line_that_names_another(desk):
    answer = await desk.answers("杭州 去北京 比例", facts="insured_region:371000,situation:referral", on=ON)
    assert answer["cards"] == (await desk.answers("杭州 去北京 比例", facts="situation:referral", on=ON))["cards"]
    assert facts_in(answer)["insured_region"] == "330100"
    assert [(fact["name"], fact["value"]) for fact in answer["ignored"]] == [("insured_region", "371000")]


async def test_a_chosen_place_that_the_line_does_not_speak_against_counts(desk):
    for line in ("去北京 比例", "威海 去北京 比例", "荣成 去北京 比例"):
        answer = await desk.answers(line, facts="insured_region:371000")
        assert answer["ignored"] == [] and answer["cards"][0]["region"] == "371000"
        assert facts_in(answer)["treatment_region"] == "110000"
    [card] = (await desk.answers("杭州和威海哪个先付得多", facts="insured_region:371000"))["cards"]
    assert card["region"] == "371000"


async def test_where_the_insured_place_is_taken_away_and_another_chosen_nothing_is_worked_out_from_the_first(desk):
    answer = await desk.answers("威海 回威海看病 自付", without="insured_region", facts="insured_region:330100")
    assert facts_in(answer) == {"insured_region": "330100", "treatment_region": "371000", "situation": "temporary_care"}
    open_again = await desk.answers("威海 回威海看病 自付", without="insured_region")
    assert not {"insured_region", "care_place", "destination_scope"} & facts_in(open_again).keys()


@pytest.mark.parametrize(("line", "name"), [("威海 去山东省内 自付", "destination_scope"), ("威海 户口在威海 备案", "has_local_household")])
async def test_a_scope_or_household_said_relative_to_the_first_place_is_not_kept_for_the_other(desk, line, name):
    assert name in facts_in(await desk.answers(line))
    assert name not in facts_in(await desk.answers(line, without="insured_region", facts="insured_region:330100"))


async def test_a_scope_that_was_said_outright_stays_when_the_insured_place_changes(desk):
    answer = await desk.answers("威海 跨省 转诊 自付", without="insured_region", facts="insured_region:330100")
    assert facts_in(answer)["destination_scope"] == "cross_province" and answer["cards"][0]["region"] == "330100"


async def test_a_filing_place_taken_from_the_place_of_care_is_shown_as_assumed_and_goes_with_it(desk):
    line = "威海 长期居住 已备案 去北京看病 自付"
    origins = {fact["name"]: fact["origin"] for fact in (await desk.answers(line))["facts"]}
    assert origins["filed_region"] == "assumed" and origins["treatment_region"] == "said"
    assert "filed_region" not in facts_in(await desk.answers(line, without="treatment_region"))
    moved = facts_in(await desk.answers(line, facts="treatment_region:310000"))
    assert "filed_region" not in moved and moved["treatment_region"] == "310000"


async def test_another_topic_can_be_chosen_for_the_same_case(desk):
    answer = await desk.answers("威海 跨省 转诊 自付", topic="filing_needed")
    assert answer["read_by"] == "choice" and answer["cards"][0]["topic"] == "filing_needed"
    assert facts_in(answer)["situation"] == "referral"


async def test_a_day_before_the_documents_is_answered_as_such_however_it_is_given(desk):
    for answer in (await desk.answers("威海 自付", on="2021-12-31"), await desk.answers("2021年12月 威海 自付")):
        assert answer["cards"][0]["status"] == "not_in_force"
    assert (await desk.card("威海 转诊 自付", on="2022-01-01"))["status"] == "decided"


async def test_a_day_in_the_line_counts_before_the_day_beside_it_unless_it_is_taken_away(desk):
    assert (await desk.answers("威海 2021年5月 自付", on=ON))["on"] == "2021-05-01"
    assert (await desk.answers("威海 2021年5月 自付", on=ON, without="visit_on"))["on"] == ON


async def test_several_regions_to_compare_give_a_card_each(desk):
    cards = (await desk.answers("杭州和威海哪个先付得多"))["cards"]
    assert [card["place"] for card in cards] == ["杭州", "威海"]


async def test_a_name_of_several_places_is_asked_for_and_answered_when_chosen(desk):
    answer = await desk.answers("威海 鼓楼区 备案")
    assert answer["cards"] == [] and len(answer["places"]["choices"]) == 4
    first = answer["places"]["choices"][0]
    assert (await desk.card("威海 鼓楼区 备案", facts=f"{first['fact']}:{first['value']}"))["status"] == "needs"


async def test_three_other_topics_at_most_each_with_its_line(desk):
    suggestions = (await desk.answers("威海 备案 材料 有效期 电话 变更"))["suggestions"]
    assert len(suggestions) == 3 and all(one["line"] for one in suggestions)


async def test_only_a_place_gets_the_usual_questions_and_no_card(desk):
    answer = await desk.answers("威海")
    assert answer["cards"] == [] and answer["suggestions"][0]["topic"] == "filing_needed"


async def test_what_sounds_like_an_emergency_is_told_first(desk):
    assert "120" in (await desk.answers("威海 胸口疼得厉害 备案"))["urgent"]
    assert (await desk.answers("威海 急诊 备案"))["urgent"] is None


@pytest.mark.parametrize("line", ["", " ", "？？？", "asdfgh qwrt", "今天天气怎么样", "\x00\x1f", "😀" * 50, "'; DROP TABLE x; --"])
async def test_what_says_nothing_gives_nothing_and_no_error(desk, line):
    answer = await desk.answers(line)
    assert answer["cards"] == [] and answer["read_by"] == "nothing"


async def test_numbers_that_are_private_are_not_told_back(desk):
    answer = await desk.answers("371002199001011237 13812345678 威海 备案")
    assert "371002199001011237" not in str(answer) and "13812345678" not in str(answer)
    assert answer["cards"][0]["topic"] == "filing_needed"


@pytest.mark.parametrize("wrong", [
    {"topic": "weather"}, {"facts": "situation:holiday"}, {"facts": "insured_region:999999"}, {"facts": "name:张三"},
    {"without": "everything"}, {"on": "2026-02-30"}, {"q": "长" * 201}, {"colour": "red"}, {"skip": "x"},
])
async def test_what_cannot_be_is_refused_in_chinese(desk, wrong):
    response = await desk.get("answers", **wrong)
    assert response.status_code == 422 and response.json()["code"] == "bad_input"
    assert response.json()["message"].endswith("。")


async def test_conclusion_and_sources_are_those_that_answers_gives_to_the_same_question(desk):
    facts = facts_from({"insured_region": "330100", "treatment_region": "310000", "situation": "referral"})
    answer = bootstrap.answers().ask(Question("validity", facts, date(2026, 11, 22)))
    card = await desk.card("杭州 上海 转诊 有效期", on=ON)
    assert card["conclusion"] == answer.conclusion and card["basis"] == list(answer.basis)
    assert [source["clause"] for source in card["citations"]] == [c.article for c in answer.citations]
    assert card["warnings"] == list(answer.warnings)


async def test_the_script_and_the_copy_hold_only_words_of_the_answer(desk):
    card = await desk.card("威海 转诊 自付", on=ON)
    said = "".join([card["conclusion"], *card["basis"]])
    assert "".join(card["read_aloud"]) == said
    assert all(len(line) <= 40 for line in card["read_aloud"])
    source = card["citations"][0]
    assert card["conclusion"] in card["copy_text"] and source["document"] in card["copy_text"]
    assert source["clause"] in card["copy_text"] and "2026年11月22日" in card["copy_text"]


class Model:
    """Stands for the assistant: hears what it is told to hear."""

    is_ready = True

    def __init__(self, intent: str, fault: Exception | None = None) -> None:
        self.heard: list[str] = []
        self._intent, self._fault = intent, fault

    async def parsed(self, text: str) -> dict[str, Any]:
        self.heard.append(text)
        if self._fault:
            raise self._fault
        row = {"name": self._intent, "confidence": 0.9}
        return {"text": text, "intent": row, "intent_ranking": [row], "entities": []}


async def test_a_sentence_that_words_leave_open_is_heard_by_the_model_and_a_clear_line_is_not():
    model = Model("ask_catalogue")
    async with the_desk(model) as desk:
        answer = await desk.answers("我想请教一下那边开的药能进我们这边的范围不")
        assert (answer["read_by"], answer["cards"][0]["topic"]) == ("model", "catalogue")
        assert (await desk.answers("威海 材料"))["read_by"] == "words"
    assert len(model.heard) == 1


async def test_a_model_that_is_not_ready_after_all_leaves_the_words():
    async with the_desk(Model("ask_catalogue", NotReady())) as desk:
        answer = await desk.answers("我妈住在女儿家那边好久了想请教一下威海的材料都有哪些规矩")
        assert (answer["read_by"], answer["cards"][0]["topic"]) == ("words", "materials")


async def test_comparing_sets_one_topic_in_several_regions_side_by_side(desk):
    response = await desk.get(
        "compare", topic="share_borne", regions="371000,330100,321084,110000", facts="situation:referral", on=ON
    )
    body = response.json()
    assert [card["place"] for card in body["cards"]] == ["威海", "杭州", "高邮", "北京"]
    assert [card["status"] for card in body["cards"]][::3] == ["decided", "no_pack"]
    alone = await desk.card("威海 转诊 自付", on=ON)
    assert body["cards"][0]["conclusion"] == alone["conclusion"]


@pytest.mark.parametrize("regions", ["", "371000,330100,321084,650100,110000", "999999", "37100"])
async def test_comparing_none_too_many_or_no_region_is_refused(desk, regions):
    assert (await desk.get("compare", topic="share_borne", regions=regions)).status_code == 422


async def test_every_topic_there_is_can_be_named_and_asked_by_its_title(desk):
    """A new topic needs no words of its own to be found; what the model alone tells apart is left out."""
    topics = (await desk.get("policy")).json()["topics"]
    read = {row["topic"]: desk_policy().reader.read(f"威海 {row['title']}").topics[:1] for row in topics}
    assert {topic: first for topic, first in read.items() if first != (topic,)} == {}


async def test_what_says_nothing_we_know_is_told(desk):
    assert (await desk.answers("威海 kua 自付"))["unread"] == ["kua"]
    assert (await desk.answers("威海 去北京 自付"))["unread"] == []


@pytest.mark.parametrize(("line", "topic"), [
    ("高邮 报销 期限", "claim_deadline"), ("乌鲁木齐 慢病 材料", "manual_claim"), ("杭州 备案 期限", "validity"),
    ("高邮 南京 门诊 直接结算", "outpatient"), ("威海 急诊 直接结算", "direct_settlement"), ("威海 备案", "filing_needed"),
    ("威海 转诊", "referral"), ("杭州 注销 几号生效", "cancel_filing"),
])
async def test_words_that_mean_another_thing_together_are_read_together(desk, line, topic):
    assert (await desk.card(line))["topic"] == topic
