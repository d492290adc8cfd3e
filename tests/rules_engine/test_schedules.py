"""Reading a schedule: what stands in the pack is what is computed with; what cannot be one is refused by name.

The mistakes a policy officer is likely to make, one by one, with their messages: tests/broken_packs/schedule_*.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from rules_engine.pack_checks import check_provision
from rules_engine.schedule_cells import BadTable
from rules_engine.schedules import COMPONENTS, as_critical_illness, as_schedule

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "tasks" / "add_a_benefit_schedule.md"
SCHEDULE = {
    "order": list(COMPONENTS),
    "share": {"shape": "rate_points", "base": "covered"},
    "deductible": {"tertiary": "800.50", "outside": "1500"},
    "deductible_stays": None,
    "measure": "after_deductible",
    "bands": [
        {"up_to": "40000", "rates": {"secondary": "0.905", "tertiary": "0"}},
        {"up_to": None, "rates": {"secondary": "1", "tertiary": "0.80"}},
    ],
    "ceiling": None,
}
CRITICAL = {
    "starts_at": "18000",
    "bands": [{"up_to": "100000", "rate": "0.60"}, {"up_to": None, "rate": "0.75"}],
    "ceiling": "400000",
    "counts": ["deductible", "coinsurance_amount"],
}


def schedule(**changes):
    return as_schedule(SCHEDULE | changes)


def critical(**changes):
    return as_critical_illness(CRITICAL | changes)


def refused(read, **changes):
    with pytest.raises(BadTable) as fault:
        read(**changes)
    return str(fault.value)


def test_every_figure_is_read_exactly_as_it_is_written():
    read = schedule()
    assert (read.order, read.shape, read.base, read.measure) == (COMPONENTS, "rate_points", "covered", "after_deductible")
    assert read.deductible == {"tertiary": Decimal("800.50"), "outside": Decimal(1500)}
    assert [(band.up_to, dict(band.rates)) for band in read.bands] == [
        (Decimal(40000), {"secondary": Decimal("0.905"), "tertiary": Decimal(0)}),
        (None, {"secondary": Decimal(1), "tertiary": Decimal("0.80")}),
    ]
    assert (read.deductible_stays, read.ceiling) == (None, None)


def test_critical_illness_is_read_exactly_as_it_is_written():
    read = critical()
    assert (read.starts_at, read.ceiling, read.counts) == (18000, 400000, ("deductible", "coinsurance_amount"))
    assert [(band.up_to, band.rate) for band in read.bands] == [(100000, Decimal("0.60")), (None, Decimal("0.75"))]


def test_a_level_nobody_printed_is_missing_and_never_taken_from_another():
    read = schedule()
    assert read.levels == ("secondary", "tertiary")
    assert "secondary" not in read.deductible


def test_a_schedule_may_have_no_deductible_at_all():
    assert schedule(deductible={}).deductible == {}


@pytest.mark.parametrize("written", [800, 800.5, True, None, "", "８百", "-1", "NaN", "Infinity", "1,500", "800.505", [], "80%"])
def test_what_is_no_quoted_sum_of_yuan_is_refused_in_every_cell(written):
    assert "deductible 的 tertiary" in refused(schedule, deductible={"tertiary": written})
    assert "starts_at" in refused(critical, starts_at=written)
    if written is not None:
        assert "ceiling" in refused(schedule, ceiling=written)
        assert "bands 第1段的 up_to" in refused(schedule, bands=[{"up_to": written, "rates": {"tertiary": "0.80"}}])


@pytest.mark.parametrize("written", [1, 0.8, True, None, "80", "1.01", "-0.1", "80%", "NaN", "八成"])
def test_what_is_no_quoted_rate_is_refused(written):
    assert "bands 第1段的 tertiary" in refused(schedule, bands=[{"up_to": None, "rates": {"tertiary": written}}])
    assert "bands 第1段的 rate" in refused(critical, bands=[{"up_to": None, "rate": written}])


@pytest.mark.parametrize("key", SCHEDULE)
@pytest.mark.parametrize("written", [None, "很多", 1.5, [], [None], {"tertiary": None}, {None: None}])
def test_nonsense_in_any_key_is_refused_in_words_and_never_breaks_the_check(key, written):
    if written is None and key in ("deductible_stays", "ceiling"):
        assert schedule(**{key: None})
    else:
        assert key in refused(schedule, **{key: written})


@pytest.mark.parametrize("key", CRITICAL)
@pytest.mark.parametrize("written", ["很多", 1.5, [], [None], {"tertiary": None}])
def test_nonsense_in_any_key_of_critical_illness_is_refused_in_words(key, written):
    assert key in refused(critical, **{key: written})


@pytest.mark.parametrize("key", SCHEDULE)
def test_each_key_is_needed(key):
    left = {name: value for name, value in SCHEDULE.items() if name != key}
    with pytest.raises(BadTable, match=f"待遇表缺少 {key}"):
        as_schedule(left)


@pytest.mark.parametrize("limits", [("40000", "40000"), ("40000", "30000"), (None, "40000"), (None, None)])
def test_bands_must_follow_each_other_upwards_with_only_the_last_open(limits):
    rows = [{"up_to": limit, "rates": {"tertiary": "0.80"}} for limit in limits]
    assert "bands" in refused(schedule, bands=rows)
    assert "bands" in refused(critical, bands=[{"up_to": limit, "rate": "0.60"} for limit in limits])


@pytest.mark.parametrize("stays", [0, -1, 1.5, True, "2"])
def test_number_of_stays_with_a_deductible_is_a_whole_number_from_one(stays):
    assert "不加引号" in refused(schedule, deductible_stays=stays)


def test_the_example_in_the_instructions_is_one_that_the_check_accepts():
    text = HOW_TO.read_text(encoding="utf-8")
    blocks = [YAML(typ="safe").load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    packs = [block for block in blocks if isinstance(block, dict) and "provisions" in block]
    units = [row["unit"] for pack in packs for row in pack["provisions"]]
    assert {"schedule", "critical_illness"} <= set(units)
    for pack in packs:
        for row in pack["provisions"]:
            check_provision("docs", row, {"cost_estimate", "critical_illness"})
