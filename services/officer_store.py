"""Where officers, their sessions and their wrong passwords are kept: a database of their own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from services.china_time import moment, stamp
from services.database import open_database, problem_code
from services.officer_problems import OfficerProblem

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


@dataclass(frozen=True)
class OfficerRow:
    """An officer as stored."""

    officer_id: str
    name: str
    regions: frozenset[str]
    password_hash: str
    is_active: bool


@dataclass(frozen=True)
class SessionRow:
    """A session as stored."""

    officer_id: str
    begun_at: datetime
    used_at: datetime


class OfficerStore:
    """Officers behind one connection and one lock; every use goes through `transaction()`."""

    def __init__(self, path: Path | None) -> None:
        self._database = open_database(path, migrations, sync="FULL")
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with the write lock from the start; a transaction inside another joins it.

        OfficerProblem store_full, store_read_only, store_busy or store_failing; then nothing of it was kept.
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
                raise OfficerProblem(code) from fault

    def add(self, officer: OfficerRow, at: datetime) -> None:
        """Keeps a new officer, whose id must be free."""
        self._database.execute(
            "INSERT INTO officers VALUES (?, ?, ?, ?, ?, ?)",
            [
                officer.officer_id, officer.name, json.dumps(sorted(officer.regions)), officer.password_hash,
                int(officer.is_active), stamp(at),
            ],
        )

    def officer(self, officer_id: str) -> OfficerRow | None:
        """The officer with this id."""
        return next(iter(self._officers("WHERE officer_id = ?", [officer_id])), None)

    def officers(self) -> tuple[OfficerRow, ...]:
        """Every officer, by id."""
        return self._officers("ORDER BY officer_id", [])

    def set_password_hash(self, officer_id: str, password_hash: str) -> None:
        """Replaces the hash."""
        self._database.execute(
            "UPDATE officers SET password_hash = ? WHERE officer_id = ?", [password_hash, officer_id]
        )

    def set_active(self, officer_id: str, is_active: bool) -> None:
        """Lets the officer in or keeps them out."""
        self._database.execute("UPDATE officers SET is_active = ? WHERE officer_id = ?", [int(is_active), officer_id])

    def add_session(self, token_hash: str, officer_id: str, at: datetime) -> None:
        """Keeps a session that begins now."""
        self._database.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?)", [token_hash, officer_id, stamp(at), stamp(at)]
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

    def end_sessions_of(self, officer_id: str) -> None:
        """Deletes all sessions of an officer."""
        self._database.execute("DELETE FROM sessions WHERE officer_id = ?", [officer_id])

    def purge_sessions(self, used_before: datetime, begun_before: datetime) -> None:
        """Deletes sessions last used or begun before those times."""
        self._database.execute(
            "DELETE FROM sessions WHERE used_at <= ? OR begun_at <= ?", [stamp(used_before), stamp(begun_before)]
        )

    def add_attempt(self, login: str, at: datetime) -> None:
        """Notes an attempt to log in."""
        self._database.execute("INSERT INTO login_attempts (login, at) VALUES (?, ?)", [login, stamp(at)])

    def attempts(self, login: str) -> tuple[datetime, ...]:
        """The attempts that did not succeed, oldest first."""
        rows = self._database.execute("SELECT at FROM login_attempts WHERE login = ? ORDER BY at, id", [login])
        return tuple(moment(at) for (at,) in rows.fetchall())

    def forget_attempts(self, login: str) -> None:
        """Deletes the attempts of a login that has succeeded."""
        self._database.execute("DELETE FROM login_attempts WHERE login = ?", [login])

    def purge_attempts(self, before: datetime) -> None:
        """Deletes attempts that no longer count for anyone."""
        self._database.execute("DELETE FROM login_attempts WHERE at <= ?", [stamp(before)])

    def close(self) -> None:
        """Closes the database; the store is of no use afterwards."""
        with self._lock:
            self._database.conn.close()

    def _officers(self, rest: str, arguments: list[str]) -> tuple[OfficerRow, ...]:
        rows = self._database.execute(
            f"SELECT officer_id, name, regions, password_hash, is_active FROM officers {rest}", arguments
        )
        return tuple(
            OfficerRow(officer_id, name, frozenset(json.loads(codes)), password_hash, bool(is_active))
            for officer_id, name, codes, password_hash, is_active in rows.fetchall()
        )
