"""A message's clauses: what could hold a second question, and no more of them than are worth classifying."""

import pytest

from understanding.clauses import MOST_CLAUSES, clauses_of
from understanding.normaliser import normalised


@pytest.mark.parametrize(("text", "clauses"), [
    ("杭州转诊备案管多久", []),
    ("备案管多久?先付几成?", ["备案管多久", "先付几成"]),
    ("我妈在上海,备案要什么材料", ["我妈在上海", "备案要什么材料"]),
    ("备案管多久还有先付几成", ["备案管多久", "还有先付几成"]),
    ("好,谢谢", []),
])
def test_a_message_is_cut_into_what_may_ask(text, clauses):
    assert clauses_of(text) == clauses


def test_numbered_questions_are_parted():
    assert clauses_of(normalised("两个问题①备案管多久②先付几成")) == ["两个问题", "备案管多久", "先付几成"]


def test_a_long_story_gives_its_last_clauses():
    assert clauses_of(",".join(f"第{n}件家里的事" for n in range(40))) == [f"第{n}件家里的事" for n in range(32, 40)]
    assert MOST_CLAUSES == 8
