"""Cost over the desk's API: to the cent what was worked out by hand, the same as the conversation says, never a guess."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from desk_callers import PASSWORD, a_desk
from desk_callers import said as refused
from fastapi import FastAPI
from filing_office import an_office
from written_cost_cases import ALL_CASES, YEAR, Case

from rules_engine.bills import TITLES as SUMS
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES
from rules_engine.schedules import COMPONENTS
from server.routes import desk_cost
from server.routes.desk_cost_models import CostGiven
from services import bootstrap

TERTIARY = {
    "insured_region": "杭州", "treatment_region": "上海", "situation": "self_arranged", "has_valid_filing": False,
    "scheme": "employee", "employment": "working", "hospital_level": "tertiary", "total_amount": "25000",
    "non_covered_amount": "0", "class_b_upfront_amount": "0",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with an_office(folder) as office, a_desk(office, folder) as made:
        made.include_router(desk_cost.router)
        yield made


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
async def agent(stranger: httpx.AsyncClient) -> httpx.AsyncClient:
    login = await stranger.post("/desk/login", json={"officer_id": "wang03", "password": PASSWORD})
    stranger.cookies.clear()
    stranger.headers["Authorization"] = f"Bearer {login.json()['token']}"
    return stranger


async def estimate(agent: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await agent.post("/desk/cost", json=given)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def faults(agent: httpx.AsyncClient, path: str = "", **given: Any) -> dict[str, str]:
    answer = await agent.post(f"/desk/cost{path}", json=given)
    assert refused(answer) == (422, "bad_input")
    said: dict[str, str] = answer.json()["details"]["faults"]
    return said


def as_form(case: Case) -> dict[str, Any]:
    """The case as a form tells it; every input of the cases has its field."""
    given = {name: value for name, value in case.given.items() if name in {*FACT_NAMES, *SUMS, *YEAR}}
    assert len(given) == len(case.given) - 1
    return {**given, "admitted_on": case.given["on"].isoformat()}


def amounts(settlement: Mapping[str, Any]) -> dict[str, Decimal]:
    return {part["name"]: Decimal(part["amount"]) for part in settlement["components"]}


@pytest.mark.parametrize("city", sorted({case.city for case in ALL_CASES}))
async def test_every_bill_worked_out_by_hand_comes_to_the_same_cent(agent, city):
    for case in (one for one in ALL_CASES if one.city == city):
        shown, expect = await estimate(agent, **as_form(case)), case.expect
        if "outcome" in expect:
            assert (shown["status"], shown["cost"]) == ("not_computable", None), case.name
            assert shown["why_not"], case.name
            continue
        cost, found = shown["cost"], amounts(shown["cost"])
        assert cost["patient"] == expect["patient_total_amount"], case.name
        assert (cost["at_least"], cost.get("patient_high")) == (expect.get("at_least", False), expect.get("patient_high"))
        taken = found.get("critical_illness_amount", Decimal(0))
        assert taken == Decimal(expect.get("critical_illness_amount", 0)), case.name
        assert f"{found['pooled_fund_amount']:.2f}" == expect.get("pooled_fund_amount", f"{found['pooled_fund_amount']:.2f}")
        for name in () if taken else COMPONENTS:
            assert found.get(name, Decimal(0)) == Decimal(expect.get(name, found.get(name, 0))), f"{case.name}: {name}"
        assert sum(found.values()) == Decimal(cost["total"]), case.name


async def test_the_desk_draws_from_the_very_card_that_the_conversation_gets(agent):
    replies = bootstrap.cost_replies()
    for case in (one for one in ALL_CASES if one.estimate.lines):
        shown, said = await estimate(agent, **as_form(case)), replies.reply(case.estimate)
        card = {name: value for name, value in shown["cost"].items() if value is not None}
        assert card["settlements"][0]["components"] == list(said.custom["settlements"][0]["components"]), case.name
        assert {name: card.get(name) for name in ("title", "total", "patient", "fund", "what_if", "assumptions", "note")} == {
            name: said.custom.get(name) for name in ("title", "total", "patient", "fund", "what_if", "assumptions", "note")
        }
        assert (shown["conclusion"], shown["basis"]) == (said.conclusion, list(said.basis)), case.name


async def test_what_is_untold_is_asked_with_what_can_be_chosen_and_nothing_is_reckoned(agent):
    shown = await estimate(agent, insured_region="威海", total_amount="25000", treatment_region="北京")
    assert (shown["status"], shown["cost"]) == ("asks", None)
    first, second = shown["missing"][:2]
    assert (first["name"], [one["title"] for one in first["options"]]) == ("scheme", ["职工医保", "居民医保"])
    assert second["name"] == "benefit_tier"
    assert (await estimate(agent))["missing"][0]["name"] == "insured_region"


async def test_what_somebody_does_not_know_gives_a_line_for_each_way_it_may_turn_out(agent):
    shown = await estimate(agent, **{**TERTIARY, "employment": None}, skipped=["employment"])
    assert [one["label"] for one in shown["cost"]["settlements"]] == ["在职", "退休"]
    assert [one["name"] for one in shown["missing"]] == ["employment"]
    levels = await estimate(agent, **{**TERTIARY, "hospital_level": None})
    assert [one["label"] for one in levels["cost"]["settlements"]] == ["三级医院", "二级医院", "一级医院", "社区等基层机构"]


async def test_a_stay_whose_deductible_nobody_published_is_at_least_and_a_later_stay_a_range(agent):
    urumqi = {**TERTIARY, "insured_region": "乌鲁木齐", "situation": "referral", "has_valid_filing": True}
    assert (await estimate(agent, **urumqi))["cost"]["at_least"] is True
    later = (await estimate(agent, **TERTIARY, stay_in_year=2))["cost"]
    assert (later["at_least"], later["patient"], later["patient_high"]) == (False, "8600.00", "9256.00")


async def test_an_exception_that_an_untold_fact_would_bring_is_named(agent):
    shown = await estimate(agent, **TERTIARY)
    assert "care_stage" in [one["name"] for one in shown["may_differ_by"]]
    assert "person_group" not in shown["matters"]  # it is of residents only


async def test_figures_of_ones_own_sheet_replace_the_public_ones(agent):
    shown = await estimate(agent, **TERTIARY, own_deductible_amount="1000", own_rate="0.9")
    found = amounts(shown["cost"])
    assert (found["deductible"], found["coinsurance_amount"]) == (Decimal(1000), Decimal("1900.00"))
    assert "起付线或比例用的是您说的数。" in shown["cost"]["assumptions"]


async def test_class_b_lines_are_added_up_and_one_without_its_share_makes_it_at_least(agent):
    case = {**TERTIARY, "class_b_upfront_amount": None}
    whole = await estimate(agent, **case, class_a_amount="21000", class_b_lines=[
        {"amount": "3000", "rate": "0.1"}, {"amount": "1,000.00", "rate": "0.05"},
    ])
    assert amounts(whole["cost"])["class_b_upfront_amount"] == Decimal(350)
    assert whole["cost"]["at_least"] is False
    open_one = await estimate(agent, **case, class_b_lines=[{"amount": "3000", "rate": "0.1"}, {"amount": "1000"}])
    assert open_one["cost"]["at_least"] is True
    assert any("1,000元的乙类项目没写先付比例" in line for line in open_one["cost"]["assumptions"])


async def test_what_no_class_accounts_for_is_told_back_and_where_all_is_accounted_for_nothing_is(agent):
    case = {name: value for name, value in TERTIARY.items() if not name.endswith(("covered_amount", "upfront_amount"))}
    some = await estimate(agent, **case, class_a_amount="20000")
    assert any("5,000元没写甲乙类" in line for line in some["cost"]["assumptions"]) and some["cost"]["at_least"]
    whole = await estimate(agent, **case, class_a_amount="25000")
    assert (whole["cost"]["patient"], whole["cost"]["at_least"]) == ("9256.00", False)


async def test_a_settlement_sheet_is_set_against_ours_sum_by_sum(agent):
    shown = await estimate(agent, **TERTIARY, sheet={"deductible": "800", "out_of_area_upfront_amount": "2500"})
    rows = {row["name"]: row for row in shown["sheet_rows"]}
    assert rows["deductible"]["is_same"] is True
    assert rows["out_of_area_upfront_amount"] == {
        "name": "out_of_area_upfront_amount", "title": "异地先行自付", "ours": "5000.00", "sheet": "2500.00", "is_same": False,
    }
    assert shown["sheet_lines"][0].startswith("先不一样的是「异地先行自付」：结算单2,500元，我算的5,000元")


async def test_a_sum_of_the_sheet_that_we_have_none_for_is_not_called_the_same(agent):
    shown = await estimate(agent, **TERTIARY, sheet={"critical_illness_amount": "5000"})
    [row] = shown["sheet_rows"]
    assert (row["ours"], row["is_same"]) == (None, False)
    assert "按结算单的5,000元为准" in shown["sheet_lines"][0]


@pytest.mark.parametrize(("given", "field", "said"), [
    ({"total_amount": "两万五"}, "total_amount", "要写成 25000"),
    ({"total_amount": "-1"}, "total_amount", "要写成 25000"),
    ({"total_amount": 25000}, "total_amount", "要写成 25000"),
    ({"own_rate": "80"}, "own_rate", "80%写成 0.8"),
    ({"insured_region": "没有这个市"}, "insured_region", "没有找到叫「没有这个市」的地方"),
    ({"treatment_region": "和平"}, "treatment_region", "不止一个"),
    ({"treatment_region": "999999"}, "treatment_region", "没有找到这个地方"),
    ({"admitted_on": "2026-02-30"}, "admitted_on", "不是日历上有的一天"),
    ({"total_amount": "100", "non_covered_amount": "101"}, "non_covered_amount", "比总费用（100元）还多"),
    ({"total_amount": "100", "in_scope_amount": "101"}, "in_scope_amount", "比总费用（100元）还多"),
    ({"class_a_amount": "5"}, "total_amount", "没有填"),
    ({"total_amount": "100", "class_a_amount": "60", "non_covered_amount": "50"}, "class_a_amount", "比总费用（100元）还多"),
    ({"total_amount": "100", "class_b_lines": [{"amount": "101"}]}, "class_b_lines", "比总费用（100元）还多"),
    ({"class_b_lines": [{"amount": "1"}], "class_b_upfront_amount": "1"}, "class_b_upfront_amount", "只填一样"),
    ({"class_b_lines": [{"amount": "1"}, {"amount": "x"}]}, "class_b_lines.1.amount", "要写成 25000"),
    ({"sheet": {"deductible": "x"}}, "sheet.deductible", "要写成 25000"),
])
async def test_what_is_wrong_is_told_at_its_field(agent, given, field, said):
    assert said in (await faults(agent, **given))[field]


async def test_cases_stand_side_by_side_component_by_component(agent):
    answer = (await agent.post("/desk/cost/compare", json={
        "base": TERTIARY, "variants": [{"title": "备了案", "changes": {"has_valid_filing": True, "situation": "referral"}}],
    })).json()
    (filed,) = answer["variants"]
    rows = {row["name"]: (row["base"], row["other"], row["difference"]) for row in filed["differences"]}
    assert rows == {
        "out_of_area_upfront_amount": ("5000.00", "0.00", "-5000.00"), "deductible": ("800.00", "800.00", "0.00"),
        "coinsurance_amount": ("3456.00", "4356.00", "900.00"), "pooled_fund_amount": ("15744.00", "19844.00", "4100.00"),
        "patient_total_amount": ("9256.00", "5156.00", "-4100.00"), "fund_total_amount": ("15744.00", "19844.00", "4100.00"),
    }
    assert (filed["title"], filed["note"]) == ("备了案", "")


async def test_the_variants_that_an_estimate_offers_give_the_differences_it_told(agent):
    shown = await estimate(agent, **TERTIARY)
    variants = [{"title": one["title"], "changes": one["changes"]} for one in shown["what_ifs"][:4]]
    answer = (await agent.post("/desk/cost/compare", json={"base": TERTIARY, "variants": variants})).json()
    told = [(one["label"], one["difference"]) for one in shown["cost"]["what_if"][:4]]
    assert [(one["title"], next(
        row["difference"] for row in one["differences"] if row["name"] == "patient_total_amount"
    )) for one in answer["variants"]] == told
    assert len(told) == 4


async def test_there_is_no_difference_from_what_nobody_printed_or_nobody_told(agent):
    urumqi = {**TERTIARY, "insured_region": "乌鲁木齐", "situation": "referral", "has_valid_filing": True}
    answer = (await agent.post("/desk/cost/compare", json={"base": urumqi, "variants": [
        {"changes": {"hospital_level": "secondary"}}, {"changes": {"scheme": None}},
    ]})).json()
    level, scheme = answer["variants"]
    assert {row["difference"] for row in level["differences"]} == {None} and "至少" in level["note"]
    assert next(row for row in level["differences"] if row["name"] == "deductible")["base"] is None
    assert scheme["differences"] == [] and scheme["estimate"]["status"] == "asks" and scheme["note"]


async def test_a_variants_fault_is_told_at_its_field(agent):
    said = await faults(agent, "/compare", base=TERTIARY, variants=[{"changes": {}}, {"changes": {"treatment_region": "和平"}}])
    assert list(said) == ["variants.1.changes.treatment_region"]
    assert list(await faults(agent, "/compare", base=TERTIARY, variants=[{"changes": {}}] * 5)) == ["variants"]
    assert list(await faults(agent, "/compare", base={"insured_region": "和平"}, variants=[{"changes": {}}])) == ["base.insured_region"]


async def test_the_form_asks_only_what_the_packs_hang_on(agent):
    async def names(**query: str) -> list[str]:
        answer = await agent.get("/desk/cost/form", params=query)
        return [field["name"] for field in answer.json()["fields"]]

    anywhere, weihai, hangzhou = await names(), await names(region="威海"), await names(region="330100")
    assert "scheme" not in anywhere and anywhere[0] == "insured_region"
    assert "benefit_tier" in weihai and "benefit_tier" not in hangzhou
    assert "employment" in hangzhou and "employment" not in weihai
    assert "year_fund_amount" in weihai and "year_fund_amount" not in hangzhou
    assert "scheme" not in await names(region="威海", on="2000-01-01")  # nothing was in force


async def test_the_form_tells_levels_without_figures_and_a_place_that_is_none(agent):
    fields = (await agent.get("/desk/cost/form", params={"region": "650100"})).json()["fields"]
    (levels,) = [field["options"] for field in fields if field["name"] == "hospital_level"]
    assert {one["value"]: one["note"] for one in levels}["community"] == "没有公开数字"
    refused = await agent.get("/desk/cost/form", params={"region": "没有"})
    assert "没有找到" in refused.json()["details"]["faults"]["region"]


async def test_the_text_to_copy_holds_the_case_the_sums_every_source_with_its_year_and_that_it_is_an_estimate(agent):
    text = (await estimate(agent, **TERTIARY))["text"]
    for words in ("参保地：浙江省杭州市", "没备案", "25,000元 × 20% = 5,000元", "（2023年6月）", "（2020年12月）", "以医院结算单为准"):
        assert words in text, words


async def test_a_place_without_a_pack_gets_no_figure_but_whom_to_ask(agent):
    shown = await estimate(agent, **{**TERTIARY, "insured_region": "成都"})
    assert shown["status"] == "not_computable" and any("12393" in line for line in shown["why_not"])


@pytest.mark.parametrize("path", ["", "/compare", "/form"])
async def test_nobody_reckons_without_being_signed_in(stranger, path):
    ask = stranger.get if path == "/form" else stranger.post
    assert (await ask(f"/desk/cost{path}")).status_code == 401


def test_the_form_takes_every_value_that_the_engine_knows():
    for name, field in CostGiven.model_fields.items():
        if name in ALLOWED_VALUES and True not in ALLOWED_VALUES[name][:1]:
            (choice, _) = get_args(field.annotation)
            assert get_args(choice) == ALLOWED_VALUES[name], name


async def test_an_untold_day_is_today_and_a_told_one_picks_the_rules(agent):
    assert (await estimate(agent, **TERTIARY))["admitted_on"] == bootstrap.today().isoformat()
    early = await estimate(agent, **TERTIARY, admitted_on=date(2019, 1, 1).isoformat())
    assert early["status"] == "not_computable"
