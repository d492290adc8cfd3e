"""The keys of the filing store: the current one seals, it and the older ones beside it open.

    keys/filing.key            the current key
    keys/filing.<key id>.key   an older key that still has values
    keys/filing.next.key       the coming key, for the moment in which a rotation switches
    keys/retired/              keys without values; only backups of their time need them
    keys/signing.key           signs sessions and buttons; stays when the filing key changes
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.durable_files import flush_folder, write_aside

KEY_BYTES = 32
KEY_ID_BYTES = 8
SIGNING_KEY = "signing.key"
FileStamp = tuple[int, int, int]


class SecretsBoxError(Exception):
    """The key or a ciphertext is not usable; the message says what, where and what to do."""


@dataclass(frozen=True, eq=False)
class SealingKey:
    """What is derived from one key. Two machines with the same key file agree on the key id."""

    key_id: bytes
    cipher: AESGCM = field(repr=False)
    hash_key: bytes = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> SealingKey:
        """The key's derivations; SecretsBoxError if it has the wrong length."""
        if len(key) != KEY_BYTES:
            raise SecretsBoxError(f"The filing key must be {KEY_BYTES} bytes, got {len(key)}.")
        key_id = _derive(key, b"filing: key id")[:KEY_ID_BYTES]
        return cls(key_id, AESGCM(_derive(key, b"filing: values")), _derive(key, b"filing: look-up hashes"))


class KeyRing:
    """The keys as they lie in their folder now, also when another process changes them."""

    def __init__(self, key_file: Path | None, keys: tuple[SealingKey, ...], stamp: FileStamp | None) -> None:
        self._key_file = key_file
        # Replaced as a whole, so that threads see one state or the other.
        self._seen = (keys, stamp)

    @classmethod
    def of_key(cls, key: bytes) -> KeyRing:
        """A ring of this one key, which lies in no file."""
        return cls(None, (SealingKey.of(key),), None)

    @classmethod
    def of_file(cls, key_file: Path) -> KeyRing:
        """The ring around `key_file`; SecretsBoxError if a file of it cannot be trusted."""
        return cls(key_file, *_read(key_file))

    def current_first(self) -> tuple[SealingKey, ...]:
        """All keys, the current one first. SecretsBoxError if the key file has gone since."""
        if self._key_file is not None and _stamp(self._key_file) != self._seen[1]:
            self._seen = _read(self._key_file)
        return self._seen[0]

    def find(self, key_id: bytes) -> SealingKey | None:
        """The key with this id, looked for in the folder once more when it isn't known yet."""
        found = _with_id(self._seen[0], key_id)
        if found is None and self._key_file is not None:
            self._seen = _read(self._key_file)
            found = _with_id(self._seen[0], key_id)
        return found

    def is_retired(self, key_id: bytes) -> bool:
        """Whether the key lies among the retired ones."""
        return self._key_file is not None and retired_file(self._key_file, key_id).exists()


def create_key(key_file: Path) -> None:
    """A new random key in `key_file`, unless one is there already."""
    _create(key_file, secrets.token_bytes(KEY_BYTES))


def read_key(key_file: Path) -> bytes:
    """The key in that file; SecretsBoxError if it is missing, open to others or of the wrong length."""
    try:
        mode = key_file.stat().st_mode & 0o777
        key = key_file.read_bytes()
    except FileNotFoundError:
        raise SecretsBoxError(
            f"The filing database holds encrypted values but its key file {key_file} is missing. "
            "Put it back from a backup (mode 0600). To give up the stored values, move the "
            "database away as well."
        ) from None
    if mode & 0o077:
        raise SecretsBoxError(
            f"Others on this machine can read the key file {key_file} (mode {mode:04o}). "
            f"Run: chmod 600 {key_file}"
        )
    if len(key) != KEY_BYTES:
        raise SecretsBoxError(
            f"The key file {key_file} holds {len(key)} bytes instead of {KEY_BYTES}: it was cut "
            "off or is another file. Put it back from a backup."
        )
    return key


def kept_signing_key(key_file: Path, derived: str) -> str:
    """The secret in signing.key beside `key_file`, which on first use becomes `derived` (64 hex digits)."""
    signing_file = key_file.with_name(SIGNING_KEY)
    if not signing_file.exists():
        _create(signing_file, bytes.fromhex(derived))
    return read_key(signing_file).hex()


def keys_beside(key_file: Path) -> dict[bytes, bytes]:
    """The keys of the ring by key id, the current one first."""
    keys: dict[bytes, bytes] = {}
    for file in ring_files(key_file):
        try:
            key = read_key(file)
        except SecretsBoxError:
            if file == key_file or file.exists():
                raise
            continue  # a rotation moved it between listing and reading
        keys.setdefault(SealingKey.of(key).key_id, key)
    return keys


def ring_files(key_file: Path) -> tuple[Path, ...]:
    """The key files of the ring, the current one first; the same key may lie in two of them."""
    others = sorted(key_file.parent.glob(f"{key_file.stem}.*{key_file.suffix}"))
    return (key_file, *others)


def next_file(key_file: Path) -> Path:
    """Where the coming key lies before it is the current one."""
    return key_file.with_name(f"{key_file.stem}.next{key_file.suffix}")


def older_file(key_file: Path, key_id: bytes) -> Path:
    """Where the key with this id lies while it still has values."""
    return key_file.with_name(f"{key_file.stem}.{key_id.hex()}{key_file.suffix}")


def retired_file(key_file: Path, key_id: bytes) -> Path:
    """Where the key with this id lies when it has none."""
    return key_file.parent / "retired" / older_file(key_file, key_id).name


def _read(key_file: Path) -> tuple[tuple[SealingKey, ...], FileStamp]:
    # The stamp before the keys: a change in between is then seen the next time.
    stamp = _stamp(key_file)
    return tuple(SealingKey.of(key) for key in keys_beside(key_file).values()), stamp


def _stamp(key_file: Path) -> FileStamp:
    try:
        seen = os.stat(key_file)
    except FileNotFoundError:
        read_key(key_file)  # says what to do
        seen = os.stat(key_file)
    return seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns


def _with_id(keys: tuple[SealingKey, ...], key_id: bytes) -> SealingKey | None:
    return next((key for key in keys if key.key_id == key_id), None)


def _create(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Linked into place: of two processes starting at once one wins, and the other never reads half a key.
    draft = write_aside(file, content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    # On the disk for good before anything is sealed with it.
    flush_folder(file.parent)
    flush_folder(file.parent.parent)


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
