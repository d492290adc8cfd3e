"""How people of the desk sign in: passwords checked, guesses locked out, sessions begun and ended."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.account_problems import AccountProblem
from services.account_store import AccountEvent, AccountRow, AccountStore, SessionRow
from services.accounts import ACCOUNT_ID, with_regions_named
from services.desk_account import Account
from services.passwords import Passwords

MOST_WRONG = 5
WITHIN = LOCKED_FOR = timedelta(minutes=15)
UNUSED_SESSION_LASTS = timedelta(hours=12)
SESSION_LASTS = timedelta(hours=24)
# Writing at every request would make reading wait for the disk.
TOUCHED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Session:
    """A login; it ends at `expires_at` unless it is used before, and a day after it began in any case."""

    account: Account
    expires_at: datetime


class SignIn:
    """Sessions of the desk. `all_regions` is what `*` stands for.

    Whatever checks or sets a password is slow: the caller keeps it off the event loop.
    """

    def __init__(
        self, store: AccountStore, now: Callable[[], datetime], passwords: Passwords,
        all_regions: Callable[[], Collection[str]],
    ) -> None:
        self._store, self._now, self._passwords, self._all_regions = store, now, passwords, all_regions

    def log_in(self, account_id: str, password: str) -> tuple[str, Session]:
        """A new session and its token, which nobody can tell from the database.

        AccountProblem wrong_login(left) and login_locked(until, seconds), the same whether there is such an
        account or not; account_disabled, only to whoever knows the password.
        """
        row = self._checked(account_id, password)
        renewed = self._passwords.renewed(row.password_hash, password)
        with self._store.transaction():
            now_there = self._store.account(account_id)
            if now_there is None or now_there.password_hash != row.password_hash:
                raise self._wrong(account_id)  # a new password was set while the old one was checked
            self._store.forget_attempts_of(account_id)
            if renewed is not None:
                self._store.set_password_hash(account_id, renewed)
            if now_there.is_active:
                self._log("signed_in", account_id)
                return self._begin_session(now_there)
        raise AccountProblem("account_disabled")

    def change_password(self, token: str, present: str, new: str) -> tuple[str, Session]:
        """A new session with the new password; all others of the account end.

        A wrong present password counts as one at the login: whoever finds a screen left open may not try them out.
        AccountProblem wrong_password(left), login_locked(until, seconds), same_password, password_too_short(least),
        password_too_long(most), session_over.
        """
        session = self.session(token)
        if session is None:
            raise AccountProblem("session_over")
        account_id = session.account.id
        password_hash = self._passwords.hash(new)
        row = self._checked(account_id, present, "wrong_password")
        if self._passwords.is_right(row.password_hash, new):
            self._forgiven(account_id)
            raise AccountProblem("same_password")
        with self._store.transaction():
            now_there = self._store.account(account_id)
            if now_there is None or now_there.password_hash != row.password_hash or not now_there.is_active:
                raise AccountProblem("session_over")
            self._store.set_password_hash(account_id, password_hash)
            self._store.end_sessions_of(account_id)
            self._store.forget_attempts_of(account_id)
            self._log("password_changed", account_id)
            return self._begin_session(now_there)

    def session(self, token: str) -> Session | None:
        """The session of that token while it lasts, which using it prolongs."""
        token_hash, now = _token_hash(token), self._now()
        with self._store.transaction():
            kept = self._store.session(token_hash)
            row = self._store.account(kept.account_id) if kept else None
        if kept is None or row is None or not row.is_active or now >= _last_moment(kept):
            return None
        if now - kept.used_at >= TOUCHED_EVERY:
            # Whoever only reads need not hear that the disk is full.
            with suppress(AccountProblem), self._store.transaction():
                self._store.touch_session(token_hash, now)
        return Session(self._account(row), min(now + UNUSED_SESSION_LASTS, kept.begun_at + SESSION_LASTS))

    def log_out(self, token: str) -> None:
        """The session of that token is over; nothing happens if there is none."""
        with self._store.transaction():
            session = self._store.session(_token_hash(token))
            if session is not None:
                self._store.end_session(_token_hash(token))
                self._log("signed_out", session.account_id)

    def log_out_everywhere(self, account_id: str) -> None:
        """All sessions of the account are over."""
        with self._store.transaction():
            self._store.end_sessions_of(account_id)
            self._log("signed_out_everywhere", account_id)

    def _checked(self, account_id: str, password: str, code: str = "wrong_login") -> AccountRow:
        """The account, if the password is its own; AccountProblem otherwise."""
        row = self._attempted(account_id)
        if not self._passwords.is_right(row.password_hash if row else None, password) or row is None:
            raise self._wrong(account_id, code)
        return row

    def _attempted(self, account_id: str) -> AccountRow | None:
        """The account of that id. The attempt counts as wrong from here on: guesses sent at once count as well."""
        now = self._now()
        with self._store.transaction():
            self._check_unlocked(account_id)
            self._store.purge_attempts(now - WITHIN - LOCKED_FOR)
            self._store.add_attempt(account_id, now)
            return self._store.account(account_id) if ACCOUNT_ID.fullmatch(account_id) else None

    def _wrong(self, account_id: str, code: str = "wrong_login") -> AccountProblem:
        """What to say of a wrong attempt: that it was one too many, or how many are left. It is written down."""
        with self._store.transaction():
            try:
                self._check_unlocked(account_id)
            except AccountProblem as locked:
                self._log_wrong("locked", account_id)
                return locked
            self._log_wrong("wrong_password", account_id)
            since = self._now() - WITHIN
            wrong = sum(at > since for at in self._store.attempts(account_id))
        return AccountProblem(code, left=MOST_WRONG - wrong)

    def _forgiven(self, account_id: str) -> None:
        with self._store.transaction():
            self._store.forget_attempts_of(account_id)

    def _check_unlocked(self, account_id: str) -> None:
        """Raises AccountProblem login_locked for as long as the last five wrong attempts say."""
        last = self._store.attempts(account_id)[-MOST_WRONG:]
        if len(last) < MOST_WRONG or last[-1] - last[0] >= WITHIN:
            return
        now, until = self._now(), last[-1] + LOCKED_FOR
        if now < until:
            raise _locked(now, until)

    def _begin_session(self, row: AccountRow) -> tuple[str, Session]:
        now, token = self._now(), secrets.token_urlsafe(32)
        self._store.purge_sessions(now - UNUSED_SESSION_LASTS, now - SESSION_LASTS)
        self._store.add_session(_token_hash(token), row.account.id, now)
        return token, Session(self._account(row), now + UNUSED_SESSION_LASTS)

    def _account(self, row: AccountRow) -> Account:
        return with_regions_named(row.account, self._all_regions())

    def _log_wrong(self, event: str, account_id: str) -> None:
        # Only of accounts there are: what else was typed may be anything, and anybody can type without end.
        if ACCOUNT_ID.fullmatch(account_id) and self._store.account(account_id) is not None:
            self._log(event, account_id)

    def _log(self, event: str, account_id: str) -> None:
        self._store.log(AccountEvent(self._now(), account_id, event, account_id, {}))


def _last_moment(session: SessionRow) -> datetime:
    return min(session.used_at + UNUSED_SESSION_LASTS, session.begun_at + SESSION_LASTS)


def _locked(now: datetime, until: datetime) -> AccountProblem:
    return AccountProblem("login_locked", until=until, seconds=-(-(until - now) // timedelta(seconds=1)))


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
