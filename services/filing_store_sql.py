"""Rows of one table, in and out as dicts, by statements that stay the same, so that SQLite prepares each only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database


class Rows:
    """The rows of a table, found by its key column."""

    def __init__(self, database: Database, table: str, key: str) -> None:
        self._database, self._table, self._key = database, table, key

    def insert(self, row: Mapping[str, Any], *, replacing: bool = False) -> int:
        """A new row, in the place of one with the same key if `replacing`; its rowid."""
        verb = "INSERT OR REPLACE" if replacing else "INSERT"
        marks = ", ".join("?" * len(row))
        sql = f"{verb} INTO {self._table} ({', '.join(row)}) VALUES ({marks})"
        return int(self._database.execute(sql, [*row.values()]).lastrowid or 0)

    def update(self, key: str, columns: Mapping[str, Any]) -> None:
        """Changes columns of the row with that key. LookupError if there is none."""
        sets = ", ".join(f"{column} = ?" for column in columns)
        sql = f"UPDATE {self._table} SET {sets} WHERE {self._key} = ?"
        if self._database.execute(sql, [*columns.values(), key]).rowcount != 1:
            raise LookupError(f"There is no {key} in {self._table}.")

    def get(self, key: str) -> dict[str, Any]:
        """The row with that key. LookupError if there is none."""
        found = self.where(f"{self._key} = ?", [key])
        if not found:
            raise LookupError(f"There is no {key} in {self._table}.")
        return found[0]

    def where(self, rest: str, arguments: Iterable[Any]) -> list[dict[str, Any]]:
        """The rows that `rest` leaves: conditions, and perhaps ORDER BY and LIMIT."""
        cursor = self._database.execute(f"SELECT * FROM {self._table} WHERE {rest}", list(arguments))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
