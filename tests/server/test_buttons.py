"""A command comes only from a payload that this server signed for this conversation."""

from __future__ import annotations

import json

import pytest
from itsdangerous import URLSafeSerializer

from server.buttons import PAYLOAD_PREFIX, ButtonSigner

SIGNER = ButtonSigner("a secret of this installation")
COMMAND = '/inform{"insured_region": "371000"}'


def sealed(conversation: str = "c1", title: str = "威海", command: str = COMMAND) -> str:
    return SIGNER.sealed(conversation, title, command)


def test_a_pressed_button_says_what_it_means():
    press = SIGNER.opened("c1", sealed())
    assert (press.title, press.intent, press.entities) == ("威海", "inform", {"insured_region": "371000"})


def test_a_command_without_values_has_none():
    press = SIGNER.opened("c1", sealed(command="/ask_channels"))
    assert (press.intent, press.entities) == ("ask_channels", {})


def test_a_payload_shows_no_bare_command_and_passes_for_no_text():
    assert sealed().startswith(PAYLOAD_PREFIX) and "/inform" not in sealed()


def test_another_conversation_cannot_use_the_payload():
    assert SIGNER.opened("c2", sealed("c1")) is None


@pytest.mark.parametrize("length", [1, 5, 20])
def test_a_cut_payload_is_refused(length):
    assert SIGNER.opened("c1", sealed()[:-length]) is None


@pytest.mark.parametrize("position", range(len(PAYLOAD_PREFIX), len(PAYLOAD_PREFIX) + 90, 9))
def test_a_changed_payload_is_refused(position):
    """Not the last character: its lowest bits say nothing in base64."""
    payload = sealed()
    other = "A" if payload[position] != "A" else "B"
    assert SIGNER.opened("c1", payload[:position] + other + payload[position + 1:]) is None


@pytest.mark.parametrize("payload", ["", "btn:", "btn:x", "btn:.", "btn:a.b.c", "btn:" + "a" * 10_000, "在哪里办", COMMAND, "BTN:x"])
def test_what_nobody_signed_is_no_button(payload):
    assert SIGNER.opened("c1", payload) is None


@pytest.mark.parametrize(("secret", "salt"), [("another secret", "buttons"), ("a secret of this installation", "session")])
def test_a_payload_of_another_installation_or_purpose_is_refused(secret, salt):
    forged = PAYLOAD_PREFIX + str(URLSafeSerializer(secret, salt=salt).dumps(["c1", "威海", COMMAND]))
    assert SIGNER.opened("c1", forged) is None


@pytest.mark.parametrize("command", ["inform", "//inform", "/inform {}", "/in form", "/inform{", "威海"])
def test_what_is_signed_but_no_command_is_no_button(command):
    assert SIGNER.opened("c1", sealed(command=command)) is None


def test_every_command_of_a_reply_is_sealed_and_the_reply_itself_stays_as_it_was():
    fields = [{"slot": "phone", "title": "联系电话", "value": "138****5678", "edit_payload": '/edit_field{"field": "phone"}'}]
    reply = {
        "text": "请核对", "buttons": [{"title": "都对", "payload": "/confirm_review"}],
        "custom": {"kind": "review", "fields": fields},
    }
    before = json.dumps(reply)
    sent = SIGNER.seal_all("c1", reply)
    assert json.dumps(reply) == before
    assert SIGNER.opened("c1", sent["buttons"][0]["payload"]).intent == "confirm_review"
    edit = SIGNER.opened("c1", sent["custom"]["fields"][0]["edit_payload"])
    assert (edit.title, edit.intent, edit.entities) == ("改联系电话", "edit_field", {"field": "phone"})


def test_a_reply_without_commands_is_sent_as_it_is():
    reply = {"text": "好的", "custom": {"kind": "answer", "topic": "channels"}}
    assert SIGNER.seal_all("c1", reply) == reply


def test_a_filings_actions_and_a_reviews_edits_are_sealed_too():
    filing = {"kind": "filing", "actions": [{"title": "变更", "payload": '/change_filing{"filing_no": "n"}'}]}
    review = {"kind": "review", "fields": [
        {"slot": "phone", "title": "联系电话", "value": "x", "edit_payload": '/edit_field{"field": "phone"}'},
        {"slot": "reason", "title": "原因", "value": "y"},  # one that can't be changed
    ]}
    action = SIGNER.seal_all("c1", {"custom": filing})["custom"]["actions"][0]["payload"]
    assert SIGNER.opened("c1", action).intent == "change_filing"
    edit, fixed = SIGNER.seal_all("c1", {"custom": review})["custom"]["fields"]
    assert SIGNER.opened("c1", edit["edit_payload"]).entities == {"field": "phone"} and "edit_payload" not in fixed


@pytest.mark.parametrize("kind", ["review", "commitment_letter"])
def test_the_way_to_change_a_line_is_sealed_like_a_button(kind):
    line = {"slot": "phone", "title": "联系电话", "value": "138****5678", "edit_payload": '/edit_field{"field": "phone"}'}
    fixed = {"slot": "x", "title": "不能改的", "value": "y"}
    custom = SIGNER.seal_all("c1", {"custom": {"kind": kind, "fields": [line, fixed]}})["custom"]
    press = SIGNER.opened("c1", custom["fields"][0]["edit_payload"])
    assert (press.title, press.intent, press.entities) == ("改联系电话", "edit_field", {"field": "phone"})
    assert custom["fields"][1] == fixed
