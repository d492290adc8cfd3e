"""Processes killed in the middle of their work, and logs cut off: what was acknowledged is there, once and whole."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from filing_office import HANGZHOU, PERSON, an_office
from store_check import faults_after, files_of_nobody
from store_courses import a_person
from store_journal import Journal, journalled, journals
from store_workers import workers

pytestmark = pytest.mark.slow

KILLS = 600
KILLS_WHILE_OPENING = 30
CUTS = 25


@pytest.fixture(scope="module")
def ask():
    with workers() as asked:
        yield asked


def test_six_hundred_kills_lose_nothing_that_was_acknowledged(ask, tmp_path):
    told = ask("crash", folder=tmp_path, kills=KILLS, seed=KILLS)
    print(f"\n{told['kills']} kills, {told['acknowledged']} acknowledged steps; killed in {told['interrupted']}")
    assert told["faults"] == []
    assert told["kills"] >= KILLS
    assert told["acknowledged"] > told["kills"], "the workers hardly came to work: this shows nothing"
    assert len(told["interrupted"]) > 5, "the kills all fell into the same few steps: this shows nothing"
    assert files_of_nobody(tmp_path) == []


def test_a_store_whose_making_was_killed_is_made_by_the_next_to_open_it(ask, tmp_path):
    told = ask("crash_while_opening", folder=tmp_path, kills=KILLS_WHILE_OPENING, seed=1)
    assert told["faults"] == []
    assert told["finished"] < told["kills"], "nobody was killed in time: this shows nothing"


def test_a_log_cut_off_anywhere_holds_whole_steps_only(office, tmp_path_factory):
    """As a power cut leaves it: the log up to some byte, behind it nothing, or what lay on the disk before."""
    office.store.erase_traces()
    numbers = [office.submitted(f"c{n}", **a_person(n)) for n in range(3)]
    log = (office.folder / "filings.db-wal").read_bytes()
    dice, kept = random.Random(1), set()
    for n in range(CUTS):
        folder = tmp_path_factory.mktemp("cut")
        shutil.copytree(office.folder / "keys", folder / "keys")
        shutil.copy(office.folder / "filings.db", folder)
        at = dice.randrange(len(log))
        (folder / "filings.db-wal").write_bytes(log[:at] + dice.randbytes(len(log) - at if n % 2 else 0))
        with an_office(folder) as after_the_cut:
            assert list(after_the_cut.store.faults()) == []
            there = [number for number in numbers if after_the_cut.store.filings.find(number)]
            assert there == numbers[: len(there)], "an earlier step is lost and a later one kept"
            kept.add(len(there))
    assert len(kept) > 1, "every cut fell into the same filing: this shows nothing"


def drop_trigger_and(change: str) -> tuple[str, ...]:
    return "PRAGMA foreign_keys = OFF", "DROP TRIGGER IF EXISTS filing_events_no_delete", change


TAMPERINGS = {
    "a filing is gone": drop_trigger_and("DELETE FROM filings"),
    "an event is gone": drop_trigger_and("DELETE FROM filing_events WHERE event = 'withdrawn'"),
    "a step is undone": drop_trigger_and("UPDATE filings SET status = 'submitted', version = 1"),
    "a value is gone": ("DELETE FROM filing_secrets WHERE field = 'phone'",),
    "a draft is gone": ("PRAGMA foreign_keys = OFF", "DELETE FROM drafts WHERE state = 'open'"),
    "an answer is gone": ("DELETE FROM draft_secrets",),
    "a consent is gone": ("UPDATE drafts SET consented_at = NULL, letter_sha256 = NULL WHERE state = 'open'",),
    "a kept value is gone": ("DELETE FROM kept_values",),
    "a paper is off the list": ("DELETE FROM papers",),
}


@pytest.fixture
def worked_in(tmp_path: Path) -> Path:
    """A folder with every kind of thing that a worker was told is done."""
    with an_office(tmp_path) as office, Journal(tmp_path / "1.journal") as journal:
        journalled(office, journal)
        office.course.withdraw("c1", office.submitted("c1", **a_person(1)))
        office.file("referral", HANGZHOU, "c2", **a_person(2))
        office.ready_to_sign("c3", **a_person(3))
        office.filings.keep("c3", PERSON["name"])
    return tmp_path


def test_a_store_that_nothing_happened_to_stands_by_all_it_said(worked_in):
    assert faults_after(worked_in, journals(worked_in)) == []


@pytest.mark.parametrize("loss", TAMPERINGS)
def test_the_check_itself_finds_what_is_lost(worked_in, loss):
    with an_office(worked_in) as office:
        for change in TAMPERINGS[loss]:
            office.store._database.execute(change)
    assert faults_after(worked_in, journals(worked_in)), loss


def test_the_check_itself_finds_a_paper_whose_file_is_lost(worked_in):
    for file in (worked_in / "papers").iterdir():
        file.unlink()
    assert faults_after(worked_in, journals(worked_in))
