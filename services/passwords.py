"""Passwords: what one must be like, its hash, and whether a typed one is right."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from services.account_problems import AccountProblem

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 256
# No two look alike: it is read from one screen and typed at another. 4 × 4 of 31 are 79 bits.
MADE_OF = "abcdefghjkmnpqrstuvwxyz23456789"
MADE_UP_GROUPS, LETTERS_IN_A_GROUP = 4, 4


class Passwords:
    """Hashes by argon2id. Each use takes a processor for a tenth of a second and 64 MB:
    the caller keeps it off the event loop and from running often at once."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # What is checked where there is no such account, so that the answer takes as long.
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """What to keep of a new password. AccountProblem password_too_short(least), password_too_long(most)."""
        if len(password) < SHORTEST_PASSWORD:
            raise AccountProblem("password_too_short", least=SHORTEST_PASSWORD)
        if len(password) > LONGEST_PASSWORD:
            raise AccountProblem("password_too_long", most=LONGEST_PASSWORD)
        return self._hasher.hash(_bytes_of(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether this password was hashed so; for None, as slowly, never."""
        try:
            return self._hasher.verify(kept or self._nobodys, _bytes_of(password)) and kept is not None
        except VerifyMismatchError:
            return False

    def renewed(self, kept: str, password: str) -> str | None:
        """The right password's hash by today's parameters, if it was made by older ones."""
        return self._hasher.hash(_bytes_of(password)) if self._hasher.check_needs_rehash(kept) else None


def made_up_password() -> str:
    """A new password that nobody has chosen."""
    groups = ("".join(secrets.choice(MADE_OF) for _ in range(LETTERS_IN_A_GROUP)) for _ in range(MADE_UP_GROUPS))
    return "-".join(groups)


def _bytes_of(password: str) -> bytes:
    # The same password is other characters when another keyboard composes them.
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
