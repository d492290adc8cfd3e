"""Rasa's ends joined in one process: replies are gathered whole, actions are found."""

from __future__ import annotations

from server.in_process import InProcessActions, WholeReplies


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
