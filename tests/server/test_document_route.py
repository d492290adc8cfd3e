"""GET /documents: the PDF for the conversation that may see the filing, a 404 in words for every other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from filing_office import PERSON, Office, an_office

from server.routes import documents
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.document_code import code_picture
from services.document_files import DocumentFiles
from services.paper_files import PaperFiles
from services.settings import read_settings


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


async def test_the_square_code_is_a_picture_for_who_may_see_the_filing_and_says_what_the_pdf_says(office, app, client, monkeypatch):
    monkeypatch.setattr(bootstrap, "settings", lambda: read_settings({"PUBLIC_URL": "https://ours.example"}))
    conversation, cookie = app.state.sessions.new()
    number = office.submitted(conversation)
    assert (await client.get(f"/documents/{number}/code.svg")).status_code == 404
    client.cookies.set(COOKIE, cookie)
    answer = await client.get(f"/documents/{number}/code.svg")
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/svg+xml"
    filing = office.course.view(conversation, number)
    assert bootstrap.checked_at(filing) == f"https://ours.example/verify/{number}?sha256={filing.letter_sha256}"
    assert answer.content == code_picture(bootstrap.checked_at(filing))


async def test_the_square_code_of_somebody_elses_filing_is_not_found(office, app, client):
    number = office.submitted("page:first")
    client.cookies.set(COOKIE, app.state.sessions.new()[1])
    assert {(await client.get(f"/documents/{one}/code.svg")).status_code for one in (number, "1")} == {404}
