"""Every column and folder of ciphertexts is registered, and the data of these tests has a value in each."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import closing

import pytest
import sealed_data
from sealed_data import opened
from sqlite_utils import Database, Migrations

import services
from services.sealed_store_columns import SEALED_COLUMNS, SealedTables, unregistered
from services.sealed_store_files import SEALED_FOLDERS

pytestmark = pytest.mark.slow


def schemas() -> dict[str, Database]:
    """A database as each store module of the services makes it."""
    made = {}
    for module in pkgutil.iter_modules(services.__path__):
        migrations = getattr(importlib.import_module(f"services.{module.name}"), "migrations", None) if "store" in module.name else None
        if isinstance(migrations, Migrations):
            made[migrations.name] = Database(memory=True)
            migrations.apply(made[migrations.name])
    return made


def test_every_column_of_ciphertexts_is_registered():
    """A column that is missing in SEALED_COLUMNS would keep the old key's values for ever."""
    assert [column for database in schemas().values() for column in unregistered(database)] == []


def test_a_column_that_is_not_registered_is_found():
    database = Database(memory=True)
    database["replies"].create({"id": int, "ciphertext": bytes, "sealed_note": bytes, "phone_lookup_hash": str})
    assert unregistered(database) == ["replies.ciphertext", "replies.sealed_note", "replies.phone_lookup_hash"]


def test_every_registered_column_is_in_a_schema():
    there = {(t.name, c.name) for database in schemas().values() for t in database.tables for c in t.columns}
    listed = {(c.table, c.column) for c in SEALED_COLUMNS} | {(f.table, f.column) for f in SEALED_FOLDERS}
    assert listed <= there


def test_the_data_of_these_tests_has_a_value_in_every_registered_column(data):
    with closing(SealedTables(data)) as tables:
        assert [tables.counts(column).total() for column in tables.columns] == [
            6 if column.table == "filing_secrets" else 3 for column in SEALED_COLUMNS
        ]


def test_the_helper_fills_what_it_says(data):
    assert len(opened(data)) == 30 and sealed_data.PAPER in opened(data).values()
