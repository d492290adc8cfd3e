"""Databases that earlier releases wrote are opened, moved on, and everything in them is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from filing_office import ANSWERS, OFFICER, PERSON, Office, an_office

RELEASES = sorted(Path(__file__).with_name("old_stores").glob("release_*.sql"))
KEY = bytes(range(32))
CONFIRMED, RETURNED, SUBMITTED = "371000-261122-6765-3853-8", "371000-261122-8412-4388-1", "371000-261122-3780-1547-0"


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def moved_on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office on a copy of that release's database."""
    database = sqlite3.connect(tmp_path / "filings.db")
    database.executescript(request.param.read_text(encoding="utf-8"))
    database.close()
    key = tmp_path / "keys" / "filing.key"
    key.parent.mkdir(mode=0o700)
    key.write_bytes(KEY)
    key.chmod(0o600)
    with an_office(tmp_path) as office:
        yield office


def test_every_filing_is_there_with_its_state(moved_on):
    states = {no: moved_on.desk.find(OFFICER, no).filing.status for no in (CONFIRMED, RETURNED, SUBMITTED)}
    assert states == {CONFIRMED: "confirmed", RETURNED: "returned", SUBMITTED: "submitted"}
    assert list(moved_on.store.faults()) == []


def test_its_particulars_open_with_the_old_key(moved_on):
    clear = dict(moved_on.desk.clear(OFFICER, CONFIRMED, "call"))
    assert [clear[title] for title in ("姓名", "身份证号码", "联系电话", "通讯地址")] == list(PERSON.values())
    assert clear["备案的原因"] == "投靠亲属" and clear["开始日期"] == "2026年12月1日"
    assert [view.filing_no for view in moved_on.desk.search_id_number(OFFICER, PERSON["id_number"])] == [
        SUBMITTED, RETURNED, CONFIRMED,
    ]


def test_they_are_found_by_phone_like_those_that_come_today(moved_on):
    """The old release kept no hash of the phone."""
    found = [view.filing_no for view in moved_on.desk.search_phone(OFFICER, PERSON["phone"])]
    assert found == [view.filing_no for view in moved_on.desk.search_id_number(OFFICER, PERSON["id_number"])] != []
    hashed = "SELECT count(*) FROM filing_secrets WHERE field = 'phone' AND lookup_hash IS NULL"
    assert moved_on.store._database.execute(hashed).fetchone() == (0,)


def test_a_confirmed_one_counts_its_months_from_the_confirmation(moved_on):
    assert moved_on.course.may_change_from("page:a", CONFIRMED).isoformat() == "2027-05-23"


def test_a_returned_one_can_be_mended_and_tells_why(moved_on):
    view = moved_on.course.view("page:b", RETURNED)
    assert view.returned and view.returned.detail["reason"] == "电话打不通，请改成能打通的"
    assert moved_on.course.open_mend("page:b", RETURNED).fields["treatment_region"] == "370200"


def test_an_unfinished_draft_goes_on(moved_on):
    draft = moved_on.filings.find_draft("page:d")
    assert draft is not None and draft.state == "paused" and {"name", "treatment_region"} <= draft.filled
    moved_on.filings.resume("page:d")
    number = moved_on.finish("page:d", **{**ANSWERS, "id_number": "11010519491231002X"})
    assert moved_on.course.view("page:d", number).status == "submitted"


def test_opening_again_changes_nothing(moved_on, tmp_path):
    before = list(moved_on.store._database.conn.iterdump())
    with an_office(tmp_path) as again:
        assert list(again.store._database.conn.iterdump()) == before
