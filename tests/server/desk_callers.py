"""What the tests of the desk's API share: the real desk, stores and passwords over HTTP; only the dialogue is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from filing_office import GAOYOU, HANGZHOU, WEIHAI, Office, policy

from server.routes import desk, desk_accounts, desk_filings
from server.routes.desk_parts import Desk
from services import bootstrap
from services.account_sign_in import SignIn
from services.account_store import AccountStore
from services.accounts import Accounts
from services.document_files import DocumentFiles
from services.paper_files import PaperFiles
from services.passwords import Passwords

OWN, FOREIGN = "http://localhost:8000", "http://evil.example"
PASSWORD = "a-long-password"
REASON = "居住证看不清，请重新上传一份清楚的"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PAGE = {"X-Requested-With": "desk"}
REGIONS = (WEIHAI, GAOYOU, HANGZHOU)


@contextmanager
def a_desk(office: Office, folder: Path) -> Iterator[FastAPI]:
    """The routes as the server mounts them, with officers of 威海 and of 杭州, an agent and an administrator."""
    store, passwords = AccountStore(folder / "officers.db"), Passwords(QUICK)
    accounts, sign_in = (part(store, office.clock, passwords, lambda: REGIONS) for part in (Accounts, SignIn))
    accounts.add("zhang01", "张经办", [WEIHAI, GAOYOU], PASSWORD, "officer")
    accounts.add("li02", "李经办", [HANGZHOU], PASSWORD, "officer")
    accounts.add("wang03", "王接线", ["*"], PASSWORD, "agent")
    accounts.add("boss", "赵管理", ["*"], PASSWORD, "admin")
    made = FastAPI()
    for routes in (desk.router, desk_accounts.router, desk_filings.router):
        made.include_router(routes)
    documents = DocumentFiles(PaperFiles(folder / "documents", office.store.box, "document"), bootstrap.letter_pdf)
    made.state.desk = Desk(accounts, sign_in, office.desk, policy(), documents.of, office.clock)
    yield made
    store.close()


@dataclass
class Caller:
    """A program with its token, or a page with its cookie."""

    http: httpx.AsyncClient
    sent: int = 0

    async def log_in(self, officer_id: str = "zhang01", password: str = PASSWORD, **headers: str) -> httpx.Response:
        return await self.http.post("/desk/login", json={"officer_id": officer_id, "password": password}, headers=headers)

    async def as_program(self, officer_id: str = "zhang01") -> Caller:
        token = (await self.log_in(officer_id)).json()["token"]
        self.http.cookies.clear()
        self.http.headers["Authorization"] = f"Bearer {token}"
        return self

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.http.post(f"/desk/{path}", json=body)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/desk/{path}", params=query)

    async def filing(self, filing_no: str) -> dict[str, Any]:
        return (await self.get(f"filings/{filing_no}")).json()["filing"]

    async def decide(self, filing_no: str, step: str, key: str = "", **body: Any) -> httpx.Response:
        self.sent += 1
        headers = {"Idempotency-Key": key or f"test-key-{self.sent}"}
        return await self.http.post(f"/desk/filings/{filing_no}/{step}", json=body, headers=headers)


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which must have the one shape and end in a full stop."""
    body = answer.json()
    assert set(body) == {"code", "message", "details"} and body["message"].endswith("。"), body
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, body["code"]
