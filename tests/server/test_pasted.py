"""Bills and sheets pasted into the chat: their sums go on, their words don't."""

from __future__ import annotations

import pytest

from server.pasted import LONGEST_PASTE, TOO_LONG, turn_from_paste
from understanding.vocabulary import CLOSED_VALUES

NOTHING = {"entities": []}
BILL = "床位费 1200 甲类\nCT平扫 300 乙类 5%\n进口支架 abc 自费\n陪护费 200 自费"


def values(turn):
    return {entity["entity"]: entity["value"] for entity in turn.entities}


def test_a_bill_becomes_its_sums_and_its_items_are_not_shown_again():
    turn = turn_from_paste(BILL, NOTHING)
    assert values(turn)["total_amount"] == "1700.00" and values(turn)["non_covered_amount"] == "200.00"
    assert "支架" not in turn.shown and "3项" in turn.shown
    assert any("第3行" in note for note in turn.notes)


def test_a_sheet_keeps_the_words_on_the_case_but_only_closed_ones():
    parsed = {"entities": [
        {"entity": "scheme", "value": "employee", "start": 0, "end": 2, "extractor": CLOSED_VALUES},
        {"entity": "total_amount", "value": "1.00", "start": 0, "end": 2, "extractor": CLOSED_VALUES},
        {"entity": "name", "value": "张三", "start": 0, "end": 2, "extractor": "other"},
    ]}
    turn = turn_from_paste("杭州职工\n总费用 25000\n自费 2000\n统筹基金支付 13000", parsed)
    assert values(turn) == {
        "total_amount": "25000.00", "non_covered_amount": "2000.00", "pooled_fund_amount": "13000.00", "scheme": "employee",
    }


@pytest.mark.parametrize("text", ["住院花了25000，自费2000，能报多少", "你好", "", "床位费是多少\n要备案吗"])
def test_a_sentence_is_left_to_be_understood_as_one(text):
    assert turn_from_paste(text, NOTHING) is None


def test_a_bill_too_long_to_be_read_whole_is_refused_rather_than_cut():
    turn = turn_from_paste("床位费 1200 甲类\n" * (LONGEST_PASTE // 10), NOTHING)
    assert turn.notes == (TOO_LONG,) and not turn.entities
