"""Where accounts, their sessions and their wrong passwords are kept: a database of their own."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from services.account_problems import AccountProblem
from services.china_time import moment, stamp
from services.database import open_database, problem_code
from services.desk_account import Account

migrations = Migrations("officer_store")


@migrations()
def create_officers(db: Database) -> None:
    """Who may work at the desk, and for which areas. Only a hash of the password is kept."""
    db.table("officers").create(
        {"officer_id": str, "name": str, "regions": str, "password_hash": str, "is_active": int, "added_at": str},
        pk="officer_id",
        not_null={"name", "regions", "password_hash", "is_active", "added_at"},
        strict=True,
    )


@migrations()
def create_sessions(db: Database) -> None:
    """Who is logged in, by a hash of the token: a copied database opens nothing."""
    db.table("sessions").create(
        {"token_hash": str, "officer_id": str, "begun_at": str, "used_at": str},
        pk="token_hash",
        not_null={"officer_id", "begun_at", "used_at"},
        foreign_keys=[("officer_id", "officers", "officer_id")],
        strict=True,
    )
    db.table("sessions").create_index(["officer_id"])


@migrations()
def create_login_attempts(db: Database) -> None:
    """Logins that did not succeed. By a hash: people type passwords and ID numbers into the wrong box."""
    db.table("login_attempts").create(
        {"id": int, "login": str, "at": str}, pk="id", not_null={"login", "at"}, strict=True
    )
    db.table("login_attempts").create_index(["login", "at"])


@migrations()
def give_accounts_a_role(db: Database) -> None:
    """Until then whoever had an account was an officer."""
    db.table("officers").add_column("role", str, not_null_default="officer")


@migrations()
def create_account_events(db: Database) -> None:
    """Who signed in, and who changed what about an account. Nothing can be taken out of it."""
    db.table("account_events").create(
        {"id": int, "at": str, "actor": str, "event": str, "account": str, "detail": str}, pk="id",
        not_null={"at", "actor", "event", "account", "detail"}, strict=True,
    )
    db.table("account_events").create_index(["account", "id"])
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER account_events_no_{verb.lower()} BEFORE {verb} ON account_events "
            "BEGIN SELECT RAISE(ABORT, 'account_events is append-only'); END"
        )


@dataclass(frozen=True)
class AccountRow:
    """An account as stored: its regions may be `*`."""

    account: Account
    password_hash: str
    is_active: bool


@dataclass(frozen=True)
class SessionRow:
    """A session as stored."""

    account_id: str
    begun_at: datetime
    used_at: datetime


@dataclass(frozen=True)
class AccountEvent:
    """`actor` (an id; empty from the command line) did this at that account (an id)."""

    at: datetime
    actor: str
    event: str
    account: str
    detail: dict[str, Any]


class AccountStore:
    """Accounts behind one connection and one lock; every use goes through `transaction()`.

    What was typed at wrong logins is kept by a hash with `login_key`: an ID number typed into the wrong box could be
    guessed from one without.
    """

    def __init__(self, path: Path | None, login_key: str = "") -> None:
        self._database = open_database(path, migrations, sync="FULL")
        self._lock = threading.RLock()
        self._login_key = login_key.encode()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with the write lock from the start; a transaction inside another joins it.

        AccountProblem store_full, store_read_only, store_busy or store_failing; then nothing of it was kept.
        """
        connection = self._database.conn
        with self._lock:
            if connection.in_transaction:
                yield
                return
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield
                connection.commit()
            except BaseException as fault:
                if connection.in_transaction:  # a full disk makes SQLite roll back by itself
                    connection.rollback()
                code = problem_code(fault)
                if code is None:
                    raise
                raise AccountProblem(code) from fault

    def add(self, row: AccountRow, at: datetime) -> None:
        """Keeps a new account, whose id must be free."""
        account = row.account
        self._database.execute(
            "INSERT INTO officers (officer_id, name, regions, role, password_hash, is_active, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                account.id, account.name, _json_of(account.regions), account.role, row.password_hash,
                int(row.is_active), stamp(at),
            ],
        )

    def account(self, account_id: str) -> AccountRow | None:
        """The account with this id."""
        return next(iter(self._accounts("WHERE officer_id = ?", [account_id])), None)

    def accounts(self) -> tuple[AccountRow, ...]:
        """Every account, by id."""
        return self._accounts("ORDER BY officer_id", [])

    def set_password_hash(self, account_id: str, password_hash: str) -> None:
        """Replaces the hash."""
        self._database.execute(
            "UPDATE officers SET password_hash = ? WHERE officer_id = ?", [password_hash, account_id]
        )

    def set_active(self, account_id: str, is_active: bool) -> None:
        """Lets its person in or keeps them out."""
        self._database.execute("UPDATE officers SET is_active = ? WHERE officer_id = ?", [int(is_active), account_id])

    def set_role(self, account: Account) -> None:
        """Replaces role and regions."""
        self._database.execute(
            "UPDATE officers SET role = ?, regions = ? WHERE officer_id = ?",
            [account.role, _json_of(account.regions), account.id],
        )

    def add_session(self, token_hash: str, account_id: str, at: datetime) -> None:
        """Keeps a session that begins now."""
        self._database.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?)", [token_hash, account_id, stamp(at), stamp(at)]
        )

    def session(self, token_hash: str) -> SessionRow | None:
        """The session of that token."""
        row = self._database.execute(
            "SELECT officer_id, begun_at, used_at FROM sessions WHERE token_hash = ?", [token_hash]
        ).fetchone()
        return None if row is None else SessionRow(row[0], moment(row[1]), moment(row[2]))

    def touch_session(self, token_hash: str, at: datetime) -> None:
        """Notes that the session was used."""
        self._database.execute("UPDATE sessions SET used_at = ? WHERE token_hash = ?", [stamp(at), token_hash])

    def end_session(self, token_hash: str) -> None:
        """Deletes that session, if it is there."""
        self._database.execute("DELETE FROM sessions WHERE token_hash = ?", [token_hash])

    def end_sessions_of(self, account_id: str) -> None:
        """Deletes all sessions of an account."""
        self._database.execute("DELETE FROM sessions WHERE officer_id = ?", [account_id])

    def purge_sessions(self, used_before: datetime, begun_before: datetime) -> None:
        """Deletes sessions last used or begun before those times."""
        self._database.execute(
            "DELETE FROM sessions WHERE used_at <= ? OR begun_at <= ?", [stamp(used_before), stamp(begun_before)]
        )

    def add_attempt(self, typed: str, at: datetime) -> None:
        """Notes an attempt to log in as this."""
        self._database.execute(
            "INSERT INTO login_attempts (login, at) VALUES (?, ?)", [self._login(typed), stamp(at)]
        )

    def attempts(self, typed: str) -> tuple[datetime, ...]:
        """The attempts that did not succeed, oldest first."""
        rows = self._database.execute(
            "SELECT at FROM login_attempts WHERE login = ? ORDER BY at, id", [self._login(typed)]
        )
        return tuple(moment(at) for (at,) in rows.fetchall())

    def forget_attempts_of(self, account_id: str) -> None:
        """Deletes the attempts of a login that has succeeded."""
        self._database.execute("DELETE FROM login_attempts WHERE login = ?", [self._login(account_id)])

    def purge_attempts(self, before: datetime) -> None:
        """Deletes attempts that no longer count for anyone."""
        self._database.execute("DELETE FROM login_attempts WHERE at <= ?", [stamp(before)])

    def log(self, event: AccountEvent) -> None:
        """Writes down what happened."""
        self._database.execute(
            "INSERT INTO account_events (at, actor, event, account, detail) VALUES (?, ?, ?, ?, ?)",
            [stamp(event.at), event.actor, event.event, event.account, json.dumps(event.detail, ensure_ascii=False)],
        )

    def events(self, account_id: str | None, limit: int) -> tuple[AccountEvent, ...]:
        """What happened to that account, or to all, the newest first."""
        rows = self._database.execute(
            "SELECT at, actor, event, account, detail FROM account_events"
            f" {'' if account_id is None else 'WHERE account = ?'} ORDER BY id DESC LIMIT ?",
            [limit] if account_id is None else [account_id, limit],
        )
        return tuple(
            AccountEvent(moment(at), actor, event, account, json.loads(detail))
            for at, actor, event, account, detail in rows.fetchall()
        )

    def close(self) -> None:
        """Closes the database; the store is of no use afterwards."""
        with self._lock:
            self._database.conn.close()

    def _login(self, typed: str) -> str:
        return hmac.new(self._login_key, typed.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()

    def _accounts(self, rest: str, arguments: list[str]) -> tuple[AccountRow, ...]:
        rows = self._database.execute(
            f"SELECT officer_id, name, regions, role, password_hash, is_active FROM officers {rest}", arguments
        )
        return tuple(
            AccountRow(Account(account_id, name, frozenset(json.loads(codes)), role), password_hash, bool(is_active))
            for account_id, name, codes, role, password_hash, is_active in rows.fetchall()
        )


def _json_of(codes: frozenset[str]) -> str:
    return json.dumps(sorted(codes))
