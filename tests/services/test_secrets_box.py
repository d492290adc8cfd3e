import os
import stat
from pathlib import Path

import pytest

from services.filing_store import FilingStore
from services.secrets_box import KEY_BYTES, SecretsBox, SecretsBoxError, open_box

KEY = bytes(range(KEY_BYTES))


def test_what_was_sealed_opens_under_its_own_record_and_field():
    box = SecretsBox(KEY)
    assert box.unseal(box.seal("张三", record="r1", field="name"), record="r1", field="name") == "张三"


@pytest.mark.parametrize("place", [{"record": "r2", "field": "name"}, {"record": "r1", "field": "phone"}])
def test_a_ciphertext_moved_to_another_record_or_field_does_not_open(place):
    sealed = SecretsBox(KEY).seal("张三", record="r1", field="name")
    with pytest.raises(SecretsBoxError, match="altered or moved"):
        SecretsBox(KEY).unseal(sealed, **place)


def test_an_altered_ciphertext_does_not_open():
    sealed = SecretsBox(KEY).seal("张三", record="r1", field="name")
    with pytest.raises(SecretsBoxError, match="altered or moved"):
        SecretsBox(KEY).unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), record="r1", field="name")


def test_a_ciphertext_of_another_key_is_named_as_such():
    sealed = SecretsBox(bytes(KEY_BYTES)).seal("张三", record="r1", field="name")
    with pytest.raises(SecretsBoxError, match="Put back the key file"):
        SecretsBox(KEY).unseal(sealed, record="r1", field="name")


def test_the_same_text_is_never_sealed_the_same_way_twice():
    box = SecretsBox(KEY)
    assert box.seal("张三", record="r1", field="name") != box.seal("张三", record="r1", field="name")


def test_lookup_hashes_depend_on_key_field_and_text():
    box = SecretsBox(KEY)
    hashes = {
        box.lookup_hash("1", field="id_number"),
        box.lookup_hash("2", field="id_number"),
        box.lookup_hash("1", field="phone"),
        SecretsBox(bytes(KEY_BYTES)).lookup_hash("1", field="id_number"),
    }
    assert len(hashes) == 4
    assert box.lookup_hash("1", field="id_number") == SecretsBox(KEY).lookup_hash("1", field="id_number")


def test_the_key_file_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path):
    key_file = tmp_path / "keys" / "filing.key"
    first, second = (open_box(key_file, may_create=True) for _ in range(2))
    assert first.key_id == second.key_id
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert os.listdir(key_file.parent) == ["filing.key"]


@pytest.mark.parametrize("length", [0, KEY_BYTES - 1, KEY_BYTES + 1])
def test_a_key_file_of_the_wrong_length_is_refused(tmp_path: Path, length: int):
    key_file = tmp_path / "filing.key"
    key_file.write_bytes(bytes(length))
    key_file.chmod(0o600)
    with pytest.raises(SecretsBoxError, match=f"holds {length} bytes instead of 32"):
        open_box(key_file, may_create=True)


def test_a_key_file_others_can_read_is_refused(tmp_path: Path):
    key_file = tmp_path / "filing.key"
    key_file.write_bytes(KEY)
    key_file.chmod(0o640)
    with pytest.raises(SecretsBoxError, match="chmod 600"):
        open_box(key_file, may_create=True)


def test_a_lost_key_is_not_replaced_while_the_database_holds_ciphertexts(office):
    office.filings.keep("c1", "张三")
    key_file = office.folder / "keys" / "filing.key"
    key_file.unlink()
    with pytest.raises(SecretsBoxError, match="is missing"):
        FilingStore.open(office.folder / "filings.db", key_file)
    assert not key_file.exists()


def test_another_key_than_the_databases_own_is_refused_at_once(office, tmp_path: Path):
    office.submitted()
    other = tmp_path / "other.key"
    other.write_bytes(bytes(KEY_BYTES))
    other.chmod(0o600)
    with pytest.raises(SecretsBoxError, match="Put back the key file"):
        FilingStore.open(office.folder / "filings.db", other)
