import os
import stat
from pathlib import Path

import pytest

from services.filing_store import FilingStore
from services.secrets_box import KEY_BYTES, SecretsBox, SecretsBoxError, kept_signing_secret, open_box

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


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "keys" / "filing.key"
    open_box(file, may_create=True)
    return file


def switch(key_file: Path) -> None:
    """Another process has made a new key and kept the old one beside it."""
    os.link(key_file, key_file.with_name(f"filing.{open_box(key_file, may_create=False).key_id.hex()}.key"))
    new = key_file.with_name("new")
    new.write_bytes(os.urandom(KEY_BYTES))
    new.chmod(0o600)
    os.replace(new, key_file)


def test_bytes_are_sealed_like_texts():
    content = bytes(range(256)) * 100
    box = SecretsBox(KEY)
    sealed = box.seal_bytes(content, record="p1", field="paper")
    assert content not in sealed
    assert box.unseal_bytes(sealed, record="p1", field="paper") == content
    with pytest.raises(SecretsBoxError, match="altered or moved"):
        box.unseal_bytes(sealed, record="p2", field="paper")


def test_a_box_seals_with_a_new_key_as_soon_as_it_is_there_and_opens_what_the_old_one_sealed(key_file: Path):
    box = open_box(key_file, may_create=False)
    before, old = box.seal("张三", record="r1", field="name"), box.key_id
    switch(key_file)
    after = box.seal("张三", record="r1", field="name")
    assert box.key_id != old and box.key_ids == (box.key_id, old)
    assert after[1:9] == box.key_id
    assert [box.unseal(sealed, record="r1", field="name") for sealed in (before, after)] == ["张三"] * 2


def test_a_box_looks_for_a_key_it_does_not_know_before_it_gives_up(key_file: Path):
    box = open_box(key_file, may_create=False)
    box.seal("x", record="r", field="f")
    switch(key_file)
    sealed = open_box(key_file, may_create=False).seal("张三", record="r1", field="name")
    assert box.unseal(sealed, record="r1", field="name") == "张三"


def test_while_there_are_two_keys_a_value_is_looked_for_under_both(key_file: Path):
    box = open_box(key_file, may_create=False)
    old = box.lookup_hash("1", field="id_number")
    assert box.lookup_hashes("1", "id_number") == (old,)
    switch(key_file)
    assert box.lookup_hashes("1", "id_number") == (box.lookup_hash("1", field="id_number"), old)
    assert box.lookup_hash("1", field="id_number") != old


def test_nothing_is_sealed_with_a_key_whose_file_has_gone(key_file: Path):
    box = open_box(key_file, may_create=False)
    key_file.unlink()
    with pytest.raises(SecretsBoxError, match="is missing"):
        box.seal("x", record="r", field="f")


def test_a_value_of_a_retired_key_says_how_to_get_it_back(key_file: Path):
    box = open_box(key_file, may_create=False)
    sealed, old = box.seal("x", record="r", field="f"), box.key_id.hex()
    switch(key_file)
    retired = key_file.parent / "retired"
    retired.mkdir()
    key_file.with_name(f"filing.{old}.key").rename(retired / f"filing.{old}.key")
    with pytest.raises(SecretsBoxError, match=r"which is retired\. Run: python -m services\.keys rotate"):
        open_box(key_file, may_create=False).unseal(sealed, record="r", field="f")


def test_an_older_key_that_others_can_read_is_refused_too(key_file: Path):
    switch(key_file)
    next(key_file.parent.glob("filing.*.key")).chmod(0o644)
    with pytest.raises(SecretsBoxError, match="chmod 600"):
        open_box(key_file, may_create=False)


def test_the_signing_secret_is_the_one_that_was_derived_before_and_outlives_the_key(key_file: Path):
    derived = open_box(key_file, may_create=False).lookup_hash("signing", field="server")
    assert kept_signing_secret(key_file) == derived
    assert stat.S_IMODE(key_file.with_name("signing.key").stat().st_mode) == 0o600
    switch(key_file)
    assert kept_signing_secret(key_file) == derived
