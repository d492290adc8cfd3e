"""What the packs hold, for the desk: provisions found by words, changes between two days, whom to ask."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from rules_engine.errors import PolicyError
from rules_engine.provisions import Version
from rules_engine.regions import NATIONAL
from server.desk_cards import citation_shown, provision_shown
from server.desk_policy import DeskPolicy, desk_policy
from server.desk_sessions import Asking
from server.routes import desk_answer_models as models
from server.routes.desk_errors import DeskRoute, bad_value, refusal_of_other_methods, refusals
from services import bootstrap
from services.contact_sources import Printed, contacts_with_sources
from services.policy_changes import Change, changes_between
from services.policy_lookups import short_name_of
from services.provision_search_store import Found, texts_of
from services.provision_words import value_shown

router = APIRouter(prefix="/desk", route_class=DeskRoute)
MOST_SNIPPETS = 3


@router.get("/provisions", response_model=models.ProvisionsShown, responses=refusals(401, 403))
def provisions(asking: Asking, given: models.ProvisionsAsked) -> dict[str, Any]:
    """The provisions in force on a day in which the words stand, best first."""
    policy, on = desk_policy(), given.on or bootstrap.today()
    line = policy.reader.spelled(given.q)
    found = policy.search.find(line, given.region, on)
    sought = policy.search.sought(line)
    return {"on": on, "provisions": [_found(one, sought, policy) for one in found]}


@router.get("/changes", response_model=models.ChangesShown, responses=refusals(401, 403))
def changes(asking: Asking, given: models.ChangesAsked) -> dict[str, Any]:
    """What began, ended or became another after the first day, up to and with the last."""
    if given.last < given.first:
        raise bad_value("to", "不能早于开始那天")
    policy = desk_policy()
    found = changes_between(policy.answers.packs, given.first, given.last, given.region)
    return {"changes": [_change(one, policy) for one in found]}


@router.get("/contacts", response_model=models.ContactsShown, responses=refusals(401, 403))
def contacts(asking: Asking, given: models.ContactsAsked) -> dict[str, Any]:
    """Whom to ask, by region, each number with the document that prints it; the national lines last."""
    policy = desk_policy()
    codes = (given.region,) if given.region else policy.answers.packs.covered
    return {"regions": [_contacts_of(code, policy) for code in dict.fromkeys((*codes, NATIONAL))]}


refusal_of_other_methods(router)


def _found(found: Found, sought: frozenset[str], policy: DeskPolicy) -> dict[str, Any]:
    marked = [{"text": text, "marks": policy.search.marks(text, sought)} for text in texts_of(found)]
    return {
        **provision_shown(found.provision, found.version.effective_from, policy.answers),
        "region": found.region, "region_name": short_name_of(found.region),
        "title_marks": policy.search.marks(found.provision.title, sought),
        "snippets": ([one for one in marked if one["marks"]] or marked)[:MOST_SNIPPETS],
    }


def _change(change: Change, policy: DeskPolicy) -> dict[str, Any]:
    provision = change.provision
    return {
        "on": change.on, "kind": change.kind, "region": change.region, "region_name": short_name_of(change.region),
        "provision": provision.id, "title": provision.title, "topic": provision.topic,
        "topic_title": policy.answers.topic_title(provision.topic),
        "old": _version(change.old, provision.unit, policy), "new": _version(change.new, provision.unit, policy),
    }


def _version(version: Version | None, unit: str, policy: DeskPolicy) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "value": value_shown(version.value, unit, policy.answers.packs.value_words), "says": version.wording.says,
        "effective_from": version.effective_from, "effective_to": version.effective_to,
        "citation": citation_shown(version.citation),
    }


def _contacts_of(code: str, policy: DeskPolicy) -> dict[str, Any]:
    try:
        area = policy.answers.packs.area_of(code)
    except PolicyError:
        raise bad_value("region", "不是行政区划的代码，请核对") from None
    printed = contacts_with_sources(policy.answers.packs, area)
    return {"region": area, "region_name": short_name_of(area), "contacts": [_contact(one, policy) for one in printed]}


def _contact(printed: Printed, policy: DeskPolicy) -> dict[str, Any]:
    contact = printed.contact
    return {
        "name": contact.name, "phone": contact.phone,
        "topics": [policy.answers.topic_title(topic) for topic in contact.topics],
        "citation": citation_shown(printed.citation) if printed.citation else None,
    }
