"""The desk's answers asked as its page asks, by somebody who is signed in; no model unless a test brings one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI

from server.desk_sessions import session_of
from server.routes import desk_answers, desk_policy_pages


@dataclass
class NotThere:
    """An assistant whose model is not loaded."""

    is_ready: bool = False


@asynccontextmanager
async def the_desk(assistant: Any = None) -> AsyncIterator[Asker]:
    """The routes as the server mounts them; who is signed in is not what is tested here."""
    app = FastAPI()
    for routes in (desk_answers.router, desk_policy_pages.router):
        app.include_router(routes)
    app.state.chat = SimpleNamespace(assistant=assistant or NotThere())
    app.dependency_overrides[session_of] = lambda: None
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as http:
        yield Asker(http)


@dataclass
class Asker:
    """Asks and gets JSON."""

    http: httpx.AsyncClient

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/desk/{path}", params=query)

    async def answers(self, line: str, **more: Any) -> dict[str, Any]:
        response = await self.get("answers", q=line, **more)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def card(self, line: str, **more: Any) -> dict[str, Any]:
        """The one card there is."""
        [card] = (await self.answers(line, **more))["cards"]
        return dict(card)


def facts_in(answer: Mapping[str, Any]) -> dict[str, str]:
    """The facts that were read: name → value."""
    return {fact["name"]: fact["value"] for fact in answer["facts"]}
