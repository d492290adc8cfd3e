"""One bill on the command line: each component with how it came about, its source and what is left."""

from datetime import date

import pytest
from real_packs import PACKS

from rules_engine.__main__ import main

HANGZHOU = ("--insured", "杭州", "--treatment", "上海", "--fact", "scheme=职工医保", "--fact", "employment=在职")


@pytest.fixture
def cost(capsys):
    """Computes a cost; gives exit code, what was printed, and what was complained of."""

    def run(*argv):
        code = main(["cost", *argv], today=lambda: date(2026, 11, 22), read_packs=lambda folder: PACKS)
        return code, *capsys.readouterr()

    return run


def test_each_component_tells_formula_source_and_what_is_left(cost):
    code, told, _ = cost(
        *HANGZHOU, "--fact", "has_valid_filing=否", "--fact", "hospital_level=三级医院", "--total", "25000", "--non-covered", "2000", "--class-b", "300.55",
    )
    assert code == 0
    for part in (
        "结论：自己付10,765.16元，医保付14,234.84元", "第1步：自费 2,000元", "依据：账单", "第3步：异地先行自付 4,539.89元",
        "怎么来的：22,699.45元 × 20% = 4,539.89元", "依据：《杭州医保异地就医宣传分册》", "（公开数字）", "还剩：18,159.56元",
        "说明：按今年第一次住院",
    ):
        assert part in told
    assert "没有说自费" not in told


def test_without_the_level_every_published_one_is_computed(cost):
    code, told, _ = cost(*HANGZHOU, "--fact", "has_valid_filing=否", "--total", "25000")
    assert code == 0
    assert told.count("结论：自己付") == 4
    assert "没有说医院等级，每一级都算" in told
    assert "说明：没有说自费和乙类自付，先按0算" in told


def test_what_nobody_printed_makes_it_at_least_and_a_later_stay_a_range(cost):
    _, told, _ = cost("--insured", "乌鲁木齐", "--treatment", "上海", "--fact", "scheme=resident", "--fact", "hospital_level=tertiary", "--total", "25000")
    assert "结论：自己付至少8,750元" in told
    _, told, _ = cost(*HANGZHOU, "--fact", "has_valid_filing=否", "--fact", "hospital_level=tertiary", "--fact", "stay_in_year=2", "--total", "25000")
    assert "结论：自己付8,600元到9,256元" in told


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (("--total", "25000"), "还不知道参保地（insured_region）"),
        (("--insured", "威海", "--total", "25000"), "还不知道职工还是居民医保（scheme）"),
        (("--insured", "苏州", "--total", "25000"), "没有江苏省苏州市的政策包"),
        (("--insured", "山东", "--total", "25000"), "还不知道是哪个市"),
        ((*HANGZHOU, "--total", "两万"), "「总费用」写的是「两万」，不是数字"),
        ((*HANGZHOU, "--total", "100", "--non-covered", "101"), "比总费用（100元）还多"),
        ((*HANGZHOU, "--total", "-1"), "是负数"),
        ((*HANGZHOU, "--fact", "has_valid_filing=否", "--total", "1", "--on", "2010-01-01"), "从2020年12月9日起才有"),
    ],
)
def test_what_cannot_be_computed_says_why_and_ends_with_one(cost, argv, complaint):
    code, told, complained = cost(*argv)
    assert (code, told) == (1, "")
    assert complaint in complained
