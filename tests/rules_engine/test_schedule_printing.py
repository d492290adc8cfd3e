"""A schedule on the command line: every figure under its hospital level, second-hand ones marked, no Python."""

from datetime import date

import pytest
from real_packs import PACKS

from rules_engine.__main__ import main
from rules_engine.packs import PACKS_DIR, read_yaml
from rules_engine.schedule_printing import SECOND_HAND, table_lines
from rules_engine.schedules import COMPONENT_WORDS, as_schedule

TODAY = date(2026, 11, 22)
TABLES = [p for found in PACKS.all_provisions.values() for p in found if p.unit in ("schedule", "critical_illness")]


@pytest.fixture
def run(capsys):
    """What one command prints."""

    def run_command(*argv):
        assert main(argv, today=lambda: TODAY, read_packs=lambda folder: PACKS) == 0
        return capsys.readouterr().out

    return run_command


def table_of(name):
    provision = PACKS.provision(name)
    return list(table_lines(provision.versions[-1].value, provision.unit))


def test_each_level_has_its_deductible_and_the_rate_of_each_band_under_each_other():
    assert table_of("weihai.inpatient_schedule.resident.tier_two") == [
        "次序：自费、乙类先行自付、异地先行自付、起付线、按比例自付、超过封顶线",
        "异地先付：先扣一份，按扣到这一步剩下的钱算",
        "医院等级        起付线    40,000元以内  40,000元到300,000元",
        "社区等基层机构  没有数字  85%           85%",
        "一级医院        300元     80%           80%",
        "二级医院        500元     65%           70%",
        "三级医院        800元     55%           70%",
        "起付线：一年里前2次住院有，以后没有",
        "分段：起付线算在段里",
        "封顶线：一年最多300,000元",
    ]


def test_deductible_outside_the_city_has_its_own_row():
    assert "去市外看  1,500元  按等级        按等级" in table_of("gaoyou.inpatient_schedule.employee.working")


def test_what_nobody_printed_is_said_to_be_missing():
    told = table_of("urumqi.inpatient_schedule.resident")
    assert "一级医院  没有数字  90%" in told
    assert "封顶线：没有公开的数字" in told
    assert not any(line.startswith("起付线：") for line in told)


def test_critical_illness_is_told_band_by_band():
    assert table_of("weihai.critical_illness.resident") == [
        "算进一年里自己负担的：起付线、按比例自付、超过封顶线",
        "18,000元到100,000元：报60%", "100,000元到200,000元：报65%", "200,000元到300,000元：报70%",
        "300,000元以上：报75%", "封顶线：一年最多400,000元",
    ]


def test_a_lowered_rate_is_told_without_a_base_that_it_has_not():
    table = as_schedule({
        "order": list(COMPONENT_WORDS), "share": {"shape": "rate_points", "base": "remaining"},
        "deductible": {"tertiary": "800"}, "deductible_stays": None, "measure": "after_deductible",
        "bands": [{"up_to": None, "rates": {"tertiary": "0.80"}}], "ceiling": None,
    })
    told = list(table_lines(table, "schedule"))
    assert {"异地先付：降点", "分段：起付线不算在段里", "起付线：一年里第一次住院有，以后各次没有公开"} <= set(told)


def test_show_marks_second_hand_figures_and_their_source(run):
    told = run("show", "威海", "cost_estimate")
    assert f"  数值{SECOND_HAND}：\n    次序：" in told
    assert f"依据：威海本地宝2023年网页 居民二档住院{SECOND_HAND}" in told
    assert SECOND_HAND not in run("show", "威海", "share_borne")


def test_ask_prints_the_table_of_the_provision_that_decided(run):
    told = run(
        "ask", "cost_estimate", "--insured", "威海", "--fact", "care_type=住院", "--fact", "scheme=居民医保",
        "--fact", "benefit_tier=一档",
    )
    assert f"  数值{SECOND_HAND}：" in told
    assert "    三级医院        800元     50%\n" in told
    assert f"（2023年）{SECOND_HAND}" in told


@pytest.mark.parametrize("provision", TABLES, ids=lambda provision: provision.id)
def test_no_table_is_printed_as_python(provision):
    told = "\n".join(table_of(provision.id))
    assert not any(word in told for word in ("Decimal", "None", "(", "{", "_"))


def test_the_components_are_called_as_in_every_computed_cost():
    words = read_yaml(PACKS_DIR / "cost_words.yml")["cost_words"]["components"]
    assert {name: words[name]["title"] for name in COMPONENT_WORDS} == COMPONENT_WORDS
