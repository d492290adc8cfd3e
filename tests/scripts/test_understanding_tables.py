"""The tables on understanding, on a few made-up messages with known results."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scripts.accuracy import accuracy_lines, confused, newly_wrong, noise_lines
from scripts.calibration import bins, calibration_lines, expected_error
from scripts.hearing import Heard, Place, role_heard
from scripts.markdown import share, table
from scripts.measure_understanding import fallback_thresholds
from scripts.scope import NOT_AN_ANSWER, false_accepts, false_rejects, is_ours, scope_lines
from scripts.thresholds import (
    ANSWER,
    ASK_AGAIN,
    OFFER,
    Bands,
    at_threshold,
    bands,
    bands_lines,
    halves,
    highest_threshold,
    threshold_lines,
)

ROOT = Path(__file__).resolve().parents[2]


def heard(text: str, wanted: str, intent: str, *ranking: tuple[str, float], **more: object) -> Heard:
    return Heard(text, wanted, intent, ranking or ((intent, 1.0),), intent, **more)  # type: ignore[arg-type]


def sure(text: str, confidence: float, *, right: bool = True, second: str = "deny") -> Heard:
    nearest = "ask_why" if right else "greet"
    return heard(text, "ask_why", nearest, (nearest, confidence), (second, 0.01))


def test_a_table_s_cells_part_no_columns() -> None:
    assert table(["句", "次"], [["a|b\nc", 2]]) == ["| 句 | 次 |", "| --- | --- |", "| a｜b c | 2 |", ""]
    assert (share(1, 8), share(0, 0)) == ("12.5%", "–")


def test_the_commonest_confusion_comes_first_with_an_example() -> None:
    said = [heard("甲", "deny", "greet"), heard("乙", "affirm", "deny"), heard("丙", "affirm", "deny"), heard("丁", "deny", "deny")]
    assert confused(said, 5) == [("affirm", "deny", 2, "乙"), ("deny", "greet", 1, "甲")]
    assert confused(said, 1) == [("affirm", "deny", 2, "乙")]


def test_accuracy_by_intent_and_by_role() -> None:
    places = (Place("insured", "insured"), Place("treatment", None), Place("treatment", ""), Place(None, None))
    lines = accuracy_lines([heard("甲", "deny", "greet", places=places), heard("乙", "affirm", "affirm")])
    assert lines[0].startswith("意图听对：1/2 = 50.0%。")
    for row in ("| deny | 0/1 | 0.0% | greet 1 |", "| affirm | 1/1 | 100.0% |  |", "| insured | 1 | 100.0% | 100.0% |",
                "| treatment | 2 | 50.0% | 0.0% |", "| 没有角色 | 1 | 100.0% | 100.0% |", "| 合计 | 4 | 75.0% | 50.0% |"):
        assert row in lines


def test_the_place_that_was_heard_where_one_stands() -> None:
    entities = [{"entity": "term", "start": 0, "end": 4}, {"entity": "region", "start": 2, "end": 4, "role": "insured"},
                {"entity": "region", "start": 6, "end": 8}]
    assert role_heard({"start": 2, "end": 4}, entities) == "insured"
    assert role_heard({"start": 6, "end": 8}, entities) is None
    assert role_heard({"start": 4, "end": 6}, entities) == ""


def test_a_loss_is_marked_from_three_points_and_only_what_went_wrong_newly_is_listed() -> None:
    right, wrong, lost = heard("甲", "deny", "deny"), heard("乙", "deny", "greet"), heard("申", "deny", "nlu_fallback")
    pairs = [(right, right)] * 97 + [(right, lost)] * 3
    assert newly_wrong([*pairs, (wrong, wrong)]) == [lost] * 3
    lines = noise_lines({"同音字": pairs, "繁体": [(right, right)] * 98 + [(right, wrong)] * 2, "别的": []}, 200)
    assert lines[2:5] == ["| 同音字 | 100/200 | 100.0% | 97.0% | 3.0 | ⚠ | 3/3 |", "| 繁体 | 100/200 | 100.0% | 98.0% | 2.0 |  | 0/2 |",
                          "| 别的 | 0/200 | – | – | 0.0 |  | 0/0 |"]
    assert "| deny | nlu_fallback | 3 | 申 |" in lines
    assert not any(line.startswith("别的：") for line in lines)


def test_bins_of_confidence_and_how_far_they_are_from_what_is_right() -> None:
    said = [sure("甲", 0.9), sure("乙", 1.0), sure("丙", 0.95, right=False), sure("丁", 0.2, right=False), sure("戊", 0.3)]
    found = bins(said)
    assert [(one.low, one.count) for one in found] == [(0.2, 1), (0.3, 1), (0.9, 3)]
    assert found[2].confidence == pytest.approx(0.95)
    assert found[2].right == pytest.approx(2 / 3)
    assert expected_error(found) == pytest.approx((0.2 + 0.7 + 3 * (0.95 - 2 / 3)) / 5)
    assert expected_error([]) == 0.0
    assert "| 0.3–0.4 | 1 | 0.300 | 100.0% | +70.0 |" in calibration_lines(said)


def test_the_halves_are_the_same_each_time_and_about_as_large() -> None:
    said = [sure(f"第{number}句", 0.5) for number in range(200)]
    setting, reporting = halves(said)
    assert halves(said) == (setting, reporting)
    assert len(setting) + len(reporting) == 200
    assert 80 < len(setting) < 120


def test_limits_are_the_lowest_that_are_right_often_enough() -> None:
    good = [sure("句", 0.8)] * 19
    weak = [sure("句", 0.42, right=False, second="ask_why")] * 3 + [sure("句", 0.42, right=False)] * 2
    lost = [sure("句", 0.12, right=False)] * 10
    limits = bands([*good, *weak, *lost])
    assert limits == Bands(0.45, 0.15)
    assert [limits.of(sure("句", at)) for at in (0.5, 0.45, 0.42, 0.12)] == [ANSWER, ANSWER, OFFER, ASK_AGAIN]
    assert bands([sure("句", 0.9, right=False)]) == Bands(1.0, 1.0)


def test_the_table_of_bands_counts_on_the_other_half() -> None:
    ones = [sure(f"第{number}句", 0.9) for number in range(40)]
    reported = len(halves(ones)[1])
    assert f"| 直接答 | {reported} | 100.0% | 100.0% | 100.0% | 0/0 |" in bands_lines(ones, [])


@pytest.mark.parametrize(("confidence", "second", "threshold", "intent"), [
    (0.3, 0.1, 0.25, "ask_why"), (0.25, 0.1, 0.25, "ask_why"), (0.24, 0.1, 0.25, "nlu_fallback"), (0.4, 0.39, 0.25, "nlu_fallback"),
])
def test_a_threshold_gives_what_the_fallback_would(confidence: float, second: float, threshold: float, intent: str) -> None:
    one = heard("甲", "ask_why", "ask_why", ("ask_why", confidence), ("deny", second))
    assert at_threshold(one, threshold, 0.02) == intent


def test_the_highest_threshold_that_turns_few_away() -> None:
    assert highest_threshold([sure("句", 0.9)] * 98 + [sure("句", 0.32)] * 2, 0.02) == 0.6
    assert highest_threshold([sure("句", 0.9)] * 97 + [sure("句", 0.32)] * 3, 0.02) == 0.3
    assert highest_threshold([sure("句", 0.05)], 0.02) is None


def test_each_threshold_has_a_row_and_the_present_one_is_marked() -> None:
    ours = [sure(f"第{number}句", 0.33) for number in range(40)]
    foreign = [heard(f"闲{number}", "out_of_scope", "ask_why", ("ask_why", 0.44), ("deny", 0.1)) for number in range(40)]
    lines = threshold_lines(ours, foreign, 0.25, 0.02)
    assert "| 0.25（现在） | 0.0% | 100.0% | 0.0% | 100.0% |" in lines
    assert "| 0.40 | 100.0% | 100.0% | 100.0% | 100.0% |" in lines
    assert "| 0.45 | 100.0% | 0.0% | 100.0% | 0.0% |" in lines
    assert "最高的是 0.30" in lines[0]


def test_small_talk_is_no_answer_and_what_takes_facts_or_touches_a_filing_is() -> None:
    assert false_accepts(["greet", "nlu_fallback", "out_of_scope", "inform", "ask_referral", "start_filing", "ask_why"]) == 4
    assert false_rejects(["nlu_fallback", "out_of_scope", "greet"]) == 2
    assert not is_ours(heard("甲", "out_of_scope", "greet"))


def test_every_intent_that_is_no_answer_is_one_of_the_domain_s() -> None:
    rows = YAML(typ="safe").load(ROOT / "domain.yml")["intents"]
    assert {next(iter(row)) for row in rows} >= NOT_AN_ANSWER


def test_the_worst_of_each_kind_is_named_and_goals_are_said_to_be_met_or_not() -> None:
    foreign = [heard("恐龙为什么没了", "out_of_scope", "ask_why", ("ask_why", 0.9), kind="world"),
               heard("讲个笑话", "out_of_scope", "out_of_scope", kind="world"), heard("早", "out_of_scope", "greet", kind="talk")]
    lines = scope_lines([heard("备案", "start_filing", "nlu_fallback", ("start_filing", 0.2))], foreign, {"讲个笑话"})
    for row in ("| world | 1/2 | 50.0% | 50.0% | 50.0% | 没达到 |", "| talk | 0/1 | 0.0% | 0.0% | 0.0% | 达到 |",
                "| 合计 | 1/3 | 33.3% | 33.3% | 33.3% | 没达到 |",
                "| world | ask_why | 0.90 | ask_why | 恐龙为什么没了 |", "| start_filing | nlu_fallback | start_filing | 0.20 | 备案 |"):
        assert row in lines
    assert any("1/1 = 100.0%，目标 <3%，没达到" in line for line in lines)


def test_the_fallback_s_thresholds_are_read_from_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n- {name: A}\n- {name: FallbackClassifier, threshold: 0.4, ambiguity_threshold: 0.1}\n", "utf-8")
    assert fallback_thresholds(config) == (0.4, 0.1)
    assert all(0 < one < 1 for one in fallback_thresholds())
