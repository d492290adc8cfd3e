"""A filing store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filing_office import Clock, Office

from services.commitment_letters import load_letters
from services.filing_desk import FilingDesk
from services.filing_store import FilingStore
from services.filings import Filings


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = Clock()
    store = FilingStore.open(tmp_path / "filings.db", tmp_path / "keys" / "filing.key")
    yield Office(Filings(store, clock, load_letters()), FilingDesk(store, clock), store, clock, tmp_path)
    store.close()
