"""What the repair of slips changes and mends is counted."""

from __future__ import annotations

from scripts.slip_repair import LEFT_A_WORD, MENDED, changes, outcome, repair, slip_lines, slips_of, stretches


def test_only_what_is_changed_counts_and_traditional_characters_are_no_slips() -> None:
    assert changes(["备案怎么办", "備案怎麼辦", "社报卡丢了"]) == [("社报卡丢了", "社保卡丢了")]
    assert stretches(("社报卡丢了", "社保卡丢了")) == [("报", "保")]
    assert stretches(("背岸要不要社报卡", "备案要不要社保卡")) == [("背岸", "备案"), ("报", "保")]


def test_slips_of_a_word_differ_from_it_in_one_character() -> None:
    slips = list(slips_of("转诊"))
    assert "转真" in slips
    assert "转诊" not in slips
    assert all(sum(one != other for one, other in zip("转诊", slip, strict=True)) == 1 for slip in slips)


def test_a_slip_is_mended_or_left_because_it_is_a_word_itself() -> None:
    assert outcome("我要", "转真", "到北京", "转诊") == MENDED
    assert outcome("", "首级", "", "手机") == LEFT_A_WORD


def test_slips_within_sentences_are_counted_where_a_sentence_has_the_word() -> None:
    alone, within = repair(["我要转诊到北京"])
    assert alone[MENDED] > alone.total() / 2
    assert within.total() == len(list(slips_of("转诊")))


def test_the_chapter_tells_places_from_words() -> None:
    lines = slip_lines({"留出来的": ["社报卡丢了", "承诺书长啥样", "备案怎么办", "去余航"]})
    assert "| 留出来的 | 4 | 2 | 50.0% |" in lines
    places = lines.index("其余最常见的改动：")
    assert "| 航 | 杭 | 1 | 去余航 |" in lines[:places]
    assert "| 报 | 保 | 1 | 社报卡丢了 |" in lines[places:]
