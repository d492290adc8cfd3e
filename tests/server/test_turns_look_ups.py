"""A filing that is looked for by its number is known by the shape of what was typed, which travels in private."""

from __future__ import annotations

import json

import pytest
from turn_samples import NUMBER, draft_at, parsed

from server.turns import SoFar, turn_from_text

LOOK_UPS = [
    f"备案号 {NUMBER} 后四位 1237 电话 13812345678", f"13812345678，1237，{NUMBER}", f"{NUMBER} 123x 0631-5231234",
    f"电话13812345678后四位1237备案号{NUMBER.replace('-', '')}", f"{NUMBER} 371002199001011237 +8613812345678",
    f"{NUMBER.replace('-', ' ')} 尾号1237 138 1234 5678", f"备案号 {NUMBER[:-2]} 后四位 1237 电话 13812345678",
]


@pytest.mark.parametrize("said", LOOK_UPS)
@pytest.mark.parametrize("draft", [None, draft_at("name"), draft_at("phone"), draft_at("review")], ids=["none", "name", "phone", "review"])
def test_a_look_up_is_known_by_its_shape_and_travels_in_private(said, draft):
    turn = turn_from_text(said, parsed("nlu_fallback", 0.3), draft)
    assert turn.intent == "look_up_filing" and turn.private_text and turn.entities == []
    for secret in ("1237", "123X", "12345678", "5231234"):
        assert secret not in turn.shown + json.dumps(turn.parse_data(), ensure_ascii=False)


def test_what_is_kept_of_a_look_up_reads_back_the_same():
    for said in LOOK_UPS:
        kept = turn_from_text(said, parsed("nlu_fallback", 0.3), None).private_text
        assert kept and turn_from_text(kept, parsed("nlu_fallback", 0.3), None).private_text == kept


def test_a_number_alone_asks_for_the_rest():
    turn = turn_from_text(f"{NUMBER}", parsed("nlu_fallback", 0.3), None)
    assert (turn.intent, turn.private_text) == ("look_up_filing", None)
    assert [(e["entity"], e["value"]) for e in turn.entities] == [("filing_no", NUMBER)]


def test_the_rest_goes_with_the_number_said_before():
    turn = turn_from_text("1237 13812345678", parsed("nlu_fallback", 0.3), None, SoFar("look_up_filing", looked_up_no=NUMBER))
    assert turn.private_text and NUMBER in turn.private_text and "1237" in turn.private_text


def test_the_same_digits_mean_nothing_where_no_filing_is_looked_for():
    turn = turn_from_text("1237 13812345678", parsed("nlu_fallback", 0.3), None)
    assert (turn.intent, turn.private_text) == ("nlu_fallback", None)


def test_a_question_that_names_a_filing_stays_a_question():
    turn = turn_from_text(f"{NUMBER}这份还能变更吗？", parsed("ask_change"), None)
    assert turn.intent == "ask_change"
