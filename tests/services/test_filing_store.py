import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from filing_office import PERSON, another_person, drawing, policy

from services.filing_store import FilingStore
from services.filings import Filings

ROOT = Path(__file__).resolve().parents[2]


def raw_bytes(folder: Path) -> bytes:
    """All that is on the disk of the database, its write-ahead log included."""
    return b"".join(file.read_bytes() for file in folder.glob("filings.db*"))


@pytest.mark.parametrize("value", PERSON.values())
def test_no_sensitive_value_is_on_the_disk_in_clear_at_any_stage(office, value):
    office.ready_to_sign()
    office.filings.keep("c1", value)
    assert value.encode() not in raw_bytes(office.folder)
    office.sign()
    assert value.encode() not in raw_bytes(office.folder)
    assert b"370200" in raw_bytes(office.folder), "the search must be able to find plain fields"


def test_the_database_can_be_read_by_its_owner_only(office):
    office.filings.keep("c1", "x")
    modes = {file.stat().st_mode & 0o777 for file in office.folder.glob("filings.db*")}
    assert modes == {0o600}


def test_pragmas_protect_what_is_stored(office):
    read = office.store._database.execute
    values = {name: read(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "secure_delete", "synchronous")}
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "synchronous": 2}


@pytest.mark.parametrize(
    "change", ["UPDATE filing_events SET actor = 'x'", "DELETE FROM filing_events", "REPLACE INTO filing_events SELECT * FROM filing_events"]
)
def test_the_history_of_a_filing_cannot_be_rewritten(office, change):
    office.submitted()
    with sqlite3.connect(office.folder / "filings.db") as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute("PRAGMA recursive_triggers = ON")
        other.execute(change)


def test_a_dropped_draft_leaves_no_row_and_no_log(office):
    office.ready_to_sign()
    office.filings.drop("c1")
    counts = {t: office.store._database.table(t).count for t in ("drafts", "draft_secrets", "kept_values")}
    assert set(counts.values()) == {0}
    assert (office.folder / "filings.db-wal").stat().st_size == 0
    assert b"370200" not in raw_bytes(office.folder)


def test_forgetting_a_conversation_leaves_others_alone(office):
    office.ready_to_sign("c1")
    office.ready_to_sign("c2")
    kept = office.filings.keep("c1", "x")
    office.filings.forget("c1")
    assert office.filings.find_draft("c1") is None
    assert office.store.kept.take("c1", kept) is None
    assert office.filings.find_draft("c2") is not None


def test_kept_values_and_idle_drafts_go_when_they_are_old(office):
    office.open("c1")
    office.filings.keep("c1", "x")
    office.clock.at += timedelta(hours=2)
    fresh = office.filings.keep("c2", "y")
    hour_ago = office.clock.at - timedelta(hours=1)
    assert office.store.purge_kept(hour_ago) == 1
    assert office.store.purge_drafts(hour_ago) == 1
    assert office.store.kept.take("c2", fresh) == "y"


def test_a_kept_value_is_good_once_and_in_its_own_conversation(office):
    token = office.filings.keep("c1", "x")
    assert office.store.kept.take("c2", token) is None
    assert office.store.kept.take("c1", token) == "x"
    assert office.store.kept.take("c1", token) is None


def test_tokens_hold_nothing_a_privacy_filter_could_take_for_a_number(office):
    assert not any(letter.isdigit() for letter in office.filings.keep("c1", "x"))


def test_a_failed_hand_in_leaves_everything_as_it_was(office, monkeypatch):
    office.ready_to_sign()
    monkeypatch.setattr(office.store.filings, "_add_event", _fails)
    with pytest.raises(RuntimeError):
        office.sign()
    monkeypatch.undo()
    assert office.course.filings_of("c1") == ()
    assert office.filings.find_draft("c1").next_step == "signature"
    assert office.sign()


def _fails(*_):
    raise RuntimeError("power cut")


def test_threads_that_submit_the_same_draft_get_the_same_number(office):
    office.ready_to_sign()
    tokens = [office.filings.keep("c1", PERSON["name"]) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda token: office.filings.submit("c1", token), tokens))
    assert len(set(receipts)) == 1
    assert len(office.course.filings_of("c1")) == 1


def test_connections_of_their_own_that_submit_the_same_draft_get_the_same_number(office):
    office.ready_to_sign()
    tokens = [office.filings.keep("c1", PERSON["name"]) for _ in range(4)]

    def submit(token: str) -> str:
        store = FilingStore.open(office.folder / "filings.db", office.folder / "keys" / "filing.key")
        try:
            return Filings(store, office.papers, office.clock, policy()).submit("c1", token).filing_no
        finally:
            store.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(submit, tokens))) == 1


def test_processes_that_open_a_new_store_at_once_agree_on_one_key(tmp_path: Path):
    program = textwrap.dedent(
        """
        import sys; from pathlib import Path; from datetime import datetime, UTC
        from services.filing_store import FilingStore
        folder = Path(sys.argv[1])
        store = FilingStore.open(folder / "filings.db", folder / "keys" / "filing.key")
        with store.transaction():
            store.kept.put("c", "x", datetime(2026, 1, 1, tzinfo=UTC))
        """
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [process.communicate()[1] for process in running]
    assert errors == [b"", b"", b""]
    FilingStore.open(tmp_path / "filings.db", tmp_path / "keys" / "filing.key").close()


def test_a_taken_filing_number_is_drawn_again(office):
    draws = iter(["00000001", "00000001", "00000002"])
    office.filings._draw_digits = lambda: next(draws)
    first, second = office.submitted("c1"), office.submitted("c2", **another_person(1))
    assert first.startswith("371000-261122-0000-0001-")
    assert second.startswith("371000-261122-0000-0002-")


def test_a_drawn_signature_is_stored_encrypted_too(office):
    office.ready_to_sign()
    signature = drawing()
    office.sign(signature=signature)
    assert signature[-60:].encode() not in raw_bytes(office.folder)
