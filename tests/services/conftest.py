"""Stores of their own for each test, folders full of sealed values, and backups of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filing_office import Office, an_office
from sealed_data import AT, fill, key_file
from store_samples import STORES, opened

from services.backup_store import make_backup
from services.filing_storage import FilingStorage


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        yield opened


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FilingStorage]:
    yield from opened(request.param, tmp_path)


@pytest.fixture
def inside(store) -> Iterator[FilingStorage]:
    """The store within one transaction, which the end of the test lets through."""
    with store.transaction():
        yield store


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with values sealed in every place."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder)
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(filled, tmp_path / "var"))


@pytest.fixture(scope="module")
def good_backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "good"
    make_backup(filled, key_file(filled), target, AT)
    return target


@pytest.fixture
def made(good_backup: Path, tmp_path: Path) -> Path:
    """A copy of the good backup."""
    return Path(shutil.copytree(good_backup, tmp_path / "backup"))
