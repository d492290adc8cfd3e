"""Cost over the desk's API: what the form asks for, an estimate, and cases side by side. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from rules_engine.facts import Facts
from server.desk_sessions import Asking
from server.routes.desk_bad_input import title_of
from server.routes.desk_cost_answers import CompareAnswer, CostAnswer, FormAnswer
from server.routes.desk_cost_models import Compared, CostGiven, FormAsked
from server.routes.desk_cost_shown import beside_shown, estimate_shown, fields_shown
from server.routes.desk_errors import DeskRoute, refusal, refusal_of_other_methods, refusals
from services import bootstrap
from services.cost_given import BadCostInput, question_of

router = APIRouter(prefix="/desk/cost", route_class=DeskRoute)


@router.get("/form", response_model=FormAnswer, responses=refusals(401, 403))
def form(asking: Asking, asked: FormAsked) -> dict[str, Any] | Response:
    """The fields that matter to people insured there on that day; without a place, the places."""
    try:
        facts = question_of({"insured_region": asked.region}).facts if asked.region else Facts()
    except BadCostInput as fault:
        return _refused({"region": fault.faults["insured_region"]})
    desk, words = bootstrap.cost_desk(), bootstrap.cost_words()["desk"]
    return {
        "region": facts.known().get("insured_region"), "title": words["title"], "note": words["note"],
        "today": bootstrap.today(), "fields": fields_shown(desk.forms.fields(facts, asked.on)),
        "sheet": fields_shown(desk.forms.sheet()),
    }


@router.post("", response_model=CostAnswer, responses=refusals(401, 403))
def estimate(asking: Asking, given: CostGiven) -> dict[str, Any] | Response:
    """What the bill comes to, or what is missing to tell."""
    told = given.told()
    try:
        return estimate_shown(bootstrap.cost_desk().estimate(told), told)
    except BadCostInput as fault:
        return _refused(fault.faults)


@router.post("/compare", response_model=CompareAnswer, responses=refusals(401, 403))
def compare(asking: Asking, given: Compared) -> dict[str, Any] | Response:
    """The base case and up to four others beside it, component by component."""
    base = given.base.told()
    desk = bootstrap.cost_desk()
    try:
        first = desk.estimate(base)
    except BadCostInput as fault:
        return _refused({f"base.{name}": message for name, message in fault.faults.items()})
    shown = []
    for at, variant in enumerate(given.variants):
        told = variant.changes.changed(base)
        try:
            shown.append(beside_shown(variant.title, desk.beside(first, told), told))
        except BadCostInput as fault:
            return _refused({f"variants.{at}.changes.{name}": message for name, message in fault.faults.items()})
    return {"base": estimate_shown(first, base), "variants": shown}


def _refused(faults: dict[str, str]) -> Response:
    key, message = next(iter(faults.items()))
    return refusal("bad_input", f"{title_of(key)}：{message.removesuffix('。')}。", {"faults": faults})


refusal_of_other_methods(router)
