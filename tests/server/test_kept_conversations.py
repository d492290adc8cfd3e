"""The conversation store: order, one row for a message sent twice, nothing readable in the file."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.china_time import CHINA_TIME
from services.conversation_store import ConversationStore
from services.secrets_box import SecretsBox, SecretsBoxError

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
PLANTED = "张三丰371002199001011237"


@pytest.fixture
def store(tmp_path: Path):
    opened = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    yield opened
    opened.close()


def said(text: str, client_id: str | None = None) -> dict:
    return {"from": "user", "text": text, **({"client_id": client_id} if client_id else {})}


def test_bubbles_come_back_in_order_with_number_and_time(store):
    store.append("c1", [said("一"), {"from": "bot", "text": "二"}], AT)
    store.append("c1", [said("三")], AT)
    assert [(b["seq"], b["text"], b["at"]) for b in store.since("c1")] == [
        (1, "一", AT.isoformat()), (2, "二", AT.isoformat()), (3, "三", AT.isoformat()),
    ]


def test_what_is_returned_is_what_is_kept(store):
    assert store.append("c1", [said("一", "m1")], AT) == store.since("c1")


def test_only_later_bubbles_are_fetched(store):
    store.append("c1", [said(text) for text in "一二三"], AT)
    assert [bubble["text"] for bubble in store.since("c1", 2)] == ["三"]
    assert store.since("c1", 3) == []


def test_conversations_do_not_see_each_other(store):
    store.append("c1", [said("一", "m1")], AT)
    assert (store.since("c2"), store.last_seq("c2"), store.seq_of("c2", "m1")) == ([], 0, None)


def test_a_message_is_found_by_its_client_id(store):
    store.append("c1", [said("一", "m1"), {"from": "bot", "text": "二"}, said("三", "m2")], AT)
    assert (store.seq_of("c1", "m1"), store.seq_of("c1", "m2"), store.seq_of("c1", "m3")) == (1, 3, None)


def test_the_same_client_id_cannot_be_kept_twice_in_a_conversation(store):
    store.append("c1", [said("一", "m1")], AT)
    with pytest.raises(sqlite3.IntegrityError):
        store.append("c1", [said("又一", "m1")], AT)
    assert [bubble["text"] for bubble in store.since("c1")] == ["一"]


def test_the_same_client_id_in_another_conversation_is_another_message(store):
    store.append("c1", [said("一", "m1")], AT)
    store.append("c2", [said("一", "m1")], AT)
    assert store.seq_of("c2", "m1") == 1


def test_a_turn_is_kept_whole_or_not_at_all(store):
    store.append("c1", [said("一", "m1")], AT)
    with pytest.raises(sqlite3.IntegrityError):
        store.append("c1", [said("二"), said("又一", "m1")], AT)
    assert store.last_seq("c1") == 1


def test_planted_words_stand_in_no_file(store, tmp_path):
    store.append("c1", [said(PLANTED, "m1"), {"from": "bot", "text": PLANTED, "custom": {"value": PLANTED}}], AT)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name.endswith("-wal") for file in files)
    for file in files:
        content = file.read_bytes()
        assert "张三丰".encode() not in content and b"371002199001011237" not in content, file.name
    assert store.since("c1")[0]["text"] == PLANTED


def test_the_messages_own_id_stands_in_no_file_either(store, tmp_path):
    store.append("c1", [said("一", PLANTED)], AT)
    assert store.seq_of("c1", PLANTED) == 1
    assert not [file for file in tmp_path.iterdir() if b"371002199001011237" in file.read_bytes()]


def test_what_the_first_release_kept_in_the_clear_is_forgotten(store, tmp_path):
    store.append("c1", [said("一")], AT)
    store.append_events("c1", 1, [{"event": "bot", "text": PLANTED}, {"event": "user", "text": "/greet"}])
    store._db.conn.execute("UPDATE entries SET client_id = ?", (PLANTED,))
    store._db.conn.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'forget%'")
    store._db.conn.commit()
    store.close()
    again = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    assert again.events("c1") == [{"event": "bot"}, {"event": "user", "text": "/greet"}]
    assert [bubble["text"] for bubble in again.since("c1")] == ["一"]
    again.close()
    assert b"371002199001011237" not in (tmp_path / "conversations.db").read_bytes()


def test_a_bubble_moved_to_another_place_does_not_open(store):
    store.append("c1", [said(PLANTED)], AT)
    store._db.conn.execute("INSERT INTO entries SELECT 'c2', seq, client_id, at, sealed FROM entries")
    with pytest.raises(SecretsBoxError):
        store.since("c2")


def test_history_survives_a_restart(store, tmp_path):
    store.append("c1", [said("一", "m1")], AT)
    store.close()
    again = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    assert again.append("c1", [said("二")], AT)[0]["seq"] == 2
    assert [bubble["text"] for bubble in again.since("c1")] == ["一", "二"]
    again.close()


def test_another_key_opens_nothing(store, tmp_path):
    store.append("c1", [said("一")], AT)
    other = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"x" * 32))
    with pytest.raises(SecretsBoxError):
        other.since("c1")
    other.close()


def test_events_come_back_in_order_and_by_conversation(store):
    store.append_events("c1", 1, [{"event": "a"}, {"event": "b"}])
    store.append_events("c1", 3, [{"event": "c"}])
    store.append_events("c2", 1, [{"event": "d"}])
    assert [event["event"] for event in store.events("c1")] == ["a", "b", "c"]
    assert sorted(store.conversations()) == ["c1", "c2"]


def test_events_that_are_kept_again_replace_themselves(store):
    """After a failed turn the same numbers are written anew."""
    store.append_events("c1", 1, [{"event": "a"}, {"event": "b"}])
    store.append_events("c1", 2, [{"event": "x"}])
    assert [event["event"] for event in store.events("c1")] == ["a", "x"]


def test_the_database_is_for_its_owner_only(store, tmp_path):
    store.append("c1", [said("一")], AT)
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir() if file.is_file()} == {0}


LATER = AT + timedelta(hours=1)
REPLY = {"from": "bot", "text": "不用备案。"}


def test_a_bubble_is_found_by_its_number(store):
    store.append("c1", [said("一"), REPLY], AT)
    assert store.entry("c1", 2) == {**REPLY, "seq": 2, "at": AT.isoformat()}
    assert (store.entry("c1", 3), store.entry("c2", 2)) == (None, None)


def test_of_each_bubble_the_last_verdict_is_kept(store):
    store.append("c1", [said("一"), REPLY, REPLY], AT)
    store.set_feedback("c1", 2, "useless", "other", AT)
    store.set_feedback("c1", 2, "useful", None, LATER)
    store.set_feedback("c1", 3, "useless", None, AT)
    assert store.feedback("c1") == {2: ("useful", None), 3: ("useless", None)}
    store.set_feedback("c1", 3, None, None, LATER)
    assert (store.feedback("c1"), store.feedback("c2")) == ({2: ("useful", None)}, {})


def test_what_was_found_useless_is_listed_from_a_moment_on(store):
    for conversation in ("c1", "c2"):
        store.append(conversation, [said("一"), REPLY, REPLY], AT)
    store.set_feedback("c2", 2, "useless", "not_understood", LATER)
    store.set_feedback("c1", 2, "useless", None, AT)
    store.set_feedback("c1", 3, "useful", None, LATER)
    assert store.disliked(AT) == [("c1", 2, None, AT), ("c2", 2, "not_understood", LATER)]
    assert store.disliked(LATER) == [("c2", 2, "not_understood", LATER)]


def test_nothing_is_kept_about_a_bubble_that_is_not_there(store):
    store.set_feedback("c1", 2, "useless", None, AT)
    assert (store.feedback("c1"), store.disliked(AT)) == ({}, [])


def test_verdicts_go_with_their_conversation(store):
    for conversation, at in (("c1", AT), ("c2", LATER), ("c3", LATER)):
        store.append(conversation, [said("一"), REPLY], at)
        store.set_feedback(conversation, 2, "useless", None, LATER)
    store.erase("c3")
    assert store.purge(LATER) == 1
    assert [row[0] for row in store.disliked(AT)] == ["c2"]
