"""Whatever is sent to the API, the answer is one that it documents, and the store stays sound. The cases never change."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
import requests
import schemathesis
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from filing_office import GAOYOU, WEIHAI, Clock, Office
from fuzz_listened import ListenedStock
from fuzz_stock import CLERKS, PASSWORD, SENDER, Stock
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from server import desk_sessions
from server.bodies import refuse_malformed
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.account_sign_in import SignIn
from services.account_store import AccountStore
from services.accounts import Accounts
from services.passwords import Passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
# Each opens or remembers something in DATA_DIR, so each is built anew.
STATEFUL = (
    "settings", "signing_secret", "filing_store", "conversation_store", "paper_files", "documents", "filings",
    "filing_course", "draft_shown", "filing_prospects", "filing_look_up", "filing_desk", "erasure",
    "question_log", "consents",
)
VISITORS = ("stranger", "officer", "page")
AT_HOME = {"/chat": ("page",), "/desk": ("officer", "page")}  # elsewhere: the stranger, who is on this machine
# What these refuse of what their schema allows, no schema can tell: a day before the filing, a file that is no picture.
HAVE_MORE_RULES = {
    "POST /chat/bill", "POST /chat/paper", "POST /chat/draft/shown", "POST /webhooks/rest/paper", "POST /desk/search",
    "POST /desk/password", "POST /desk/accounts", "POST /desk/accounts/{account_id}/role",
    "POST /desk/filings/{filing_no}/confirm", "POST /desk/filings/{filing_no}/return",
    # days in their order; a code that was given, a reading that was opened, a question that was asked
    "GET /desk/figures", "POST /desk/conversations/open", "GET /desk/conversations/{reading_id}",
    "POST /desk/conversations/{reading_id}/close", "POST /desk/questions/mark", "POST /chat/consent",
    "GET /desk/cost/form", "POST /desk/cost", "POST /desk/cost/compare",  # places that there are, sums that fit
    "GET /desk/answers", "GET /desk/compare", "GET /desk/changes", "GET /desk/contacts",  # places and topics
}
ALWAYS_THE_SAME = settings(
    max_examples=15, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Installation:
    """A server that answers, and what it has answered so far."""

    url: str
    api: Any
    stock: Stock
    accounts: Accounts
    sign_in: SignIn
    page_cookie: str
    answered: dict[str, Counter[int]] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # each request says who is asking

    def each_operation(self, check: Callable[[Any], None]) -> None:
        """Checks all of the API's operations, and tells of all that fail."""
        failed = []
        for operation in [found.ok() for found in self.api.get_all_operations()]:
            try:
                check(operation)
            except FailureGroup as fault:
                failed.append("\n".join([operation.label, str(fault), *getattr(fault, "__notes__", ())]))
        if failed:
            pytest.fail("\n\n".join(failed), pytrace=False)

    def send(self, case: Case, visitor: str) -> None:
        """The request as that visitor sends it. FailureGroup unless the answer is one that is documented."""
        label = case.operation.label
        headers, cookies = self._credentials(visitor)
        answer = case.call_and_validate(
            session=self.http, headers=headers, cookies=cookies,
            excluded_checks=[ignored_auth, *([positive_data_acceptance] if label in HAVE_MORE_RULES else [])],
        )
        # In place of ignored_auth, which asks three times over.
        if visitor == "stranger" and "/desk/" in label and label != "POST /desk/login":
            assert answer.status_code >= 400, f"{label} tells a stranger: {answer.text}"
        self.answered.setdefault(label, Counter())[answer.status_code] += 1

    def _put_right(self) -> None:
        """The visitor's account as it was at first, whatever a request has made of it."""
        self.accounts.set_role("zhang01", "admin", [WEIHAI, GAOYOU])
        self.accounts.set_password("zhang01", PASSWORD)
        self.accounts.enable("zhang01")

    def _credentials(self, visitor: str) -> tuple[dict[str, str], dict[str, str]]:
        if visitor == "stranger":
            return {}, {}
        if self.sign_in.session(self.token) is None:  # the last request may have logged out
            self._put_right()
            self.token, _ = self.sign_in.log_in("zhang01", PASSWORD)
        if visitor == "officer":
            return {"Authorization": f"Bearer {self.token}"}, {}
        return {"Origin": self.url, "Accept": "text/html"}, {COOKIE: self.page_cookie, desk_sessions.COOKIE: self.token}


def a_page(folder: Path) -> Path:
    """A page's files, among which an address that is not refused is looked for."""
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text("<!doctype html>")
    return folder / "page"


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch, page: Path) -> Iterator[tuple[str, FastAPI]]:
    """The whole application without its model: the assistant says again what it is told."""
    from server import main  # only when it is needed: it brings Rasa along
    from server.assistant import Assistant, Exchange

    class Echo(Assistant):
        is_ready = True

        def load(self) -> None:
            pass

        async def handle(self, conversation: str, message: str) -> Exchange:
            return Exchange(message, [{"text": message, "buttons": [{"title": message, "payload": "btn:x"}]}])

    monkeypatch.setattr(main, "Assistant", Echo)
    monkeypatch.setattr(main, "WEB_DIST", page)
    app = main.create_app()
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="wsproto"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}", app
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    clock = Clock()
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("API_TOKEN", raising=False)
    monkeypatch.setattr(bootstrap, "now", clock)
    for part in STATEFUL:
        monkeypatch.setattr(bootstrap, part, bootstrap._built_once(getattr(bootstrap, part).__wrapped__))
    kept, passwords = AccountStore(tmp_path / "officers.db"), Passwords(QUICK)
    accounts, sign_in = (part(kept, clock, passwords, lambda: (WEIHAI, GAOYOU)) for part in (Accounts, SignIn))
    for account_id in ("zhang01", *CLERKS):
        accounts.add(account_id, "张经办", [WEIHAI, GAOYOU], PASSWORD, "admin" if account_id == "zhang01" else "officer")
    monkeypatch.setattr(bootstrap, "accounts", lambda: accounts)
    monkeypatch.setattr(bootstrap, "sign_in", lambda: sign_in)
    sessions = Sessions(bootstrap.signing_secret())
    page, cookie = sessions.new()
    office = Office(bootstrap.filing_store(), bootstrap.paper_files(), clock, tmp_path)
    stock = Stock(office, page, sessions.rest_conversation(SENDER))
    stock.listened = ListenedStock(bootstrap.question_log(), bootstrap.consents(), bootstrap.conversation_store(), "zhang01")
    with serving(monkeypatch, a_page(tmp_path)) as (url, app):
        api = schemathesis.openapi.from_dict(app.openapi())
        api.config.update(base_url=url)
        api.config.generation.update(with_security_parameters=False)  # who is asking, we say ourselves
        yield Installation(url, api, stock, accounts, sign_in, cookie)
    log = bootstrap.question_log().store
    for store in (office.store, kept, bootstrap.conversation_store(), log, bootstrap.consents().store):
        store.close()


def generated(operation: Any) -> list[Case]:
    """Requests that keep to the operation's description and others that do not, the same ones in every run."""
    cases: list[Case] = []
    for mode in GenerationMode:
        @ALWAYS_THE_SAME
        @given(operation.as_strategy(mode))
        def keep(case: Case) -> None:
            cases.append(case)

        with suppress(Unsatisfiable):  # nothing at all can be wrong with a file and a header that may hold anything
            keep()
    return cases


@pytest.mark.slow
def test_at_every_boundary_of_its_description_the_api_answers_as_it_documents(installation):
    def check(operation: Any) -> None:
        cases = installation.api.iter_coverage_cases(
            operation, generation_modes=list(GenerationMode), generation_config=installation.api.config.generation
        )
        for n, case in enumerate(cases):
            installation.stock.aim(case, Random(f"{operation.label} {n}"))
            is_known = case.method == operation.method.upper()
            for visitor in VISITORS if is_known else VISITORS[:1]:
                installation.send(case, visitor)

    installation.each_operation(check)
    assert installation.stock.faults() == []


@pytest.mark.slow
def test_random_requests_for_what_is_really_there_are_answered_as_documented(installation):
    def check(operation: Any) -> None:
        if not operation.body and not any(operation.iter_parameters()):
            installation.send(operation.Case(), AT_HOME.get(operation.path[:5], VISITORS)[0])
            return

        for n, case in enumerate(generated(operation)):
            chance = Random(f"{operation.label} {n}")
            installation.stock.aim(case, chance)
            at_home = AT_HOME.get(operation.path[:5], ("stranger",))
            installation.send(case, chance.choice(at_home if chance.random() < 0.8 else VISITORS))

    installation.each_operation(check)
    assert installation.stock.faults() == []
    never = [label for label, statuses in installation.answered.items() if not statuses.keys() & {200, 204}]
    assert never == []


@pytest.fixture
async def anyone(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on this machine, at the routes that are not the desk's, with the page's files behind them."""
    from server.routes import (  # these bring Rasa along
        bills,
        documents,
        drafts,
        page,
        page_session,
        papers,
        rest,
        verify,
    )

    app = FastAPI(exception_handlers={RequestValidationError: refuse_malformed})
    for routes in (bills, documents, drafts, page, page_session, papers, rest, verify):
        app.include_router(routes.router)
    app.mount("/", StaticFiles(directory=a_page(tmp_path), html=True))
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/chat/session", "GET", "POST"), ("/chat/bill", "GET", "POST"), ("/chat/paper", "OPTIONS", "POST"),
        ("/chat/draft/shown", "GET", "POST"), ("/documents/x/code.svg", "POST", "GET"),
        ("/webhooks/rest", "POST", "GET"), ("/webhooks/rest/webhook", "DELETE", "GET, POST"),
        ("/webhooks/rest/paper", "HEAD", "POST"), ("/documents/x.pdf", "POST", "GET"), ("/verify/x", "PUT", "GET"),
    ],
)
async def test_a_wrong_method_is_not_looked_for_among_the_pages_files(anyone, path, method, allowed):
    answer = await anyone.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("body", [b"\xff\xfe{", b"\xe9\x11", b"[" * 100_000, b"{"], ids=["no_utf8", "cut", "deep", "open"])
async def test_a_message_that_is_no_json_is_malformed_like_any_other(anyone, body):
    answer = await anyone.post("/webhooks/rest/webhook", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422 and [fault["type"] for fault in answer.json()["detail"]] == ["json_invalid"]
