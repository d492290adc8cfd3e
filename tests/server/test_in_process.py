"""Rasa's ends joined in one process: results are checked as Rasa checks them, replies are gathered whole."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from server.in_process import InProcessActions, WholeReplies, validate_action_results_once_compiled

RASAS_OWN = RemoteAction._validate_action_result

RESULTS = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "topic", "value": "channels"}], "responses": [{"text": "好"}]},
    {"events": [{"event": "slot", "name": "topic", "value": None}]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "slot", "name": 5, "value": 1}]},
    {"events": [{"event": "followup", "name": "action_listen"}]},
    {"events": [{"event": "no such event"}]},
    {"events": [{}]},
    {"events": {}},
    {"events": "none"},
    {"events": [None]},
    {"responses": {}},
    {"responses": [1]},
    {"responses": [{"text": "好", "buttons": [{"title": "是", "payload": "/affirm"}]}]},
    [],
    "text",
    None,
]


@pytest.fixture
def compiled():
    """The action class with our validator; Rasa's own is put back afterwards."""
    validate_action_results_once_compiled()
    yield RemoteAction._validate_action_result
    RemoteAction._validate_action_result = RASAS_OWN


def verdict(validate, result) -> bool:
    action = RemoteAction("action_x", None)
    try:
        return validate(action, copy.deepcopy(result))
    except jsonschema.ValidationError:
        return False


@pytest.mark.parametrize("result", RESULTS, ids=str)
def test_the_compiled_validator_agrees_with_rasas_own(compiled, result):
    ours = verdict(compiled, result)
    RemoteAction._validate_action_result = RASAS_OWN
    assert ours == verdict(RASAS_OWN, result)


def test_some_results_are_accepted_and_some_refused(compiled):
    verdicts = {verdict(compiled, result) for result in RESULTS}
    assert verdicts == {True, False}


async def test_an_utterance_is_one_object_and_empty_parts_are_left_out():
    channel = WholeReplies()
    await channel.send_response("c1", {
        "text": "要备案。", "buttons": [], "custom": {"kind": "answer"}, "image": None, "elements": [], "attachment": None,
    })
    await channel.send_response("c1", {"text": "在哪里？", "buttons": [{"title": "威海", "payload": "/inform"}], "custom": None})
    assert channel.messages == [
        {"recipient_id": "c1", "text": "要备案。", "custom": {"kind": "answer"}},
        {"recipient_id": "c1", "text": "在哪里？", "buttons": [{"title": "威海", "payload": "/inform"}]},
    ]


async def test_whoever_does_not_know_says_so_last_and_the_other_buttons_keep_their_order():
    channel = WholeReplies()
    unknown = {"title": "还不知道", "payload": '/inform{"unknown": "unknown"}'}
    places = [{"title": name, "payload": "/inform"} for name in ("南京市", "北京市")]
    await channel.send_response("c1", {"text": "去哪里？", "buttons": [unknown, *places]})
    assert channel.messages[0]["buttons"] == [*places, unknown]


def test_every_action_of_the_project_is_found_in_process():
    names = set(InProcessActions()._executor.actions)
    assert {"action_answer_question", "action_fill_field", "action_show_filings"} <= names
