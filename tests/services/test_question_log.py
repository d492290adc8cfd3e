"""The log of questions: counted without words, listed where an answer is wanted, forgotten with the conversation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from services.china_time import CHINA_TIME
from services.conversation_store import ConversationStore
from services.figures import Waiting, figures_of
from services.question_log import QuestionLog
from services.question_log_store import QuestionLogStore, TurnRow
from services.secrets_box import SecretsBox

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
SINCE = AT - timedelta(days=30)
BOX = SecretsBox(b"k" * 32)
WEIHAI = "371000"


class Listened:
    """A history and the log beside it, in files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.at = AT
        self.talk = ConversationStore(folder / "conversations.db", BOX)
        self.store = QuestionLogStore(folder / "questions.db")
        self.log = QuestionLog(self.store, self.talk, BOX, lambda: self.at, words_key="a key")

    def ask(
        self, text: str, outcome: str, region: str = WEIHAI, topic: str = "", conversation: str = "c1", ms: float = 30.0
    ) -> int:
        """One turn; the number of its reply's bubble."""
        kept = self.talk.append(conversation, [{"from": "user", "text": text}, {"from": "bot", "text": "答"}], self.at)
        row = TurnRow(self.at, "page", outcome, region, topic, ms, conversation=conversation, seq=kept[0]["seq"])
        self.log.note(row, text)
        self.at += timedelta(minutes=1)
        return int(kept[1]["seq"])

    def found(self, *kinds: str) -> list[tuple[str, str, str, int]]:
        return [(q.kind, q.region, q.topic, q.count) for q in self.log.questions(SINCE, *([kinds] if kinds else []))]


@pytest.fixture
def listened(tmp_path: Path):
    opened = Listened(tmp_path)
    yield opened
    opened.talk.close()
    opened.store.close()


def test_what_the_documents_do_not_say_is_one_question_for_each_place_and_topic(listened):
    listened.ask("起付线多少", "not_stated", topic="deductible")
    listened.ask("住院先扣多少钱", "not_stated", topic="deductible")
    listened.ask("起付线多少", "not_stated", "330100", "deductible")
    assert listened.found() == [("not_stated", WEIHAI, "deductible", 2), ("not_stated", "330100", "deductible", 1)]
    assert listened.log.texts("not_stated", f"{WEIHAI}.deductible", SINCE) == ["住院先扣多少钱", "起付线多少"]


def test_places_without_a_pack_are_counted_by_place_whatever_was_asked(listened):
    listened.ask("要不要备案", "no_pack", "410100", "filing_needed")
    listened.ask("带什么材料", "no_pack", "410100", "materials")
    assert [(q.subject, q.count) for q in listened.log.questions(SINCE)] == [("410100", 2)]


def test_what_was_not_understood_is_the_same_where_only_signs_and_widths_differ(listened):
    for text in ("咋整啊？", "咋整啊", "咋 整 啊！！", "ＡＢＣ咋办"):
        listened.ask(text, "fallback")
    listened.ask("abc咋办", "fallback")
    assert sorted(q.count for q in listened.log.questions(SINCE)) == [2, 3]


def test_what_was_answered_or_says_nothing_is_no_open_question(listened):
    listened.ask("要不要备案", "answered", topic="filing_needed")
    listened.ask("？？？", "fallback")
    assert listened.found() == []


def test_disliked_answers_are_gathered_with_the_reasons(listened):
    first = listened.ask("要不要备案", "answered", topic="filing_needed")
    second = listened.ask("去烟台要备案吗", "answered", topic="filing_needed", conversation="c2")
    listened.talk.set_feedback("c1", first, "useless", "not_understood", AT)
    listened.talk.set_feedback("c2", second, "useless", "not_understood", AT)
    listened.talk.set_feedback("c2", second - 1, "useful", None, AT)
    [question] = listened.log.questions(SINCE, ["disliked"])
    assert (question.region, question.topic, question.count) == (WEIHAI, "filing_needed", 2)
    assert question.reasons == (("not_understood", 2),)
    assert set(listened.log.texts("disliked", question.subject, SINCE)) == {"要不要备案", "去烟台要备案吗"}
    assert [(row.text, row.reason) for row in listened.log.exported(SINCE, ["disliked"])] == [
        ("要不要备案", "not_understood"), ("去烟台要备案吗", "not_understood"),
    ]


def test_texts_are_shown_without_hospitals_and_streets(listened):
    listened.ask("我在烟台毓璜顶医院住院，起付线多少", "not_stated", topic="deductible")
    assert listened.log.texts("not_stated", f"{WEIHAI}.deductible", SINCE) == ["我在烟台〔医院〕住院，起付线多少"]
    assert [row.text for row in listened.log.exported(SINCE)] == ["我在烟台〔医院〕住院，起付线多少"]


def test_a_question_seen_to_says_who_when_and_why_and_how_often_it_came_again(listened):
    listened.ask("起付线多少", "not_stated", topic="deductible")
    subject = f"{WEIHAI}.deductible"
    listened.log.mark("not_stated", subject, "zhang01", "已问过医保局，补进资料", is_done=True)
    [done] = listened.log.questions(SINCE)
    assert done.is_done and done.mark and (done.mark.officer_id, done.mark.note) == ("zhang01", "已问过医保局，补进资料")
    listened.at += timedelta(minutes=1)
    listened.ask("起付线多少", "not_stated", topic="deductible")
    assert [(q.is_done, q.asked_since) for q in listened.log.questions(SINCE)] == [(True, 1)]
    listened.log.mark("not_stated", subject, "li02", "", is_done=False)
    assert [(q.is_done, q.mark.officer_id) for q in listened.log.questions(SINCE) if q.mark] == [(False, "li02")]


def test_only_questions_that_were_asked_are_known(listened):
    listened.ask("起付线多少", "not_stated", topic="deductible")
    assert listened.log.is_known("not_stated", f"{WEIHAI}.deductible")
    assert not listened.log.is_known("not_stated", f"{WEIHAI}.materials") and not listened.log.is_known("disliked", "x.y")


def test_an_erased_conversation_leaves_counts_and_nothing_that_leads_to_it(listened, tmp_path):
    gone = "page:a-talk-that-goes"
    listened.ask("起付线多少", "not_stated", topic="deductible", conversation=gone)
    listened.ask("咋整啊", "fallback", conversation=gone)
    listened.ask("咋整啊", "fallback", conversation="c2")
    listened.log.forget(gone)
    listened.talk.erase(gone)
    assert sorted(listened.found()) == [("fallback", "", "", 1), ("not_stated", WEIHAI, "deductible", 1)]
    assert listened.log.texts("not_stated", f"{WEIHAI}.deductible", SINCE) == []
    assert [row.text for row in listened.log.exported(SINCE)] == ["咋整啊"]
    assert figures_of(listened.store, AT.date(), AT.date()).outcomes == {"not_stated": 1, "fallback": 2}
    assert gone.encode() not in (tmp_path / "questions.db").read_bytes()


def test_a_text_that_is_gone_from_the_history_is_missed_by_nobody(listened):
    listened.ask("起付线多少", "not_stated", topic="deductible")
    listened.talk.erase("c1")
    assert listened.log.texts("not_stated", f"{WEIHAI}.deductible", SINCE) == [] and list(listened.log.exported(SINCE)) == []


def test_no_word_of_a_question_or_a_note_stands_in_the_file(listened, tmp_path):
    listened.ask("张三丰咋整啊", "fallback")
    listened.log.mark("fallback", listened.log.questions(SINCE)[0].subject, "zhang01", "张三丰打过电话", is_done=True)
    for file in tmp_path.glob("questions.db*"):
        assert "张三丰".encode() not in file.read_bytes()


def test_turns_older_than_history_is_kept_are_deleted(listened):
    listened.ask("起付线多少", "not_stated", topic="deductible")
    assert listened.store.purge(AT) == 0
    assert listened.store.purge(AT + timedelta(seconds=1)) == 1 and listened.found() == []


def test_figures_count_by_topic_region_and_chinese_day_and_tell_how_long_people_waited(listened):
    for n in range(1, 101):
        listened.ask("要不要备案", "answered", topic="filing_needed", ms=float(n))
        listened.at = AT
    listened.at = datetime(2026, 11, 22, 23, 59, tzinfo=CHINA_TIME) + timedelta(minutes=2)
    listened.ask("起付线多少", "not_stated", "330100", "deductible", ms=10.4)
    listened.ask("谢谢", "talk", ms=10.0)
    found = figures_of(listened.store, date(2026, 11, 22), date(2026, 11, 23))
    assert found.outcomes == {"answered": 100, "not_stated": 1, "talk": 1} and found.channels == {"page": 102}
    assert found.topics == (("filing_needed", 100), ("deductible", 1))
    assert found.regions == ((WEIHAI, 100), ("330100", 1)), "thanking is no question"
    assert [(d.day, d.outcomes) for d in found.days] == [
        ("2026-11-22", {"answered": 100}), ("2026-11-23", {"not_stated": 1, "talk": 1}),
    ]
    assert found.days[0].waiting == Waiting(50, 99) and found.days[1].waiting == Waiting(10, 10)
    assert figures_of(listened.store, date(2026, 1, 1), date(2026, 1, 2)).waiting == Waiting()
