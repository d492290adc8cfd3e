"""No step of a person or an officer reads a table through: with a million filings it takes no longer than with a hundred."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from filing_office import OFFICER, PERSON, WEIHAI, Office
from store_courses import AIMS, a_person

from services.filing_records import FilingProblem

# The last one is a list of the unfinished drafts only.
READS_A_TABLE = re.compile(r"SCAN (?!\d+ CONSTANT|sqlite_|drafts USING INDEX one_unfinished_draft)")
SORTS = "USE TEMP B-TREE FOR ORDER BY"
# Sorted after the rows were found: those of one draft, filing, person or conversation.
SORTED_FEW = ("FROM papers", "filing_no IN (SELECT", "WHERE conversation =", "WHERE predecessor =", "WHERE draft_id =", "WHERE filing_no =")


def statements(office: Office, step: Callable[[], object]) -> Iterator[str]:
    """The statements that a step has SQLite carry out, with their values."""
    seen: list[str] = []
    connection = office.store._database.conn
    connection.set_trace_callback(seen.append)
    try:
        step()
    finally:
        connection.set_trace_callback(None)
    yield from (sql for sql in seen if re.match(r"(?i)\s*(select|update|insert|delete)\b", sql))


def slow_parts(office: Office, step: Callable[[], object]) -> list[str]:
    found = []
    for sql in statements(office, step):
        for _, _, _, part in office.store._database.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall():
            if READS_A_TABLE.match(part) or (part == SORTS and not any(few in sql for few in SORTED_FEW)):
                found.append(f"{part}: {sql}")
    return found


@pytest.mark.parametrize("course", sorted(AIMS))
def test_no_course_of_a_filing_reads_a_table_through(office, course):
    assert slow_parts(office, lambda: AIMS[course](office, "c1", a_person(1))) == []


def look_up_wrongly(office: Office, number: str) -> None:
    with pytest.raises(FilingProblem, match="lookup_failed"):
        office.look_up.look_up("c2", number, "0000", PERSON["phone"])


STEPS: dict[str, Callable[[Office, str], object]] = {
    "submit again": lambda office, number: office.filings.submit("c1"),
    "look up": lambda office, number: office.look_up.look_up("c2", number, PERSON["id_number"][-4:], PERSON["phone"]),
    "look up wrongly": look_up_wrongly,
    "verify": lambda office, number: office.look_up.verify(number, office.course.view("c1", number).letter_sha256),
    "filings of": lambda office, number: office.course.filings_of("c1"),
    "paper": lambda office, number: office.course.paper("c1", number),
    "queue": lambda office, number: office.desk.queue(OFFICER),
    "queue of a region": lambda office, number: office.desk.queue(OFFICER, region=WEIHAI, after=("2026-01-01", number)),
    "find": lambda office, number: office.desk.find(OFFICER, number),
    "search": lambda office, number: office.desk.search_id_number(OFFICER, PERSON["id_number"]),
    "search by phone": lambda office, number: office.desk.search_phone(OFFICER, PERSON["phone"]),
    "phones without a hash": lambda office, number: office.store.hash_phones(),
    "clear": lambda office, number: office.desk.clear(OFFICER, number, "call"),
    "document": lambda office, number: office.desk.document(OFFICER, number),
    "audit": lambda office, number: office.desk.audit(OFFICER, number),
    "confirm": lambda office, number: office.confirm(number),
    "return": lambda office, number: office.return_(number),
    "erase": lambda office, number: office.erasure.erase("c1"),
    "purge drafts": lambda office, number: office.store.purge_drafts(office.clock() + timedelta(days=1)),
}


@pytest.mark.parametrize("step", STEPS)
def test_no_step_reads_a_table_through(office, step):
    number = office.submitted()
    assert slow_parts(office, lambda: STEPS[step](office, number)) == []


def test_the_check_itself_finds_a_table_that_is_read_through(office):
    office.submitted()
    office.store._database.execute("DROP INDEX idx_filings_conversation")
    assert slow_parts(office, lambda: office.course.filings_of("c1"))
