"""删除我的信息: what is told before, and that nothing of the talk is left afterwards."""

from __future__ import annotations

import json
import sqlite3

import pytest
import reply_shapes
from talking import ANSWERS

from services import bootstrap

pytestmark = pytest.mark.model


def rows_of(server, conversation: str) -> dict[str, int]:
    """How many rows of the conversations' database belong to the conversation."""
    database = sqlite3.connect(f"file:{server.data_dir / 'conversations.db'}?mode=ro", uri=True)
    try:
        return {
            table: database.execute(f"SELECT count(*) FROM {table} WHERE conversation = ?", (conversation,)).fetchone()[0]
            for table in ("entries", "tracker_events", "feedback")
        }
    finally:
        database.close()


@pytest.mark.parametrize("yes", ["确定删除", "是的", "删吧"])
def test_after_a_yes_nothing_of_the_talk_is_left(server, person, yes):
    person.say_all("我是威海医保，备案管多久", "删除我的信息")
    bootstrap.conversation_store().set_feedback(person.conversation, 2, "useless", None, bootstrap.now())
    assert all(rows_of(server, person.conversation).values())
    replies = person.say(yes)
    reply_shapes.check(replies)
    assert replies.customs("erased") and "删掉了" in replies.text
    assert rows_of(server, person.conversation) == {"entries": 0, "tracker_events": 0, "feedback": 0}
    assert person.history() == []
    for name in ("conversations.db", "conversations.db-wal"):
        assert person.conversation.encode() not in (server.data_dir / name).read_bytes()


def test_the_next_message_begins_afresh(person):
    person.say_all("我是威海医保", "删除我的信息", "确定")
    assert person.say("备案管多久").asked == "insured_region"
    assert person.history()[0]["seq"] == 1


def test_an_unfinished_filing_goes_with_its_papers(person):
    person.say_all("我是高邮医保，我要办长期异地备案", "去南京")
    person.fill_in({**ANSWERS, "reason": "异地长期居住"})
    papers = bootstrap.settings().papers
    before = set(papers.iterdir())
    replies = person.say("删除我的信息")
    assert "没填完的备案" in replies.text and "材料" in replies.text
    person.press("确定删除")
    assert bootstrap.filings().find_draft(person.conversation) is None
    assert len(set(papers.iterdir())) == len(before) - 1


def test_a_filing_that_was_handed_in_stays_and_is_named(person):
    number = person.filed("371000", "long_term_residence", "370200")
    replies = person.say("删除我的信息")
    assert number in replies.text and "经办机构" in replies.text and "10年" in replies.text
    replies = person.press("确定删除")
    assert number in replies.text
    proof = f"{number} {person.particulars['id_number'][-4:]} {person.particulars['phone']}"
    assert person.say(proof).custom("filing")["status"] == "submitted"


@pytest.mark.parametrize("no", ["不删", "先不删了", "算了"])
def test_a_no_keeps_everything(server, person, no):
    person.say_all("我是威海医保", "删除我的信息")
    assert "什么都没有动" in person.say(no).text
    assert rows_of(server, person.conversation)["entries"]


@pytest.mark.parametrize("said", ["备案管多久？", "你好"])
def test_a_yes_after_something_else_deletes_nothing(server, person, said):
    person.say_all("删除我的信息", said, "确定")
    assert rows_of(server, person.conversation)["entries"] >= 6


def test_in_the_middle_of_a_filing_it_is_a_command_too(person):
    person.file_up_to("name")
    assert "确定删除" in person.say("删除我的信息").buttons
    assert person.press("先不删").asked == "name"


def test_an_old_button_of_the_erasure_erases_only_what_is_there_now(person, someone):
    person.say("删除我的信息")
    old = person.last.buttons["确定删除"]
    person.say(old)
    assert person.say(old).customs("erased")
    other = someone()
    other.say("你好")
    other.say(old)
    assert len(other.history()) > 2 and "erased" not in json.dumps(other.history())
