"""What an agent reads aloud, and what goes into the clipboard."""

from datetime import date

import pytest
from real_packs import PACKS

from rules_engine.facts import facts_from
from services import bootstrap
from services.answer_script import BREATH, read_aloud, with_citation
from services.answers import Answers
from services.questions import Question

ANSWERS = Answers(PACKS, bootstrap.frame(), lambda: date(2026, 11, 22))


def answer(topic, **facts):
    return ANSWERS.ask(Question(topic, facts_from(facts)))


@pytest.mark.parametrize("topic", sorted(PACKS.topics))
@pytest.mark.parametrize("region", PACKS.covered)
def test_every_answer_is_read_whole_and_in_order(topic, region):
    given = answer(topic, insured_region=region)
    lines = read_aloud(given)
    assert "".join(lines) == "".join((given.conclusion, *given.basis)).replace("\n", "")
    assert all(lines)


def test_long_sentences_are_cut_at_commas_and_never_within_brackets():
    lines = read_aloud(answer("share_borne", insured_region="371000", situation="referral"))
    assert len(lines) > 4 and max(map(len, lines)) <= BREATH
    assert all(line.count("（") == line.count("）") for line in lines)


def test_the_copy_names_place_topic_day_conclusion_and_full_sources():
    given = answer("share_borne", insured_region="371000", situation="referral")
    text = with_citation(given, "自己先付多少", bootstrap.frame())
    first, *rest = text.split("\n")
    assert first == "【威海】自己先付多少（2026年11月22日的规定）" and rest[0] == given.conclusion
    assert rest[-1] == f"依据：《{given.citations[0].document}》{given.citations[0].article}（2021年12月10日）"
    assert text.count("依据") == 1


def test_the_copy_of_an_open_answer_says_that_it_is_open():
    text = with_citation(answer("share_borne"), "自己先付多少", bootstrap.frame())
    assert bootstrap.frame()["open"] in text
