"""Encryption of single values at rest, with keys that live outside the database file."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag

from services.key_ring import (
    KEY_BYTES,
    KEY_ID_BYTES,
    KeyRing,
    SealingKey,
    SecretsBoxError,
    create_key,
    kept_signing_key,
)

__all__ = ["KEY_BYTES", "KEY_ID_START", "SecretsBox", "SecretsBoxError", "kept_signing_secret", "key_id_of", "open_box"]

NONCE_BYTES = 12
# First byte of every ciphertext, so that another cipher can be told apart later.
LAYOUT = b"\x01"
KEY_ID_START = len(LAYOUT)
_HEAD = KEY_ID_START + KEY_ID_BYTES


class SecretsBox:
    """Seals values so that each opens only under its own record and field."""

    def __init__(self, keys: bytes | KeyRing) -> None:
        self._ring = KeyRing.of_key(keys) if isinstance(keys, bytes) else keys

    @property
    def key_id(self) -> bytes:
        """The id of the key that seals now."""
        return self._ring.current_first()[0].key_id

    @property
    def key_ids(self) -> tuple[bytes, ...]:
        """The ids of all keys that open, the current one first."""
        return tuple(key.key_id for key in self._ring.current_first())

    def seal(self, text: str, *, record: str, field: str) -> bytes:
        """Layout byte, key id, nonce and ciphertext of `text`, bound to its record and field."""
        return self.seal_bytes(text.encode(), record=record, field=field)

    def unseal(self, sealed: bytes, *, record: str, field: str) -> str:
        """The text that was sealed for this record and field; SecretsBoxError for any other."""
        return self.unseal_bytes(sealed, record=record, field=field).decode()

    def seal_bytes(self, content: bytes, *, record: str, field: str) -> bytes:
        """As `seal`, for a whole file."""
        key, nonce = self._ring.current_first()[0], secrets.token_bytes(NONCE_BYTES)
        return LAYOUT + key.key_id + nonce + key.cipher.encrypt(nonce, content, _place(record, field))

    def unseal_bytes(self, sealed: bytes, *, record: str, field: str) -> bytes:
        """As `unseal`, for a whole file."""
        where = f"{record}/{field}"
        key = self._key_of(sealed, where)
        nonce, body = sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, body, _place(record, field))
        except InvalidTag:
            raise SecretsBoxError(
                f"The ciphertext at {where} was altered or moved there from another "
                "record. Restore this row from a backup; do not overwrite it."
            ) from None

    def lookup_hash(self, text: str, *, field: str) -> str:
        """A keyed hash for equality look-ups, to be stored: useless for guessing without the key."""
        return _hash(self._ring.current_first()[0], text, field)

    def lookup_hashes(self, text: str, field: str) -> tuple[str, ...]:
        """The hashes by which a stored value can be found, the current key's first.

        More than one while a rotation is under way: what it hasn't reached carries the old key's.
        """
        return tuple(_hash(key, text, field) for key in self._ring.current_first())

    def check_key_of(self, sealed: bytes, *, where: str) -> None:
        """Raises SecretsBoxError unless `sealed` was made with a key of the ring."""
        self._key_of(sealed, where)

    def _key_of(self, sealed: bytes, where: str) -> SealingKey:
        if sealed[: len(LAYOUT)] != LAYOUT or len(sealed) <= _HEAD + NONCE_BYTES:
            raise SecretsBoxError(f"The ciphertext at {where} has an unknown layout or is cut off.")
        key_id = key_id_of(sealed)
        key = self._ring.find(key_id)
        if key is not None:
            return key
        made = f"The ciphertext at {where} was made with key {key_id.hex()}"
        if self._ring.is_retired(key_id):
            raise SecretsBoxError(f"{made}, which is retired. Run: python -m services.keys rotate")
        raise SecretsBoxError(
            f"{made}, but the key file holds key {self.key_id.hex()}. Put back the key file that belongs to this "
            "database."
        )


def key_id_of(sealed: bytes) -> bytes:
    """The id of the key that a ciphertext was made with; of anything else, some bytes."""
    return sealed[KEY_ID_START:_HEAD]


def open_box(key_file: Path, *, may_create: bool) -> SecretsBox:
    """The box for `key_file`, made on first use; SecretsBoxError if the file cannot be trusted.

    `may_create` is False when ciphertexts exist already: a new key would only hide that
    the old one is lost.
    """
    if may_create and not key_file.exists():
        create_key(key_file)
    return SecretsBox(KeyRing.of_file(key_file))


def kept_signing_secret(key_file: Path) -> str:
    """The secret that signs sessions and buttons, kept beside the filing key so that it outlives it.

    Derived from the filing key on first use: what was signed before it had a file of its own stays good.
    """
    return kept_signing_key(key_file, open_box(key_file, may_create=False).lookup_hash("signing", field="server"))


def _hash(key: SealingKey, text: str, field: str) -> str:
    return hmac.new(key.hash_key, _place(field, text), hashlib.sha256).hexdigest()


def _place(*parts: str) -> bytes:
    # Lengths first: "a"+"bc" and "ab"+"c" must not look the same.
    return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
