"""POST /chat/draft/shown: the page's own open filing in clear, kept nowhere; words for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from filing_office import PERSON, Office, an_office, policy

from server.routes import drafts
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.filing_draft_shown import DraftShown

PATH = "/chat/draft/shown"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        shown = DraftShown(opened.store, opened.clock, policy())
        monkeypatch.setattr(bootstrap, "draft_shown", lambda: shown)
        yield opened


@pytest.fixture
def app() -> FastAPI:
    made = FastAPI()
    made.include_router(drafts.router)
    made.state.sessions = Sessions("a secret")
    return made


async def test_the_page_that_fills_in_sees_its_own_answers_which_nobody_may_keep(office, app, client):
    conversation, cookie = app.state.sessions.new()
    office.ready_to_sign(conversation)
    client.cookies.set(COOKIE, cookie)
    answer = await client.post(PATH, headers={"Origin": "http://localhost:8000"})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert {line["slot"]: line["value"] for line in told["fields"]} == PERSON and told["seconds"] == 60


async def test_after_the_filing_was_handed_in_it_is_refused_in_words(office, app, client):
    conversation, cookie = app.state.sessions.new()
    office.submitted(conversation)
    client.cookies.set(COOKIE, cookie)
    answer = await client.post(PATH)
    assert answer.status_code == 409 and "已经交了" in answer.json()["message"]
    assert not any(value in answer.text for value in PERSON.values())


async def test_another_browser_a_foreign_page_and_a_mere_link_get_nothing(office, app, client):
    conversation, cookie = app.state.sessions.new()
    office.ready_to_sign(conversation)
    assert (await client.post(PATH)).status_code == 401
    client.cookies.set(COOKIE, app.state.sessions.new()[1])
    assert (await client.post(PATH)).status_code == 409
    client.cookies.set(COOKIE, cookie)
    foreign = await client.post(PATH, headers={"Origin": "https://elsewhere.example"})
    assert (foreign.status_code, foreign.json()["message"]) == (403, "请从这个网站自己的页面看。")
    assert (await client.get(PATH)).status_code == 405
