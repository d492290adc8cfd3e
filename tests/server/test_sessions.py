"""The page's cookie names its conversation; a REST sender's conversation is its own."""

from __future__ import annotations

import time

import pytest
from itsdangerous import URLSafeTimedSerializer

from server.sessions import LASTS_SECONDS, PAGE_PREFIX, Sessions

SESSIONS = Sessions("a secret of this installation")


def test_a_cookie_leads_back_to_its_conversation():
    conversation, cookie = SESSIONS.new()
    assert SESSIONS.conversation(cookie) == conversation


def test_every_session_is_another_conversation_and_hard_to_guess():
    conversations = {SESSIONS.new()[0] for _ in range(100)}
    assert len(conversations) == 100
    assert all(len(conversation.removeprefix(PAGE_PREFIX)) >= 32 for conversation in conversations)


@pytest.mark.parametrize("cookie", [None, "", "x", "page:abc", "a.b.c", "." * 50])
def test_without_a_cookie_of_ours_there_is_no_conversation(cookie):
    assert SESSIONS.conversation(cookie) is None


def test_a_changed_cookie_is_refused():
    _, cookie = SESSIONS.new()
    assert SESSIONS.conversation("x" + cookie[1:]) is None


@pytest.mark.parametrize(("secret", "salt"), [("another secret", "session"), ("a secret of this installation", "buttons")])
def test_a_cookie_of_another_installation_or_purpose_is_refused(secret, salt):
    forged = str(URLSafeTimedSerializer(secret, salt=salt).dumps(PAGE_PREFIX + "x"))
    assert SESSIONS.conversation(forged) is None


class SomeTimeAgo(URLSafeTimedSerializer):
    """Signs as if it were that long ago."""

    def __init__(self, secret: str, seconds: int) -> None:
        class Signer(self.default_signer):
            def get_timestamp(self) -> int:
                return int(time.time()) - seconds

        super().__init__(secret, salt="session", signer=Signer)


@pytest.mark.parametrize(("seconds", "valid"), [(0, True), (LASTS_SECONDS - 60, True), (LASTS_SECONDS + 60, False)])
def test_a_cookie_ends_with_its_time(seconds, valid):
    cookie = str(SomeTimeAgo("a secret of this installation", seconds).dumps(PAGE_PREFIX + "x"))
    assert (SESSIONS.conversation(cookie) is not None) == valid


def test_a_sender_always_gets_the_same_conversation_and_another_sender_another():
    assert SESSIONS.rest_conversation("a") == SESSIONS.rest_conversation("a")
    assert SESSIONS.rest_conversation("a") != SESSIONS.rest_conversation("b")


def test_a_sender_that_is_a_phone_number_is_not_kept():
    assert "13812345678" not in SESSIONS.rest_conversation("13812345678")
    assert SESSIONS.rest_conversation("13812345678") != Sessions("another secret").rest_conversation("13812345678")


def test_no_sender_reaches_a_pages_conversation():
    conversation, _ = SESSIONS.new()
    assert SESSIONS.rest_conversation(conversation) != conversation
    assert not SESSIONS.rest_conversation(conversation).startswith(PAGE_PREFIX)
