"""A disk that is full, and one that cannot be written to: a step is done whole or not at all, and people are told which.

Needs a small disk of its own: a tmpfs, mounted by root or in a namespace of our own. Where neither is permitted, a
limit on the size of files stands in for the full disk.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filing_office import HANGZHOU, OFFICER, PERSON, Office, an_office, photo
from small_disks import BLOCK, SmallDisk, mounted, small_disk
from store_courses import a_person
from store_workers import workers

from services.database import DatabaseUnusable
from services.filing_records import FilingProblem
from services.filing_store import FilingStore
from services.paper_files import PaperFiles

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
IN_NAMESPACE = "STORE_TESTS_IN_NAMESPACE"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as own:
        yield own


@pytest.fixture
def crowded(disk) -> Iterator[Office]:
    """An office on the small disk, with a draft ready to sign (c1), filings (c2, c3) and a draft with a paper to come (c4)."""
    with an_office(disk.folder / "data") as office:
        office.ready_to_sign("c1", **a_person(1))
        for n in (2, 3):
            office.submitted(f"c{n}", **a_person(n))
        office.open("c4", "referral", HANGZHOU)
        office.open("c5")
        yield office


def number_of(office: Office, conversation: str) -> str:
    return office.course.filings_of(conversation)[0].filing_no


def everything(office: Office) -> list[str]:
    """All that is stored, as text."""
    with closing(sqlite3.connect(office.folder / "filings.db")) as other:
        return [*other.iterdump(), *sorted(str(file) for file in office.papers.known())]


STEPS: dict[str, Callable[[Office], object]] = {
    "keep": lambda office: office.filings.keep("c5", "x" * 5000),
    "open": lambda office: office.open("c9"),
    "fill": lambda office: office.filings.fill("c5", "filed_for", value="self"),
    "drop": lambda office: office.filings.drop("c5"),
    "sign": lambda office: office.sign("c1"),
    "withdraw": lambda office: office.course.withdraw("c2", number_of(office, "c2")),
    "look up": lambda office: office.look_up.look_up(
        "c9", number_of(office, "c2"), a_person(2)["id_number"][-4:], a_person(2)["phone"]
    ),
    "confirm": lambda office: office.confirm(number_of(office, "c2")),
    "return": lambda office: office.return_(number_of(office, "c2")),
    "read in clear": lambda office: office.desk.clear(OFFICER, number_of(office, "c2"), "call"),
    "erase": lambda office: office.erasure.erase("c5"),
    "upload": lambda office: office.filings.add_paper("c4", upload_of(office), photo()),
}


def upload_of(office: Office) -> str:
    draft = office.filings.find_draft("c4")
    return next(step for step in draft.plan.steps if step.startswith("paper:")).removeprefix("paper:")


@pytest.mark.parametrize("step", STEPS)
def test_on_a_full_disk_nothing_changes_and_the_same_step_succeeds_when_there_is_room(crowded, disk, step):
    before = everything(crowded)
    crowded.store.erase_traces()  # else the log's own pages, already on the disk, would be room enough
    disk.fill()
    with pytest.raises(FilingProblem) as refused:
        STEPS[step](crowded)
    assert refused.value.code == "store_full"
    assert everything(crowded) == before
    disk.make_room()
    STEPS[step](crowded)
    assert everything(crowded) != before
    assert list(crowded.store.faults()) == []


def test_the_same_signature_is_good_once_there_is_room(crowded, disk):
    token = crowded.filings.keep("c1", PERSON["name"])
    crowded.store.erase_traces()
    disk.fill()
    for _ in range(3):
        with pytest.raises(FilingProblem, match="store_full"):
            crowded.filings.submit("c1", token)
    disk.make_room()
    assert crowded.filings.submit("c1", token).status == "submitted"


def test_a_disk_that_fills_up_in_the_middle_of_a_submit_leaves_nothing_of_it(crowded, disk):
    token, failed = crowded.filings.keep("c1", PERSON["name"]), 0
    crowded.store.erase_traces()
    before = everything(crowded)
    for blocks in range(100):
        disk.fill(leaving=blocks * BLOCK)
        try:
            crowded.filings.submit("c1", token)
            break
        except FilingProblem as refused:
            assert refused.code == "store_full"
            assert everything(crowded) == before
            failed += 1
        disk.make_room()
    assert failed > 1, "the first submit went through: this shows nothing"
    assert len(crowded.course.filings_of("c1")) == 1
    assert list(crowded.store.faults()) == []


def test_a_disk_that_fills_up_in_the_middle_of_an_upload_leaves_neither_file_nor_row(crowded, disk):
    paper, picture, failed = upload_of(crowded), photo((1500, 1000)), 0
    assert len(picture) > 2 * BLOCK
    crowded.store.erase_traces()
    before = everything(crowded)
    for blocks in range(0, 400, 2):
        disk.fill(leaving=blocks * BLOCK)
        try:
            crowded.filings.add_paper("c4", paper, picture)
            break
        except FilingProblem as refused:
            assert refused.code == "store_full"
            assert everything(crowded) == before
            failed += 1
        disk.make_room()
    assert failed > 1
    (view,) = crowded.filings.find_draft("c4").papers
    assert crowded.papers.get(view.paper_id) == picture


def test_a_log_that_cannot_be_written_back_for_want_of_room_is_kept_and_still_read(crowded, disk):
    """Commits are in the log then; the checkpoint that carries them over fails, and so does the one at closing."""
    crowded.store.erase_traces()
    crowded.store._database.execute("PRAGMA wal_autocheckpoint = 1")  # a checkpoint behind every commit
    size, answered = (crowded.folder / "filings.db").stat().st_size, 0
    disk.fill(leaving=size // 2)
    with pytest.raises(FilingProblem, match="store_full"):
        while True:
            crowded.filings.keep("c5", "x" * 3 * BLOCK)
            answered += 1
    assert answered, "no commit went through: this shows nothing"
    count = "SELECT count(*) FROM kept_values"
    assert crowded.store._database.execute(count).fetchone() == (answered,)
    with pytest.raises(FilingProblem, match="store_full"):
        crowded.filings.drop("c5")
    crowded.store.close()
    disk.make_room()
    with an_office(crowded.folder) as reopened:
        assert reopened.store._database.execute(count).fetchone() == (answered,)
        assert list(reopened.store.faults()) == []


def test_a_full_disk_can_still_be_read(crowded, disk):
    crowded.store.erase_traces()
    disk.fill()
    assert len(crowded.desk.queue(OFFICER).filings) == 2
    assert crowded.course.filings_of("c2")
    assert list(crowded.store.faults()) == []


def test_a_store_on_a_full_disk_says_which_file_and_what_to_do(disk):
    with an_office(disk.folder / "data"):
        pass
    for folder in ("data", "new"):
        disk.fill()
        with pytest.raises(DatabaseUnusable, match=rf"{folder}/filings\.db.*the disk is full\. Make room.*{folder}"):
            FilingStore.open(disk.folder / folder / "filings.db", disk.folder / folder / "keys" / "filing.key")
        disk.make_room()
        with an_office(disk.folder / folder) as office:
            office.filings.keep("c", "x")


def test_a_disk_that_fills_up_while_a_store_is_made_leaves_none_that_could_not_be_opened(disk):
    failed = 0
    for blocks in range(0, 400, 5):
        disk.fill(leaving=blocks * BLOCK)
        try:
            with an_office(disk.folder / "data"):
                break
        except DatabaseUnusable as refused:
            assert "the disk is full" in str(refused)
            failed += 1
        disk.make_room()
    assert failed > 1
    disk.make_room()
    with an_office(disk.folder / "data") as office:
        office.submitted()
        assert list(office.store.faults()) == []


def test_a_key_that_finds_no_room_is_named(disk):
    with pytest.raises(DatabaseUnusable, match=r"small/filing\.key.*the disk is full"), small_disk(disk.folder / "small", "4k") as small:
        small.fill()
        FilingStore.open(disk.folder / "filings.db", small.folder / "filing.key")


@pytest.mark.parametrize("folder", ["data", "new"])
def test_a_store_on_a_disk_mounted_for_reading_says_which_file_and_what_to_do(disk, folder):
    with an_office(disk.folder / "data"):
        pass
    disk.remount("ro")
    with pytest.raises(DatabaseUnusable, match=rf"{folder}/filings\.db.*mounted for writing"):
        FilingStore.open(disk.folder / folder / "filings.db", disk.folder / folder / "keys" / "filing.key")
    disk.remount("rw")
    with an_office(disk.folder / folder) as office:
        office.filings.keep("c", "x")


@pytest.mark.parametrize("step", sorted(STEPS.keys() - {"upload"}))
def test_a_store_that_became_read_only_under_way_refuses_every_change(crowded, step):
    """As after a remount by the system: the connection is there, writing is refused."""
    before = everything(crowded)
    writable = crowded.store._database.conn
    crowded.store._database.conn = sqlite3.connect(f"file:{crowded.folder}/filings.db?mode=ro", uri=True)
    with pytest.raises(FilingProblem) as refused:
        STEPS[step](crowded)
    assert refused.value.code == "store_read_only"
    crowded.store._database.conn = writable
    assert everything(crowded) == before
    STEPS[step](crowded)


@pytest.mark.parametrize("page", (1, 3, 6, 10))
def test_a_damaged_file_is_found_out_and_told_in_words(office, page):
    for n in range(3):
        office.submitted(f"c{n}", **a_person(n))
    office.store.close()
    with (office.folder / "filings.db").open("r+b") as file:
        file.seek(page * BLOCK)
        file.write(bytes(range(256)) * (BLOCK // 256))
    try:
        with an_office(office.folder) as opened:
            assert list(opened.store.faults())
    except DatabaseUnusable as refused:
        assert "filings.db" in str(refused) and "restore a backup" in str(refused)


def test_papers_on_a_disk_mounted_for_reading_are_refused_and_leave_nothing(crowded, disk, tmp_path):
    with small_disk(tmp_path / "papers") as other:
        office = Office(crowded.store, PaperFiles(other.folder, crowded.store.box), crowded.clock, crowded.folder)
        other.remount("ro")
        with pytest.raises(FilingProblem, match="store_read_only"):
            STEPS["upload"](office)
        assert office.filings.find_draft("c4").papers == ()
        other.remount("rw")
        STEPS["upload"](office)
        assert len(list(office.papers.known())) == 1


def test_a_file_that_may_grow_no_further_is_as_good_as_a_full_disk(tmp_path):
    """For machines where nothing can be mounted; the limit holds in a process of its own."""
    with an_office(tmp_path) as office:
        office.ready_to_sign("c1")
    with workers() as ask:
        refused, receipt, faults = ask("limited", folder=tmp_path, conversation="c1")
    assert refused in ("store_full", "store_failing")
    assert (receipt, faults) == ("submitted", [])


def test_all_of_this_in_a_namespace_where_we_may_mount(tmp_path):
    if IN_NAMESPACE in os.environ or mounted(tmp_path):
        subprocess.run(["umount", "--lazy", tmp_path], check=False)
        pytest.skip("not needed: the tests above could mount by themselves")
    unshare = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespace of our own is permitted either; a limit on the size of files stood in")
    command = [*unshare, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path}/in", __file__]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, IN_NAMESPACE: "1"}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
