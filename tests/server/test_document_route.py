"""GET /documents: the PDF for the conversation that may see the filing, a 404 in words for every other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from filing_office import PERSON, Office, an_office

from server.routes import documents
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.document_files import DocumentFiles
from services.paper_files import PaperFiles


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Its documents are a few bytes that name the filing: how they look is not the route's business."""
    with an_office(tmp_path) as opened:
        files = PaperFiles(tmp_path / "documents", opened.store.box, "document")
        kept = DocumentFiles(files, lambda paper: b"%PDF of " + paper.view.filing_no.encode())
        monkeypatch.setattr(bootstrap, "filing_course", lambda: opened.course)
        monkeypatch.setattr(bootstrap, "documents", lambda: kept)
        yield opened


@pytest.fixture
def app() -> FastAPI:
    made = FastAPI()
    made.include_router(documents.router)
    made.state.sessions, made.state.api_token = Sessions("a secret"), None
    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


async def test_the_page_that_filed_gets_its_document_and_gets_it_again(office, app, client):
    conversation, cookie = app.state.sessions.new()
    number = office.submitted(conversation)
    client.cookies.set(COOKIE, cookie)
    first, second = [await client.get(f"/documents/{number}.pdf") for _ in range(2)]
    assert first.status_code == 200 and first.content == second.content == b"%PDF of " + number.encode()
    assert first.headers["content-type"] == "application/pdf" and first.headers["cache-control"] == "no-store"


async def test_another_page_gets_it_only_after_it_has_looked_the_filing_up(office, app, client):
    number = office.submitted("page:first")
    conversation, cookie = app.state.sessions.new()
    client.cookies.set(COOKIE, cookie)
    answer = await client.get(f"/documents/{number}.pdf")
    assert answer.status_code == 404 and "备案号" in answer.json()["detail"]
    office.look_up.look_up(conversation, number, PERSON["id_number"][-4:], PERSON["phone"])
    assert (await client.get(f"/documents/{number}.pdf")).status_code == 200


async def test_without_a_session_or_with_a_number_that_is_none_there_is_nothing(office, app, client):
    number = office.submitted("page:first")
    unknown = await client.get(f"/documents/{number}.pdf")
    client.cookies.set(COOKIE, app.state.sessions.new()[1])
    assert unknown.status_code == 404
    assert {(await client.get(f"/documents/{one}.pdf")).text for one in (number, "1", "371000")} == {unknown.text}


async def test_a_rest_client_gets_its_own_senders_document(office, app, client):
    number = office.submitted(app.state.sessions.rest_conversation("demo"))
    assert (await client.get(f"/documents/{number}.pdf", params={"sender": "demo"})).status_code == 200
    assert (await client.get(f"/documents/{number}.pdf", params={"sender": "other"})).status_code == 404
    proxied = await client.get(f"/documents/{number}.pdf", params={"sender": "demo"}, headers={"X-Forwarded-For": "10.0.0.1"})
    assert proxied.status_code == 401
