"""Officers of the agencies: who they are, for which areas they decide, how they log in."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from rules_engine import regions as divisions
from rules_engine.errors import UnknownRegion
from services.filing_desk import Officer
from services.officer_problems import OfficerProblem
from services.officer_store import OfficerRow, OfficerStore

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 256
LONGEST_NAME = 30
OFFICER_ID = re.compile(r"[A-Za-z0-9_-]{2,32}")
MOST_WRONG = 5
WITHIN = LOCKED_FOR = timedelta(minutes=15)
UNUSED_SESSION_LASTS = timedelta(hours=12)
SESSION_LASTS = timedelta(hours=24)
# Writing at every request would make reading wait for the disk.
TOUCHED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Account:
    """An officer, and whether they may log in."""

    officer: Officer
    is_active: bool


@dataclass(frozen=True)
class Session:
    """A login; it ends at `expires_at` unless it is used before, and a day after it began in any case."""

    officer: Officer
    expires_at: datetime


class Officers:
    """The officers of this installation and their sessions.

    Whatever checks or sets a password takes a processor for a tenth of a second and 64 MB:
    the caller keeps it off the event loop and from running often at once.
    """

    def __init__(
        self, store: OfficerStore, now: Callable[[], datetime], hasher: PasswordHasher | None = None,
        login_key: str = "",
    ) -> None:
        self._store = store
        self._now = now
        self._login_key = login_key.encode()
        self._hasher = hasher or PasswordHasher()
        # Whose password is checked where there is no such officer, so that the answer takes as long.
        self._nobody = OfficerRow("", "", frozenset(), self._hasher.hash(secrets.token_urlsafe()), is_active=False)

    def add(self, officer_id: str, name: str, regions: Iterable[str], password: str) -> Officer:
        """The new officer. OfficerProblem bad_id, bad_name, no_regions, unknown_region(region),
        password_too_short(least), password_too_long(most), officer_exists(officer_id)."""
        officer = Officer(officer_id, name.strip(), frozenset(regions))
        _check_described(officer)
        password_hash = self._hash(password)
        with self._store.transaction():
            if self._store.officer(officer_id) is not None:
                raise OfficerProblem("officer_exists", officer_id=officer_id)
            row = OfficerRow(officer.id, officer.name, officer.regions, password_hash, is_active=True)
            self._store.add(row, self._now())
        return officer

    def accounts(self) -> tuple[Account, ...]:
        """Every account, by id."""
        with self._store.transaction():
            return tuple(Account(_officer(row), row.is_active) for row in self._store.officers())

    def check_known(self, officer_id: str) -> None:
        """Raises OfficerProblem officer_not_found unless there is such an officer."""
        with self._store.transaction():
            self._known(officer_id)

    def disable(self, officer_id: str) -> None:
        """The officer is out at once and cannot log in again. OfficerProblem officer_not_found."""
        with self._store.transaction():
            self._known(officer_id)
            self._store.set_active(officer_id, False)
            self._store.end_sessions_of(officer_id)

    def enable(self, officer_id: str) -> None:
        """The officer can log in again. OfficerProblem officer_not_found."""
        with self._store.transaction():
            self._known(officer_id)
            self._store.set_active(officer_id, True)

    def set_password(self, officer_id: str, password: str) -> None:
        """A new password; sessions begun with the old one end, wrong attempts are forgotten.

        OfficerProblem officer_not_found, password_too_short(least), password_too_long(most).
        """
        self.check_known(officer_id)
        password_hash = self._hash(password)
        with self._store.transaction():
            self._store.set_password_hash(officer_id, password_hash)
            self._store.end_sessions_of(officer_id)
            self._store.forget_attempts(self._login(officer_id))

    def log_in(self, officer_id: str, password: str) -> tuple[str, Session]:
        """A new session and its token, which nobody can tell from the database.

        OfficerProblem wrong_login(left) and login_locked(until, seconds), the same whether there is such an
        officer or not; officer_disabled, only to whoever knows the password.
        """
        row = self._attempted(officer_id)
        if row is None or not self._is_right(row, password):
            raise self._wrong(officer_id)
        renewed = self._hash(password) if self._hasher.check_needs_rehash(row.password_hash) else None
        with self._store.transaction():
            now_there = self._store.officer(officer_id)
            if now_there is None or now_there.password_hash != row.password_hash:
                raise self._wrong(officer_id)  # a new password was set while the old one was checked
            self._store.forget_attempts(self._login(officer_id))
            if renewed is not None:
                self._store.set_password_hash(officer_id, renewed)
            if now_there.is_active:
                return self._begin_session(now_there)
        raise OfficerProblem("officer_disabled")

    def session(self, token: str) -> Session | None:
        """The session of that token while it lasts, which using it prolongs."""
        token_hash, now = _token_hash(token), self._now()
        with self._store.transaction():
            session = self._store.session(token_hash)
            if session is None:
                return None
            row = self._known(session.officer_id)
        last_moment = session.begun_at + SESSION_LASTS
        if now >= min(session.used_at + UNUSED_SESSION_LASTS, last_moment) or not row.is_active:
            return None
        if now - session.used_at >= TOUCHED_EVERY:
            # Whoever only reads need not hear that the disk is full.
            with suppress(OfficerProblem), self._store.transaction():
                self._store.touch_session(token_hash, now)
        return Session(_officer(row), min(now + UNUSED_SESSION_LASTS, last_moment))

    def log_out(self, token: str) -> None:
        """The session of that token is over; nothing happens if there is none."""
        with self._store.transaction():
            self._store.end_session(_token_hash(token))

    def _attempted(self, officer_id: str) -> OfficerRow | None:
        """The officer of that id. The attempt counts as wrong from here on: guesses sent at once count as well."""
        now = self._now()
        with self._store.transaction():
            self._check_unlocked(officer_id)
            self._store.purge_attempts(now - WITHIN - LOCKED_FOR)
            self._store.add_attempt(self._login(officer_id), now)
            row = self._store.officer(officer_id) if OFFICER_ID.fullmatch(officer_id) else None
        if row is None:
            self._is_right(self._nobody, "")
        return row

    def _wrong(self, officer_id: str) -> OfficerProblem:
        """What to say of a wrong attempt; raises login_locked itself where it was one too many."""
        with self._store.transaction():
            self._check_unlocked(officer_id)
            since = self._now() - WITHIN
            wrong = sum(at > since for at in self._store.attempts(self._login(officer_id)))
        return OfficerProblem("wrong_login", left=MOST_WRONG - wrong)

    def _check_unlocked(self, officer_id: str) -> None:
        """Raises OfficerProblem login_locked for as long as the last five wrong attempts say."""
        last = self._store.attempts(self._login(officer_id))[-MOST_WRONG:]
        if len(last) < MOST_WRONG or last[-1] - last[0] >= WITHIN:
            return
        now, until = self._now(), last[-1] + LOCKED_FOR
        if now < until:
            raise _locked(now, until)

    def _login(self, officer_id: str) -> str:
        """A hash with a key: an ID number typed into the wrong box could be guessed from one without."""
        return hmac.new(self._login_key, officer_id.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()

    def _is_right(self, row: OfficerRow, password: str) -> bool:
        try:
            return self._hasher.verify(row.password_hash, _bytes_of(password))
        except VerifyMismatchError:
            return False

    def _begin_session(self, row: OfficerRow) -> tuple[str, Session]:
        now, token = self._now(), secrets.token_urlsafe(32)
        self._store.purge_sessions(now - UNUSED_SESSION_LASTS, now - SESSION_LASTS)
        self._store.add_session(_token_hash(token), row.officer_id, now)
        return token, Session(_officer(row), now + UNUSED_SESSION_LASTS)

    def _known(self, officer_id: str) -> OfficerRow:
        row = self._store.officer(officer_id)
        if row is None:
            raise OfficerProblem("officer_not_found", officer_id=officer_id)
        return row

    def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise OfficerProblem("password_too_short", least=SHORTEST_PASSWORD)
        if len(password) > LONGEST_PASSWORD:
            raise OfficerProblem("password_too_long", most=LONGEST_PASSWORD)
        return self._hasher.hash(_bytes_of(password))


def _check_described(officer: Officer) -> None:
    if not OFFICER_ID.fullmatch(officer.id):
        raise OfficerProblem("bad_id")
    if not officer.name or len(officer.name) > LONGEST_NAME or not officer.name.isprintable():
        raise OfficerProblem("bad_name", most=LONGEST_NAME)
    if not officer.regions:
        raise OfficerProblem("no_regions")
    for code in sorted(officer.regions):
        try:
            divisions.region(code)
        except UnknownRegion:
            raise OfficerProblem("unknown_region", region=code) from None


def _officer(row: OfficerRow) -> Officer:
    return Officer(row.officer_id, row.name, row.regions)


def _locked(now: datetime, until: datetime) -> OfficerProblem:
    return OfficerProblem("login_locked", until=until, seconds=-(-(until - now) // timedelta(seconds=1)))


def _bytes_of(password: str) -> bytes:
    # The same password is other characters when another keyboard composes them.
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


if __name__ == "__main__":
    from services.officer_accounts import main

    main()
