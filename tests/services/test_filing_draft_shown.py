"""What is typed into an open filing shown to who typed it, and noted; to nobody else, and not once it is handed in."""

from __future__ import annotations

import pytest
from filing_office import PERSON, policy

from services.filing_draft_shown import DraftShown
from services.filing_records import FilingProblem


@pytest.fixture
def shown(office):
    return DraftShown(office.store, office.clock, policy())


def test_what_the_review_masks_is_shown_in_asking_order(office, shown):
    office.ready_to_sign()
    lines = shown.show("c1")
    assert [(line.slot, line.value) for line in lines] == list(PERSON.items())
    assert [line.title for line in lines] == ["姓名", "身份证号码", "联系电话", "通讯地址"]


def test_each_showing_is_noted_under_the_draft_with_what_was_seen(office, shown):
    draft = office.open()
    office.filings.fill("c1", "name", value=PERSON["name"])
    shown.show("c1")
    office.fill_in("c1")
    shown.show("c1")
    with office.store.transaction():
        noted = office.store.access.accesses(draft.draft_id)
    assert [(one.actor, one.action, one.fields) for one in noted] == [
        ("insured_person", "draft", ("name",)),
        ("insured_person", "draft", ("address", "id_number", "name", "phone")),
    ]


def test_where_nothing_private_was_typed_nothing_is_shown_nor_noted(office, shown):
    draft = office.open()
    assert shown.show("c1") == ()
    with office.store.transaction():
        assert office.store.access.accesses(draft.draft_id) == ()


def test_another_conversation_sees_nothing(office, shown):
    office.ready_to_sign()
    with pytest.raises(FilingProblem, match="no_draft"):
        shown.show("c2")


@pytest.mark.parametrize("is_over", [lambda office: office.sign(), lambda office: office.filings.pause("c1")])
def test_once_handed_in_or_put_aside_it_stays_masked(office, shown, is_over):
    office.ready_to_sign()
    is_over(office)
    with pytest.raises(FilingProblem, match="no_draft"):
        shown.show("c1")
