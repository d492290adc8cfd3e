"""What a message or a button becomes outside a filing, and what is left of a text before anything reads it."""

from __future__ import annotations

import pytest
from turn_samples import parsed, place

from server.turns import LONGEST_TEXT, is_drawing, turn_from_button, turn_from_text, typed_text
from understanding.vocabulary import CLOSED_VALUES


def test_outside_a_filing_only_closed_entities_go_on():
    free = {"entity": "person", "value": "张三丰", "start": 0, "end": 3, "extractor": "SpacyEntityExtractor"}
    turn = turn_from_text("张三丰去北京", parsed("inform", 0.9, free, place("110000", 4, 6)), None)
    assert [entity["entity"] for entity in turn.entities] == ["region"]


@pytest.mark.parametrize(("said", "places", "intent"), [
    ("济南", [place("370100", 0, 2)], "inform"),
    ("我在威海", [place("371000", 2, 4)], "inform"),
    ("去济南吧。", [place("370100", 1, 3)], "inform"),
    ("济南的天气", [place("370100", 0, 2)], "nlu_fallback"),
    ("阿巴阿巴", [], "nlu_fallback"),
])
def test_a_bare_fact_that_was_not_understood_is_information(said, places, intent):
    assert turn_from_text(said, parsed("nlu_fallback", 0.3, *places, text=said), None).intent == intent


@pytest.mark.parametrize(("intent", "confidence", "becomes"), [
    ("nlu_fallback", 0.3, "out_of_scope"), ("ask_emergency", 0.4, "out_of_scope"), ("ask_emergency", 0.9, "ask_emergency"),
])
def test_what_sounds_like_an_emergency_goes_where_120_is_named(intent, confidence, becomes):
    danger = {"entity": "danger", "value": "danger", "start": 0, "end": 4, "extractor": CLOSED_VALUES}
    assert turn_from_text("喘不上气", parsed(intent, confidence, danger), None).intent == becomes


def test_a_message_without_any_intent_is_a_fallback():
    assert turn_from_text("", parsed(None, 0.0), None).intent == "nlu_fallback"


def test_rasa_gets_a_command_of_our_own_in_place_of_the_text():
    turn = turn_from_text("我叫张三丰，要备案吗", parsed("ask_filing_needed"), None)
    assert turn.parse_data()["text"] == "/ask_filing_needed"


def test_a_buttons_turn_carries_its_values_and_shows_its_title():
    turn = turn_from_button("inform", {"insured_region": "371000"}, "威海")
    assert (turn.intent, turn.shown) == ("inform", "威海")
    assert [(e["entity"], e["value"]) for e in turn.entities] == [("insured_region", "371000")]


@pytest.mark.parametrize("message", [
    "/restart", "／restart", "//restart", "/ /restart", " / restart", "/\t／\u3000/restart", "\u200b/restart", "/\ufeff/restart",
])
def test_no_text_begins_with_a_slash(message):
    """Rasa strips blanks before it looks for the slash: "/ /consent" was a command."""
    assert typed_text(message) == "restart"


def test_a_long_text_keeps_its_beginning_and_its_end():
    text = typed_text("头" + "中" * 100_000 + "尾？")
    assert len(text) == LONGEST_TEXT and text.startswith("头") and text.endswith("尾？")


def test_a_long_drawing_is_kept_whole():
    drawing = "data:image/png;base64," + "A" * 100_000
    assert typed_text(drawing) == drawing and is_drawing(drawing)
