"""POST /chat/paper and /webhooks/rest/paper: a paper in, what was kept and a signed button out, for one's own draft only."""

from __future__ import annotations

import asyncio
import json
import logging
import resource
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from filing_office import GAOYOU, HANGZHOU, Office, an_office
from paper_samples import action, hollow_png, pages, picture

from server.buttons import ButtonSigner
from server.routes import papers
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.paper_files import LARGEST_PAPER

SECRET = "a secret"
HEIC = b"\0\0\0\x18ftypheic" + bytes(300)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        monkeypatch.setattr(bootstrap, "filings", lambda: opened.filings)
        yield opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    """The route as the server runs it, without the dialogue."""
    made = FastAPI()
    made.include_router(papers.router)
    made.state.sessions, made.state.signer, made.state.paper_slots = Sessions(SECRET), ButtonSigner(SECRET), papers.slots()
    made.state.api_token = None
    return made


class Page:
    """A browser with a session, and the filing it is in the middle of."""

    def __init__(self, client: httpx.AsyncClient, app: FastAPI) -> None:
        self.client = client
        self.conversation, cookie = app.state.sessions.new()
        client.cookies.set(COOKIE, cookie)

    async def send(self, content: bytes, paper: str, **headers: str) -> httpx.Response:
        return await self.client.post("/chat/paper", params={"paper": paper}, content=content, headers=headers)


@pytest.fixture
def page(client: httpx.AsyncClient, app: FastAPI) -> Page:
    return Page(client, app)


@pytest.fixture
def paper(page: Page, office: Office) -> str:
    """The paper that the page's draft asks for."""
    return asked(office, page.conversation)


def asked(office: Office, conversation: str, kind: str = "referral", region: str = HANGZHOU) -> str:
    """The first paper of a new draft."""
    draft = office.open(conversation, kind, region)
    return next(step.removeprefix("paper:") for step in draft.plan.steps if step.startswith("paper:"))


async def test_a_photograph_is_kept_sealed_for_the_draft(page, paper, office):
    answer = await page.send(picture(), paper)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    shown = answer.json()
    assert (shown["media_type"], shown["bytes"]) == ("image/jpeg", len(picture()))
    (kept,) = office.filings.find_draft(page.conversation).papers
    assert (kept.paper_id, kept.paper) == (shown["paper_id"], paper)
    assert office.papers.get(kept.paper_id) == picture()


async def test_the_button_says_what_was_uploaded_and_is_good_for_this_conversation_only(page, paper, office, app):
    shown = (await page.send(pages(), paper)).json()
    title = next(row.title for row in office.filings.review(office.filings.find_draft(page.conversation)) if row.slot == f"paper:{paper}")
    press = app.state.signer.opened(page.conversation, shown["button"]["payload"])
    assert shown["button"]["title"] == press.title == f"已上传：{title}"
    assert (press.intent, press.entities) == ("paper_added", {"paper": paper, "paper_id": shown["paper_id"]})
    assert app.state.signer.opened("page:another", shown["button"]["payload"]) is None


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "空的"), (b"MZ" + bytes(100), 422, "照片"), (HEIC, 422, "HEIC"), (picture()[:2_000], 422, "没有传完整"),
        (hollow_png(20_000, 20_000), 422, "6400万像素"), (pages(password="x"), 422, "密码"), (pages(51), 422, "50页"),
        (pages(OpenAction=action("JavaScript")), 422, "自动运行"),
    ],
    ids=range(8),
)
async def test_what_cannot_be_taken_is_answered_with_what_to_do(page, paper, office, content, status, words):
    answer = await page.send(content, paper)
    assert (answer.status_code, words in answer.json()["message"]) == (status, True), answer.text
    assert not office.filings.find_draft(page.conversation).papers and not list(office.papers.known())


def test_every_refusal_is_in_words_and_says_what_to_do():
    for status, words in papers.WORDS.values():
        assert 400 <= status < 600 and "请" in words and words.endswith("。")


async def test_without_a_draft_that_asks_for_it_nothing_is_kept(page, office):
    answer = await page.send(picture(), "certificate")
    assert answer.status_code == 409 and "没有正在办的备案" in answer.json()["message"]
    asked(office, page.conversation)
    answer = await page.send(picture(), "certificate_of_something_else")
    assert answer.status_code == 409 and "不要这份材料" in answer.json()["message"]
    assert not list(office.papers.known())


async def test_a_paused_draft_takes_no_paper(page, paper, office):
    office.filings.pause(page.conversation)
    answer = await page.send(picture(), paper)
    assert answer.status_code == 409 and "继续办" in answer.json()["message"]
    assert not list(office.papers.known())


async def test_more_papers_of_one_kind_than_anyone_needs_are_refused(page, paper):
    answers = [await page.send(picture(), paper) for _ in range(12)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 409 and "最多传" in answers[-1].json()["message"]


async def test_a_page_without_session_and_a_foreign_page_are_refused(page, paper):
    assert (await page.send(picture(), paper, Origin="http://evil.example")).status_code == 403
    assert (await page.send(picture(), paper, Origin="http://localhost:8000")).status_code == 200
    page.client.cookies.set(COOKIE, "made up")
    answer = await page.send(picture(), paper)
    assert answer.status_code == 401 and "刷新" in answer.json()["message"]


async def test_nobody_uploads_into_anothers_draft(page, paper, office, app):
    page.client.cookies.set(COOKIE, app.state.sessions.new()[1])
    assert (await page.send(picture(), paper)).status_code == 409
    assert not office.filings.find_draft(page.conversation).papers


async def test_a_file_above_ten_megabytes_is_refused_while_it_comes_in(page, paper):
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1_000_000

    sending = page.client.post("/chat/paper", params={"paper": paper}, content=endless())
    answer = await asyncio.wait_for(sending, 20)
    assert answer.status_code == 413 and "10 MB" in answer.json()["message"]
    assert taken < 50


async def test_a_file_of_exactly_ten_megabytes_is_kept(page, paper):
    content = picture()
    assert (await page.send(content + bytes(LARGEST_PAPER - len(content)), paper)).status_code == 200


async def test_a_body_that_never_ends_is_given_up(page, paper, monkeypatch):
    monkeypatch.setattr(papers, "LONGEST_UPLOAD", 0.05)

    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(60)

    answer = await page.client.post("/chat/paper", params={"paper": paper}, content=slow())
    assert answer.status_code == 408 and "太慢" in answer.json()["message"]


async def test_many_papers_at_once_are_all_answered_and_every_slot_is_free_again(page, paper, app):
    answers = await asyncio.gather(*(page.send(picture() if at % 2 else b"", paper) for at in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [422] * 4
    for _ in range(papers.CHECKED_AT_ONCE):
        await asyncio.wait_for(app.state.paper_slots.free.acquire(), 1)


async def test_when_others_take_too_long_the_page_hears_of_it(page, paper, app, monkeypatch):
    monkeypatch.setattr(app.state.paper_slots, "longest_wait", 0.05)
    for _ in range(papers.CHECKED_AT_ONCE):
        await app.state.paper_slots.free.acquire()
    answer = await page.send(picture(), paper)
    assert answer.status_code == 503 and "过一会儿" in answer.json()["message"]


async def test_on_a_full_disk_the_page_hears_of_it_and_the_draft_has_no_paper(page, paper, office):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        answer = await page.send(picture(), paper)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.status_code == 503 and "存不下" in answer.json()["message"]
    assert not office.filings.find_draft(page.conversation).papers and not list(office.papers.known())
    assert (await page.send(picture(), paper)).status_code == 200


async def test_a_fault_nobody_thought_of_is_answered_and_logged_without_words(page, paper, office, caplog):
    (office.folder / "papers").write_bytes(b"a file where the folder should be")
    answer = await page.send(picture(), paper)
    assert answer.status_code == 500 and "再传一次" in answer.json()["message"]
    assert "Error" in caplog.text and str(office.folder) not in caplog.text
    assert not office.filings.find_draft(page.conversation).papers


async def test_a_rest_client_uploads_into_its_own_senders_draft(client, office, app):
    conversation = app.state.sessions.rest_conversation("demo")
    paper = asked(office, conversation, "long_term_residence", GAOYOU)
    answer = await client.post("/webhooks/rest/paper", params={"sender": "demo", "paper": paper}, content=picture("PNG"))
    assert answer.status_code == 200 and answer.json()["media_type"] == "image/png"
    press = app.state.signer.opened(conversation, answer.json()["button"]["payload"])
    assert press.entities["paper"] == paper
    other = await client.post("/webhooks/rest/paper", params={"sender": "other", "paper": paper}, content=picture())
    assert other.status_code == 409


async def test_a_rest_client_elsewhere_needs_the_token(client, app):
    app.state.api_token = "token"
    upload = {"params": {"sender": "demo", "paper": "x"}, "content": picture()}
    assert (await client.post("/webhooks/rest/paper", **upload, headers={"X-Forwarded-For": "10.0.0.1"})).status_code == 401
    assert (await client.post("/webhooks/rest/paper", **upload, headers={"Authorization": "Bearer wrong"})).status_code == 401
    assert (await client.post("/webhooks/rest/paper", **upload, headers={"Authorization": "Bearer token"})).status_code == 409


async def test_neither_name_nor_content_of_a_paper_is_logged_or_stored(page, paper, office, caplog):
    caplog.set_level(logging.DEBUG)
    name = quote("欧阳测试的居住证.jpg")
    for content in (pages(), b"%PDF-1.4 " + "欧阳测试".encode() + b" %%EOF", picture()):
        await page.send(content, paper, **{"X-File-Name": name})
    logged = "".join(json.dumps([record.getMessage(), str(record.args)], ensure_ascii=False) for record in caplog.records)
    stored = b"".join(file.read_bytes() for file in office.folder.rglob("*") if file.is_file())
    assert not [word for word in (name, "居住证", "欧阳测试") if word in logged]
    assert name.encode() not in stored and "居住证".encode() not in stored
