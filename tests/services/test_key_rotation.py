"""After a rotation everything has the new key and reads the same, whatever is written, looked for or erased meanwhile."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest
from rotating import places, rotated
from sealed_data import AT, ID_NUMBER, insert, key_file, opened, writing

from services import key_rotation
from services.filing_store import FilingStore
from services.key_rotation import rotate
from services.secrets_box import SecretsBox, kept_signing_secret, open_box

pytestmark = pytest.mark.slow


def test_after_a_rotation_everything_has_the_new_key_and_reads_the_same(data):
    before, old = opened(data), open_box(key_file(data), may_create=False).key_id
    report = rotated(data)
    assert report.key_id != old and report.values == len(before)
    assert places(data) == {"current": len(before), "retired": 0}
    assert report.retired == (data / "keys" / "retired" / f"filing.{old.hex()}.key",)
    assert opened(data) == before
    assert sorted(path.name for path in (data / "keys").iterdir()) == [".rotation.lock", "filing.key", "retired", "signing.key"]


def test_nothing_of_the_old_ciphertexts_is_left_on_the_disk(data):
    old = open_box(key_file(data), may_create=False).key_id
    server = FilingStore.open(data / "filings.db", key_file(data))  # keeps the write-ahead log from going by itself
    rotated(data)
    files = [file for file in data.rglob("*") if file.is_file() and "keys" not in file.parts]
    assert len(files) > 3
    assert not [file for file in files if old in file.read_bytes()]
    server.close()


def test_a_person_is_found_by_id_number_at_every_moment_of_a_rotation(data, monkeypatch):
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    store, found = FilingStore.open(data / "filings.db", key_file(data)), []
    rotate(data, key_file(data), lambda line: found.append(len(numbers(store))), wait_seconds=0)
    assert len(found) > 3 and set(found) == {3}
    assert len(numbers(store)) == 3
    store.close()


def numbers(store: FilingStore) -> set[str]:
    with store.transaction():
        hashes = store._database.execute("SELECT lookup_hash FROM filing_secrets WHERE field = 'id_number'").fetchall()
        wanted = store.filings._box.lookup_hashes(ID_NUMBER, "id_number")
    return {f"{n}" for n, (lookup_hash,) in enumerate(hashes) if lookup_hash in wanted}


def test_a_server_that_runs_on_seals_with_the_new_key_and_reads_everything(data):
    store = FilingStore.open(data / "filings.db", key_file(data))
    with store.transaction():
        before = store.kept.put("c1", "before", AT)
    report = rotated(data)
    with store.transaction():
        after = store.kept.put("c1", "after", AT)
        assert [store.kept.take("c1", token) for token in (before, after)] == ["before", "after"]
        last = store.kept.put("c1", "last", AT)
        sealed = store._database.execute("SELECT ciphertext FROM kept_values WHERE token = ?", [last]).fetchone()[0]
    assert sealed[1:9] == report.key_id
    store.close()


def test_what_a_server_writes_meanwhile_ends_up_with_the_new_key(data, monkeypatch):
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    with writing(data) as written:
        while not written:
            time.sleep(0.001)
        report = rotated(data)
    values = opened(data)
    assert len(values) == 30 + 8 * len(written)
    assert places(data) == {"current": len(values), "retired": 0}
    assert 30 < report.values <= len(values)


def test_what_was_sealed_before_the_switch_and_written_after_it_is_found_at_the_end(data):
    box = open_box(key_file(data), may_create=False)
    late, old = box.seal("late", record="t", field="c1"), box.key_id

    def write_late(line: str) -> None:
        if line.startswith("documents/") and "t c1" not in " ".join(opened(data)):
            with closing(sqlite3.connect(data / "filings.db")) as db, db:
                insert(db, "kept_values", token="t", conversation="c1", ciphertext=late)

    assert rotate(data, key_file(data), write_late, wait_seconds=0).key_id != old
    assert opened(data)["kept_values.ciphertext t c1"] == b"late"
    assert places(data)["retired"] == 0


def test_people_stay_logged_in_though_their_secret_had_no_file_yet(data):
    (data / "keys" / "signing.key").unlink()
    secret = open_box(key_file(data), may_create=False).lookup_hash("signing", field="server")
    rotated(data)
    assert kept_signing_secret(key_file(data)) == secret


def test_keys_can_be_rotated_again_and_again(data):
    before = opened(data)
    assert len({rotated(data).key_id for _ in range(3)}) == 3
    assert opened(data) == before
    assert len(list((data / "keys" / "retired").iterdir())) == 3


def test_values_of_a_retired_key_are_taken_in_by_the_next_rotation(data, tmp_path):
    straggler = open_box(key_file(data), may_create=False).seal("late", record="t", field="c1")
    report = rotated(data)
    with closing(sqlite3.connect(data / "filings.db")) as db, db:
        insert(db, "kept_values", token="t", conversation="c1", ciphertext=straggler)
    assert places(data)["retired"] == 1
    again = rotated(data)
    assert again.key_id == report.key_id, "it finishes the one before"
    assert opened(data)["kept_values.ciphertext t c1"] == b"late"


def test_an_erased_paper_does_not_come_back(data, monkeypatch):
    erased = data / "papers" / "paper00000001.sealed"

    def erase(box: SecretsBox, content: bytes, *, record: str, field: str) -> bytes:
        if record == erased.stem:
            with closing(sqlite3.connect(data / "filings.db")) as db, db:
                db.execute("DELETE FROM papers WHERE paper_id = ?", [erased.stem])
            erased.unlink()
        return real(box, content, record=record, field=field)

    real = SecretsBox.seal_bytes
    monkeypatch.setattr(SecretsBox, "seal_bytes", erase)
    rotated(data)
    assert sorted(file.name for file in (data / "papers").iterdir()) == ["paper00000000.sealed", "paper00000002.sealed"]


def test_files_that_no_filing_refers_to_are_told_and_left_alone(data):
    orphan = data / "papers" / "nobodys.sealed"
    orphan.write_bytes(open_box(key_file(data), may_create=False).seal_bytes(b"x", record="nobodys", field="paper"))
    content = orphan.read_bytes()
    assert rotated(data).orphans == (orphan,)
    assert orphan.read_bytes() == content
