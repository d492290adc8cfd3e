"""Encryption of single values at rest, with a key that lives outside the database file."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
KEY_ID_BYTES = 8
NONCE_BYTES = 12
# First byte of every ciphertext, so that another cipher can be told apart later.
LAYOUT = b"\x01"
_HEAD = len(LAYOUT) + KEY_ID_BYTES


class SecretsBoxError(Exception):
    """The key or a ciphertext is not usable; the message says what, where and what to do."""


class SecretsBox:
    """Seals values so that each opens only under its own record and field."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise SecretsBoxError(f"The filing key must be {KEY_BYTES} bytes, got {len(key)}.")
        self._cipher = AESGCM(_derive(key, b"filing: values"))
        self._hash_key = _derive(key, b"filing: look-up hashes")
        # Derived, not random: two machines with the same key file agree on it.
        self.key_id = _derive(key, b"filing: key id")[:KEY_ID_BYTES]

    def seal(self, text: str, *, record: str, field: str) -> bytes:
        """Layout byte, key id, nonce and ciphertext of `text`, bound to its record and field."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        place = _place(record, field)
        return LAYOUT + self.key_id + nonce + self._cipher.encrypt(nonce, text.encode(), place)

    def unseal(self, sealed: bytes, *, record: str, field: str) -> str:
        """The text that was sealed for this record and field; SecretsBoxError for any other."""
        self.check_key_of(sealed, where=f"{record}/{field}")
        nonce, body = sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, _place(record, field)).decode()
        except InvalidTag:
            raise SecretsBoxError(
                f"The ciphertext at {record}/{field} was altered or moved there from another "
                "record. Restore this row from a backup; do not overwrite it."
            ) from None

    def lookup_hash(self, text: str, *, field: str) -> str:
        """A keyed hash for equality look-ups: useless for guessing without the key."""
        return hmac.new(self._hash_key, _place(field, text), hashlib.sha256).hexdigest()

    def check_key_of(self, sealed: bytes, *, where: str) -> None:
        """Raises SecretsBoxError unless `sealed` was made with this key."""
        if sealed[: len(LAYOUT)] != LAYOUT or len(sealed) <= _HEAD + NONCE_BYTES:
            raise SecretsBoxError(f"The ciphertext at {where} has an unknown layout or is cut off.")
        key_id = sealed[len(LAYOUT) : _HEAD]
        if key_id != self.key_id:
            raise SecretsBoxError(
                f"The ciphertext at {where} was made with key {key_id.hex()}, but the key file "
                f"holds key {self.key_id.hex()}. Put back the key file that belongs to this "
                "database."
            )


def open_box(key_file: Path, *, may_create: bool) -> SecretsBox:
    """The box for `key_file`, made on first use; SecretsBoxError if the file cannot be trusted.

    `may_create` is False when ciphertexts exist already: a new key would only hide that
    the old one is lost.
    """
    if may_create and not key_file.exists():
        _create_key(key_file)
    return SecretsBox(_read_key(key_file))


def _create_key(key_file: Path) -> None:
    key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written aside and linked into place: of two processes starting at once one wins,
    # and the other never reads half a key.
    draft = key_file.with_name(f".{key_file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, key_file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read_key(key_file: Path) -> bytes:
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


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)


def _place(*parts: str) -> bytes:
    # Lengths first: "a"+"bc" and "ab"+"c" must not look the same.
    return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
