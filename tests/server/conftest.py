"""The desk and the page over HTTP, for the tests of their APIs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from desk_callers import OWN, Caller, a_desk
from fastapi import FastAPI
from filing_office import Office, an_office

from services import bootstrap

if TYPE_CHECKING:
    from listening_house import House


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(office: Office, tmp_path: Path) -> Iterator[FastAPI]:
    with a_desk(office, tmp_path) as made:
        yield made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The page, from this machine; an `app` of a test file's own goes first."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


@pytest.fixture
async def caller(app: FastAPI) -> AsyncIterator[Caller]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=OWN) as client:
        yield Caller(client)


@pytest.fixture
async def zhang(caller: Caller) -> Caller:
    """A program logged in as the officer of 威海."""
    return await caller.as_program()


@pytest.fixture
async def wang(caller: Caller) -> Caller:
    """A program logged in as an agent."""
    return await caller.as_program("wang03")


@pytest.fixture
async def boss(caller: Caller) -> Caller:
    """A program logged in as the administrator."""
    return await caller.as_program("boss")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A server's parts, for agents who read along and people who ask."""
    from listening_house import House  # it imports Rasa: only when a test needs it

    with an_office(tmp_path) as office:
        made = House(tmp_path, office)
        monkeypatch.setattr(bootstrap, "now", made.clock)
        monkeypatch.setattr(bootstrap, "conversation_store", lambda: made.talk)
        yield made
        made.close()
