"""Copies of training lines as haste would have written them."""

from random import Random

import pytest

from understanding.haste import LEFT_OUT, SHORT, VERY_SHORT, dropped, hasty_copies, reordered


def _cut(text):
    return [text[start:start + 2] for start in range(0, len(text), 2)]


def test_of_a_very_short_line_each_character_is_left_out_once_and_two_words_change_places():
    copies = hasty_copies([("怎么备案", "ask_filing_steps")], _cut)
    assert copies == [(text, "ask_filing_steps") for text in ("么备案", "怎备案", "怎么案", "怎么备", "备案怎么")]


def test_of_a_short_line_some_are_left_out():
    line = "去上海住院要不要先备案"
    assert VERY_SHORT < len(line) <= SHORT
    copies = hasty_copies([(line, "ask_filing_needed")], _cut)
    assert sorted(len(text) for text, _ in copies) == [len(line) - 1] * LEFT_OUT + [len(line)]


def test_a_longer_line_and_one_too_short_to_lose_anything_have_no_copies():
    assert hasty_copies([("我妈在乌鲁木齐住院花了不少钱怎么报", "ask_manual_claim"), ("好的", "affirm")], _cut) == []


def test_what_another_line_says_is_no_copy():
    copies = hasty_copies([("还没备案呢", "inform"), ("没备案呢", "follow_up")], _cut)
    assert ("没备案呢", "inform") not in copies
    assert len({text for text, _ in copies}) == len(copies)


def test_the_copies_are_the_same_every_time():
    lines = [("去上海住院要不要先备案", "ask_filing_needed"), ("备案完了多久生效", "ask_start_date")]
    assert hasty_copies(lines, _cut) == hasty_copies(lines, _cut)


@pytest.mark.parametrize("text", ["花了3000", "三千二百块钱能报"])
def test_no_figure_is_left_out(text):
    kept = [sign for sign in text if sign in "3000三千二百"]
    for seed in range(20):
        assert [sign for sign in dropped(text, Random(seed)) if sign in "3000三千二百"] == kept


def test_clauses_change_places_and_their_signs_stay():
    assert reordered("有效期多久,怎么取消?", Random(1), _cut) == "怎么取消,有效期多久?"
