"""What a parsed message means: which intent, which further topics, given what can be meant at that moment."""

import pytest

from server.meaning import meaning_of


def parsed(*ranking, text="", entities=(), clauses=(), intent=None):
    rows = [{"name": name, "confidence": share} for name, share in ranking]
    first = {"name": intent, "confidence": 0.9} if intent else rows[0]
    return {
        "text": text, "intent": first, "intent_ranking": rows,
        "clause_intents": [{"name": name, "confidence": share} for name, share in clauses],
        "entities": [{"start": 0, "end": 0, "extractor": "CaseEntities", **entity} for entity in entities],
    }


def meant(*ranking, has_draft=False, topic=None, **message):
    return meaning_of(parsed(*ranking, **message), has_draft=has_draft, topic=topic)


def entity(name, value, start=0, end=0):
    return {"entity": name, "value": value, "start": start, "end": end}


def test_a_sure_topic_stands_alone():
    meaning = meant(("ask_validity", 0.9), ("ask_renewal", 0.05))
    assert (meaning.intent, meaning.also, meaning.perhaps) == ("ask_validity", (), ())


def test_an_unsure_topic_brings_the_next_one_along():
    assert meant(("ask_validity", 0.4), ("ask_renewal", 0.3)).perhaps == ("ask_renewal",)
    assert meant(("ask_validity", 0.4), ("ask_renewal", 0.05)).perhaps == ()
    assert meant(("ask_validity", 0.4), ("greet", 0.3)).perhaps == ()


@pytest.mark.parametrize(("text", "share", "also"), [
    ("有效期多久,先付几成", 0.7, ("ask_share_borne",)),
    ("有效期多久,先付几成", 0.5, ()),
    ("有效期多久?先付几成?", 0.5, ("ask_share_borne",)),
    ("两个问题:有效期多久,先付几成", 0.5, ("ask_share_borne",)),
])
def test_another_clause_that_asks_is_heard(text, share, also):
    clauses = (("ask_validity", 0.9), ("ask_share_borne", share))
    assert meant(("ask_validity", 0.9), ("ask_share_borne", 0.05), text=text, clauses=clauses).also == also


@pytest.mark.parametrize("mistaken", ["inform", "affirm", "greet", "start_filing"])
def test_a_question_is_not_taken_for_something_else(mistaken):
    assert meant((mistaken, 0.5), ("ask_start_date", 0.3), text="能不能从上个月算起").intent == "ask_start_date"
    assert meant((mistaken, 0.9), ("ask_start_date", 0.3), text="能不能从上个月算起").intent == mistaken


def test_what_sounds_like_another_subject_is_not_answered():
    foreign = (("out_of_scope", 0.6), ("ask_materials", 0.3))
    assert meant(*foreign, text="户口迁走要带哪些材料").intent == "out_of_scope"
    sums = [entity("total_amount", "3000.00")]
    assert meant(*foreign, text="推荐一款三千块的平板", entities=sums).intent == "out_of_scope"


def test_in_a_filing_what_is_none_of_ours_is_not_understood_so_that_it_asks_again():
    assert meant(("out_of_scope", 0.9), text="那个啥就是那啥", has_draft=True).intent == "nlu_fallback"


@pytest.mark.parametrize("text", ["😭😭😭", "371082195803042143", "65010519940222519x", "1390000 582"])
def test_signs_and_numbers_alone_say_nothing(text):
    assert meant(("out_of_scope", 0.9), text=text).intent == "nlu_fallback"


def test_a_first_message_is_likelier_to_be_none_of_ours_and_offers_topics_where_that_is_open():
    perhaps = (("ask_materials", 0.5), ("out_of_scope", 0.02))
    assert meant(*perhaps, text="要带哪些材料").intent == "nlu_fallback"
    assert meant(*perhaps, text="要带哪些材料", topic="validity").intent == "ask_materials"
    assert meant(*perhaps, text="要带哪些材料", has_draft=True).intent == "ask_materials"


def test_what_rasa_does_not_know_is_the_likeliest_topic_where_something_is_asked():
    asked = meant(("ask_hospital", 0.2), ("ask_card", 0.18), intent="nlu_fallback", text="哪里能刷")
    assert (asked.intent, asked.perhaps) == ("ask_hospital", ("ask_card",))
    assert meant(("ask_hospital", 0.05), intent="nlu_fallback", text="哪里能刷").intent == "nlu_fallback"
    assert meant(("ask_hospital", 0.2), intent="nlu_fallback", text="嗯哼").intent == "nlu_fallback"


def test_nothing_is_given_up_or_gone_on_with_where_nothing_is_being_done():
    ranking = (("cancel_task", 0.6), ("ask_cancel_filing", 0.3))
    assert meant(*ranking).intent == "ask_cancel_filing"
    assert meant(*ranking, has_draft=True).intent == "cancel_task"


def test_nothing_is_filed_late_before_care_has_begun():
    ranking = (("ask_late_filing", 0.6), ("ask_filing_needed", 0.3))
    entities = [entity("care_stage", "before_treatment", 0, 3)]
    assert meant(*ranking, text="还没去,备案要先办吗", entities=entities).intent == "ask_filing_needed"


@pytest.mark.parametrize("text", ["那杭州呢", "不对,是杭州", "杭州"])
def test_a_message_of_nothing_but_facts_informs(text):
    start = text.index("杭州")
    entities = [entity("region", "330100", start, start + 2)]
    if "不对" in text:
        entities.append(entity("correction", "correction", 0, 2))
    assert meant(("deny", 0.5), ("ask_change", 0.2), text=text, entities=entities).intent == "inform"


def test_a_statement_of_ones_case_is_no_question():
    entities = [entity("has_residence_proof", "true", 1, 8)]
    assert meant(("ask_commitment", 0.8), text="我有大连的居住证", entities=entities).intent == "inform"
    assert meant(("ask_commitment", 0.8), text="有居住证还要签承诺书吗", entities=entities).intent == "ask_commitment"


def test_a_case_that_is_told_and_hardly_heard_is_taken_down():
    entities = [entity("region", "330100") | {"insures": True}, entity("has_valid_filing", "false")]
    rows = (("ask_outpatient", 0.3), ("ask_emergency", 0.28))
    told = meant(*rows, intent="nlu_fallback", text="人在深圳,杭州医保没备案", entities=entities)
    assert (told.intent, told.perhaps) == ("inform", ("ask_outpatient",))
    asked = meant(*rows, intent="nlu_fallback", text="人在深圳,杭州医保没备案咋办", entities=entities)
    assert asked.intent == "ask_outpatient"


def test_a_place_alone_asks_nothing_of_its_own():
    entities = [entity("region", "310000", 2, 4)]
    assert meant(("ask_change", 0.8), text="要是上海", entities=entities).intent == "inform"
    assert meant(("ask_change", 0.8), text="上海 变更", entities=entities).intent == "ask_change"


def test_who_asks_what_does_more_than_change_a_condition():
    rows = (("follow_up", 0.41), ("ask_validity", 0.4))
    assert meant(*rows, text="那转诊到底多久", topic="share_borne").intent == "ask_validity"
    assert meant(*rows, text="那转诊呢", topic="share_borne").intent == "follow_up"


def test_in_a_long_story_only_what_is_asked_is_a_question():
    story = "儿媳妇给我签了个承诺书备了案," + "这阵子住在沈阳带孩子," * 6 + "回去看病能照本地的报不"
    clauses = [
        {"name": "ask_commitment", "confidence": 0.95, "text": "儿媳妇给我签了个承诺书备了案"},
        {"name": "ask_return_home", "confidence": 0.91, "text": "回去看病能照本地的报不"},
    ]
    message = parsed(("inform", 0.3), ("ask_return_home", 0.25), text=story) | {"clause_intents": clauses}
    assert meaning_of(message, has_draft=False, topic="card").intent == "ask_return_home"


def test_what_one_pays_is_a_share_where_no_sum_is_told():
    rows, text = (("ask_filing_needed", 0.7), ("ask_share_borne", 0.2)), "用不用备案啊,回来自己得掏多少"
    assert meant(*rows, text=text, clauses=(("ask_cost_estimate", 0.8),)).also == ("ask_share_borne",)


def test_what_is_denied_is_not_asked():
    rows, denied = (("ask_emergency", 0.7), ("ask_exclusions", 0.2)), [entity("not_so", "situation=emergency_treatment")]
    assert meant(*rows, text="没备案也不是急病,还给报吗", entities=denied).intent == "ask_exclusions"


def test_a_term_of_ours_with_a_place_is_ours():
    rows, place = (("ask_materials", 0.5), ("out_of_scope", 0.02)), entity("region", "321084")
    assert meant(*rows, text="高邮备案带什么", entities=[place, entity("term", "备案")]).intent == "ask_materials"
    assert meant(*rows, text="企业备案带什么", entities=[entity("term", "备案")]).intent == "nlu_fallback"


@pytest.mark.parametrize("kind", ["abroad", "work_injury"])
def test_what_only_the_exclusions_speak_of_is_answered_by_them(kind):
    assert meant(("ask_injury", 0.9), text="工伤在上海住院能报吗", entities=[entity(kind, kind)]).intent == "ask_exclusions"


def test_a_place_told_in_a_talk_is_no_other_subject():
    row, place = ("out_of_scope", 0.75), [entity("region", "610100")]
    assert meant(row, text="是公司把我调到西安了", entities=place, topic="change").intent == "inform"
    assert meant(row, text="西安哪里好玩", entities=place, topic="change").intent == "out_of_scope"


def test_what_a_diary_asks_at_its_end_is_heard():
    rows, clauses = (("out_of_scope", 0.95), ("ask_validity", 0.01)), (("ask_validity", 0.95),)
    diary = "今天下雨,泡了茶," * 40 + "转诊备案管多久"
    assert meant(*rows, text=diary, clauses=clauses, topic="card").intent == "ask_validity"
    assert meant(*rows, text="泡了茶,转诊备案管多久", clauses=clauses, topic="card").intent == "out_of_scope"


def test_small_talk_does_not_name_places():
    entities = [entity("region", "340100", 6, 8)]
    assert meant(("goodbye", 0.4), text="是这样单位换到合肥了", entities=entities).intent == "inform"
    assert meant(("goodbye", 0.4), text="先这样吧").intent == "goodbye"


def test_a_share_someone_names_is_a_word_on_the_share():
    entities = [entity("claimed_rate", "0.5")]
    assert meant(("out_of_scope", 0.8), text="以后改成50%", entities=entities).intent == "ask_share_borne"


def test_a_filing_that_is_done_is_not_begun():
    entities = [entity("has_valid_filing", "true")]
    assert meant(("start_filing", 0.5), text="长期备案也办了", entities=entities).intent == "inform"


@pytest.mark.parametrize(("others", "intent"), [
    ((), "out_of_scope"), (("past",), "ask_emergency"), (("care_stage",), "ask_emergency"),
])
def test_an_emergency_that_is_going_on_comes_before_an_unsure_topic(others, intent):
    entities = [entity("danger", "danger"), *(entity(name, "in_hospital") for name in others)]
    assert meant(("ask_emergency", 0.4), ("ask_injury", 0.05), text="胸口疼得厉害", entities=entities).intent == intent


def test_the_topic_spoken_of_is_likelier():
    near = (("ask_renewal", 0.3), ("ask_pharmacy", 0.25))
    assert meant(*near, text="钱不够扣了").intent == "ask_renewal"
    assert meant(*near, text="钱不够扣了", topic="pharmacy").intent == "ask_pharmacy"
    assert meant(("ask_renewal", 0.9), ("ask_pharmacy", 0.05), text="到期了呢", topic="pharmacy").intent == "ask_renewal"


def test_what_is_hardly_heard_is_heard_where_it_is_spoken_of():
    rows = (("nlu_fallback", 0.25), ("ask_pharmacy", 0.2), ("ask_renewal", 0.15))
    assert meant(*rows, text="钱不够扣了").intent == "nlu_fallback"
    assert meant(*rows, text="钱不够扣了", topic="pharmacy").intent == "ask_pharmacy"


def test_the_national_leaflets_example_is_told_only_where_that_leaflet_is_meant():
    old_zhang = entity("term", "老张的例子")
    row = ("ask_share_borne", 0.8)
    assert meant(row, text="十问里老张自己付了多少", entities=[old_zhang, entity("insured_region", "000000")]).intent == "ask_term"
    assert meant(row, text="邻居老张自己付多少", entities=[old_zhang]).intent == "ask_share_borne"


def test_signs_alone_mean_nothing():
    assert meant(("inform", 0.9), text="😭😭😭").intent == "nlu_fallback"
