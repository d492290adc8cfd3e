"""The engine on the command line: in Chinese, with its grounds, and never a traceback."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from real_packs import PACKS

from rules_engine.__main__ import main
from rules_engine.fact_words import TITLES, value_in_words
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES
from rules_engine.packs import load
from rules_engine.printing import in_words

BROKEN = Path(__file__).resolve().parent.parent / "broken_packs"


@pytest.fixture
def run(capsys):
    """Runs one command; gives exit code, what was printed, and what was complained of."""

    def run_command(*argv, today=date(2026, 11, 22), read_packs=lambda folder: PACKS):
        code = main(argv, today=lambda: today, read_packs=read_packs)
        return code, *capsys.readouterr()

    return run_command


@pytest.fixture
def wrong_usage(capsys):
    """Runs a command that cannot be read; gives exit code and complaint."""

    def run_command(*argv):
        with pytest.raises(SystemExit) as left:
            main(argv)
        return left.value.code, capsys.readouterr().err

    return run_command


def test_ask_tells_outcome_value_wording_and_source(run):
    code, told, _ = run(
        "ask", "filing_needed", "--insured", "威海", "--treatment", "烟台", "--situation", "temporary_care", "--on", "2026-11-22"
    )
    assert code == 0
    for part in (
        "要不要备案（filing_needed）", "就医地：山东省烟台市", "就医情形：临时外出就医", "结论：有规定（decided）",
        "第1步：省内跨市临时看病（weihai.filing_needed.within_province.temporary_care）", "数值：不用备案（not_needed）",
        "的通知》一（一）、一（二）、一（三）（2021年12月10日）",
    ):
        assert part in told


def test_ask_says_ten_percent_and_not_a_fraction(run):
    _, told, _ = run("ask", "share_borne", "--insured", "威海", "--situation", "referral")
    assert "数值：10%" in told
    assert "0.10" not in told


def test_ask_takes_chinese_titles_counties_and_yes_or_no(run):
    code, told, _ = run("ask", "自己先付多少", "--insured", "荣成", "--situation", "异地长期居住", "--fact", "has_valid_filing=否")
    assert code == 0
    assert "参保地：山东省威海市" in told
    assert "weihai.share_borne.long_term_residence.not_filed" in told


def test_ask_names_what_is_missing_in_chinese(run):
    _, told, _ = run("ask", "filing_needed", "--insured", "威海")
    assert "结论：还要知道一些情况才能定（needs）" in told
    assert "先说清的：省内与跨省、临时与长期的分别" in told
    assert "还要知道（最要紧的在前）：去的地方有多远（destination_scope）、就医情形（situation）" in told


def test_ask_works_out_the_first_day_of_a_change(run):
    _, told, _ = run("ask", "change", "--insured", "威海", "--fact", "confirmed_on=2025-08-31", "--on", "2026-01-05")
    assert "算出来的：可以变更或注销的第一天 2026年3月1日" in told


@pytest.mark.parametrize(
    ("argv", "outcome"),
    [
        (("deductible", "--insured", "威海"), "文件没有写（not_stated）"),
        (("share_borne", "--insured", "威海", "--on", "2021-12-31"), "那一天还没有生效的规定（not_in_force）"),
        (("share_borne", "--insured", "苏州"), "没有这个地区的政策包（no_pack）"),
    ],
)
def test_ask_says_whom_to_ask_where_there_is_no_answer(run, argv, outcome):
    code, told, _ = run("ask", *argv)
    assert code == 0
    assert f"结论：{outcome}" in told
    assert "可以问：全国医保服务热线 12393" in told
    assert "数值：10%" not in told


def test_ask_before_the_first_day_names_that_day(run):
    _, told, _ = run("ask", "share_borne", "--insured", "威海", "--on", "2021-12-31")
    assert "文件从2022年1月1日起执行" in told


def test_day_not_given_is_today(run):
    _, told, _ = run("ask", "share_borne", "--insured", "威海", today=date(2021, 6, 1))
    assert "看病的日子：2021年6月1日" in told
    assert "not_in_force" in told


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (("weather", "--insured", "威海"), "没有「weather」这个话题。可以用：filing_needed（要不要备案）"),
        (("change", "--insured", "没有的地方"), "没有找到叫「没有的地方」的地方"),
        (("change", "--insured", "威海", "--treatment", "朝阳"), "「朝阳」不止一个：辽宁省朝阳市 211300、北京市朝阳区 110105"),
        (("change", "--insured", "999999"), "行政区划代码「999999」不在"),
        (("change", "--insured", "山东"), "还不知道是哪个市"),
        (("change", "--insured", "威海", "--situation", "旅游"), "situation（就医情形）不能是「旅游」。可以用：long_term_residence（异地长期居住）"),
        (("change", "--insured", "威海", "--fact", "has_valid_filing=也许"), "has_valid_filing（有没有有效的备案）不能是「也许」。可以用：是、否"),
        (("change", "--insured", "威海", "--fact", "weather=rain"), "没有「weather」这个情况。可以用：insured_region（参保地）"),
        (("change", "--insured", "威海", "--fact", "confirmed_on=昨天"), "「昨天」不是日期。请写成 2026-03-10 这样"),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_would_do(run, argv, complaint):
    code, told, complained = run("ask", *argv)
    assert (code, told) == (1, "")
    assert complaint in complained


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        ((), "命令写得不对"),
        (("ask", "change", "--on", "昨天"), "日期要写成 2026-11-22 这样"),
        (("ask", "change", "--fact", "confirmed_on"), "要写成 名字=值"),
        (("weather",), "加 -h 看说明"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_so_in_chinese(wrong_usage, argv, complaint):
    code, complained = wrong_usage(*argv)
    assert code == 2
    assert complaint in complained


def test_check_counts_what_there_is(run):
    provisions = [p for found in PACKS.all_provisions.values() for p in found]
    code, told, _ = run("check")
    assert code == 0
    assert "威海" in told
    assert f"{len({p.pack for p in provisions})}个政策包，{len(provisions)}条规定" in told


def test_check_tells_the_mistake_and_ends_with_one(run, tmp_path):
    folder = shutil.copytree(BROKEN / "skeleton", tmp_path / "packs")
    shutil.copy(BROKEN / "no_citation" / "share_borne.yml", folder / "regions" / "371000_weihai")
    code, told, complained = run("check", "--packs", str(folder), read_packs=load)
    assert (code, told) == (1, "")
    assert complained == (BROKEN / "no_citation" / "message.txt").read_text(encoding="utf-8")


def test_check_of_a_folder_that_is_not_there_is_told_too(run, tmp_path):
    code, _, complained = run("check", "--packs", str(tmp_path / "nowhere"), read_packs=load)
    assert code == 1
    assert "topics.yml：没有这个文件" in complained


def test_show_lists_values_conditions_and_clauses_of_a_topic(run):
    code, told, _ = run("show", "威海", "share_borne")
    assert code == 0
    for part in (
        "山东省威海市，2026年11月22日", "# 自己先付多少（share_borne）", "条件：就医情形＝临时外出就医", "数值：10%",
        "依据：威海2021年12月通知 一（三）", "施行：2022年1月1日起", "【概括】", "【文件没有写】",
    ):
        assert part in told


def test_show_of_everything_has_every_provision(run):
    _, told, _ = run("show")
    assert all(provision.id in told for provision in PACKS.provisions("371000"))


def test_show_of_a_day_before_the_first_version_has_nothing(run):
    code, told, _ = run("show", "威海", "--on", "2021-12-31")
    assert code == 0
    assert "这一天没有生效的规定。" in told


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("0.10"), "rate", "10%"), (Decimal("0"), "rate", "0%"), (Decimal("1"), "rate", "100%"),
        (Decimal("0.125"), "rate", "12.5%"), (Decimal("25000"), "yuan", "25,000元"), (6, "months", "6个月"), (30, "days", "30天"),
        (None, "none", "没有数值"), ("needed", "text", "要备案（needed）"), ("2022-01-01", "text", "2022-01-01"),
    ],
)
def test_value_is_said_with_its_unit(value, unit, words):
    assert in_words(value, unit, PACKS.value_words) == words


def test_every_fact_and_every_value_has_a_chinese_name():
    assert TITLES.keys() == set(FACT_NAMES)
    assert all(value_in_words(name, value) for name, allowed in ALLOWED_VALUES.items() for value in allowed)


def test_no_word_is_left_over_that_no_pack_gives_as_value():
    words = {v.value for found in PACKS.all_provisions.values() for p in found for v in p.versions if p.unit == "text"}
    assert PACKS.value_words.keys() <= words
