"""What every store of filings must do, whatever it is made of: services/filing_storage.py as tests.

The stores are listed in store_samples.py. What only SQLite does is in test_filing_store.py.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from filing_office import ANSWERS, OFFICER, PERSON, Clock, Office
from store_samples import AT, LATER, NUMBERS, PLAIN, drafted, filed

from services.filing_records import Consent, FilingProblem, PaperView
from services.paper_files import PaperFiles

# Transactions


def test_a_transaction_that_fails_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.transaction():
        filed(store)
        store.kept.put("c1", "x", AT)
        raise RuntimeError("power cut")
    with store.transaction():
        assert store.filings.find(NUMBERS[0]) is None and store.drafts.latest("c1") is None


def test_a_transaction_inside_another_joins_it(store):
    with pytest.raises(RuntimeError), store.transaction():
        with store.transaction():
            drafted(store)
        raise RuntimeError("power cut")
    with store.transaction():
        assert store.drafts.unfinished("c1") is None


def test_what_a_transaction_has_read_holds_until_it_ends(store):
    with store.transaction():
        drafted(store)

    def one_more(_: int) -> None:
        with store.transaction():
            draft = store.drafts.unfinished("c1")
            store.drafts.count_failure(draft, "phone", AT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one_more, range(40)))
    with store.transaction():
        assert store.drafts.unfinished("c1").failures == {"phone": 40}


@pytest.mark.parametrize(
    "twice",
    [
        lambda store: drafted(store),
        lambda store: filed(store, NUMBERS[0], "c2"),
        lambda store: store.filings.add(NUMBERS[1], store.drafts.latest("c3"), "2026-12-01", {}, AT, "insured_person"),
        lambda store: store.access.set_answered("officer", "key", "another request", NUMBERS[0], AT),
    ],
    ids=["an unfinished draft", "a number", "a filing of a draft", "a key"],
)
def test_what_may_be_there_once_is_refused_a_second_time(store, twice):
    with store.transaction():
        drafted(store)
        filed(store, NUMBERS[0], "c3")
        store.access.set_answered("officer", "key", "request", NUMBERS[0], AT)
    with pytest.raises(Exception, match=r"(?i)unique"), store.transaction():
        twice(store)
    assert list(store.faults()) == []


# Drafts


def test_a_draft_is_given_back_as_it_was_put_in(inside):
    draft = drafted(inside, purpose="mend", predecessor=NUMBERS[9])
    assert draft == inside.drafts.unfinished("c1") == inside.drafts.latest("c1")
    assert (draft.fields, draft.facts, draft.purpose, draft.predecessor) == (PLAIN, {"person_group": "other"}, "mend", NUMBERS[9])
    assert (draft.state, draft.created_at, draft.updated_at) == ("open", AT, AT)


def test_sensitive_values_are_named_and_open_only_when_asked_for(inside):
    draft = inside.drafts.set_field(drafted(inside), "phone", PERSON["phone"], LATER)
    draft = inside.drafts.set_field(draft, "phone", "13900001111", LATER)
    assert "phone" in draft.filled and "phone" not in draft.fields and draft.updated_at == LATER
    assert inside.drafts.secret(draft, "phone") == "13900001111"
    with pytest.raises(KeyError):
        inside.drafts.secret(draft, "name")
    assert "phone" not in inside.drafts.clear_field(draft, "phone", LATER).filled


@pytest.mark.parametrize(
    "change",
    [
        lambda drafts, draft: drafts.set_field(draft, "reason", "其他", LATER),
        lambda drafts, draft: drafts.set_field(draft, "name", "欧阳测试", LATER),
        lambda drafts, draft: drafts.clear_field(draft, "reason", LATER),
        lambda drafts, draft: drafts.set_skipped(draft, {"paper:x"}, LATER),
    ],
)
def test_a_change_voids_review_and_consent(inside, change):
    draft = inside.drafts.set_reviewed(drafted(inside), AT)
    draft = inside.drafts.set_consent(draft, Consent("v1", "0" * 64, AT), AT)
    assert draft.reviewed_at == AT and draft.consent == Consent("v1", "0" * 64, AT)
    changed = change(inside.drafts, draft)
    assert changed.reviewed_at is None and changed.consent is None


def test_failures_are_counted_until_the_field_is_filled(inside):
    draft = drafted(inside)
    for _ in range(2):
        draft = inside.drafts.count_failure(draft, "phone", AT)
    assert draft.failures == {"phone": 2}
    assert inside.drafts.set_field(draft, "phone", "1", AT).failures == {}


def test_the_unfinished_draft_goes_before_the_submitted_one(inside):
    filed(inside)
    assert inside.drafts.unfinished("c1") is None and inside.drafts.latest("c1").state == "submitted"
    second = drafted(inside)
    assert inside.drafts.latest("c1") == second
    inside.drafts.set_state(second, "paused", LATER)
    assert inside.drafts.unfinished("c1").state == "paused"


def test_a_deleted_draft_takes_its_values_and_papers_along(inside):
    draft = inside.drafts.set_field(drafted(inside), "phone", "1", AT)
    inside.papers.add(draft.draft_id, PaperView("p1", "transfer_form", "image/png", 3, AT))
    inside.drafts.delete(draft)
    assert inside.drafts.unfinished("c1") is None and inside.papers.ids() == frozenset()


def test_idle_drafts_and_unused_values_are_purged(store):
    with store.transaction():
        drafted(store, "old")
        store.kept.put("old", "x", AT)
    with store.transaction():
        store.drafts.count_failure(drafted(store, "new"), "phone", LATER)
        token = store.kept.put("new", "y", LATER)
    assert (store.purge_drafts(LATER), store.purge_kept(LATER)) == (1, 1)
    with store.transaction():
        assert store.drafts.unfinished("old") is None and store.drafts.unfinished("new") is not None
        assert store.kept.take("new", token) == "y"


# Kept values


def test_a_kept_value_is_good_once_and_in_its_own_conversation(inside):
    token = inside.kept.put("c1", "x", AT)
    assert inside.kept.take("c2", token) is None
    assert inside.kept.take("c1", token) == "x"
    assert inside.kept.take("c1", token) is None


def test_forgetting_a_conversation_leaves_others_alone(inside):
    mine, other = inside.kept.put("c1", "x", AT), inside.kept.put("c2", "y", AT)
    inside.kept.forget("c1")
    assert inside.kept.take("c1", mine) is None
    assert inside.kept.take("c2", other) == "y"


# The services on it


def test_a_filing_goes_its_whole_way_on_it(store, tmp_path):
    office = Office(store, PaperFiles(tmp_path / "papers", store.box), Clock(), tmp_path)
    number = office.submitted()
    office.return_(number)
    office.course.open_mend("c1", number)
    mended = office.finish("c1", phone=ANSWERS["phone"])
    office.confirm(mended)
    assert office.course.view("c1", number).status == "replaced"
    assert office.look_up.look_up("c2", mended, PERSON["id_number"][-4:], PERSON["phone"]).status == "confirmed"
    with pytest.raises(FilingProblem, match="not_awaiting_decision"):
        office.desk.return_(OFFICER, mended, "太晚了", ("phone",), 2, "late")
    assert list(store.faults()) == []
