"""What `python -m server` runs: page, desk, WebSocket, REST and documents on one port."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from server import first_account
from server.assistant import Assistant
from server.bodies import refuse_malformed
from server.buttons import ButtonSigner
from server.chat import Chat
from server.desk_policy import desk_policy
from server.listening import open_listening
from server.logs import keep_words_out_of_logs
from server.routes import (
    bills,
    consent,
    desk,
    desk_accounts,
    desk_answers,
    desk_conversations,
    desk_cost,
    desk_filings,
    desk_page,
    desk_parts,
    desk_policy_pages,
    desk_questions,
    documents,
    drafts,
    monitor,
    page,
    page_session,
    papers,
    rest,
    verify,
)
from server.routes.answers import Health, answers
from server.routes.other_methods import refuse_other_methods
from server.security_headers import AddSecurityHeaders
from server.sessions import Sessions
from server.workers import Workers
from services import bootstrap
from services.conversation_store import ConversationStore
from services.settings import PROJECT_DIR

logger = logging.getLogger(__name__)
WEB_DIST = PROJECT_DIR / "web" / "dist"
PURGE_EVERY_SECONDS = 6 * 3600


def create_app() -> FastAPI:
    """The application. The model is loaded in the background: /health tells when it can talk."""
    keep_words_out_of_logs()
    app = FastAPI(title="异地就医助手", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    for routes in (page, page_session, bills, papers, drafts, consent, rest, documents, verify, monitor):
        app.include_router(routes.router)
    for routes in (desk_page, desk, desk_accounts, desk_filings, desk_cost, desk_conversations, desk_questions):
        app.include_router(routes.router)
    for routes in (desk_answers, desk_policy_pages):
        app.include_router(routes.router)
    app.add_api_route("/health", _health, responses=answers(Health, 200, 503))
    refuse_other_methods(app.router)
    app.add_exception_handler(RequestValidationError, refuse_malformed)
    app.add_middleware(AddSecurityHeaders, embed_origins=bootstrap.settings().embed_origins)
    if WEB_DIST.is_dir():
        app.mount("/", StaticFiles(directory=WEB_DIST, html=True), name="web")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    secret = bootstrap.signing_secret()
    store = bootstrap.conversation_store()
    signer = ButtonSigner(secret)
    assistant = _assistant(store, signer)
    listening = app.state.listening = open_listening()
    app.state.sessions, app.state.chat, app.state.signer = Sessions(secret), Chat(assistant, store, listening), signer
    app.state.bill_slots, app.state.paper_slots = bills.slots(), papers.slots()
    app.state.desk = desk_parts.open_desk()
    await asyncio.to_thread(first_account.make_and_tell)
    app.state.api_token, app.state.fault = bootstrap.settings().api_token, None
    app.state.metrics_token = bootstrap.settings().metrics_token
    tasks = [asyncio.create_task(_load(app, assistant)), asyncio.create_task(_purge_now_and_then())]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if isinstance(assistant, Workers):
        assistant.close()


def _assistant(store: ConversationStore, signer: ButtonSigner) -> Assistant | Workers:
    """One in this process, or several in processes of their own."""
    settings = bootstrap.settings()
    if settings.workers > 1:
        return Workers(settings.workers)
    return Assistant(settings.model, bootstrap.filings(), store, signer)


async def _purge_now_and_then() -> None:
    """Deletes what nobody came back for, at the start and every few hours."""
    while True:
        await asyncio.to_thread(bootstrap.purge_leftovers)
        await asyncio.sleep(PURGE_EVERY_SECONDS)


async def _load(app: FastAPI, assistant: Assistant | Workers) -> None:
    try:
        await asyncio.to_thread(desk_policy)  # before the model: an agent need not wait for it
        await asyncio.to_thread(assistant.load)
    except Exception as fault:
        app.state.fault = f"{type(fault).__name__}: {fault}"
        logger.exception("the model could not be loaded")
        return
    print(f"  可以用了：http://{bootstrap.settings().host}:{bootstrap.settings().port}  （Ctrl-C 结束）", flush=True)


async def _health(request: Request) -> Response:
    """200 when the assistant can talk, 503 while it is loading or when loading failed."""
    ready = request.app.state.chat.assistant.is_ready
    body = {"status": "ready" if ready else "failed" if request.app.state.fault else "loading"}
    return JSONResponse(body, 200 if ready else 503)


def main() -> None:
    """Serves until interrupted, as the settings say (services/settings.py)."""
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "WARNING"))
    settings = bootstrap.settings()
    uvicorn.run(
        create_app(), host=settings.host, port=settings.port, log_level="warning", access_log=False,
        ws="wsproto", ws_max_size=page.LARGEST_FRAME + 1_000, proxy_headers=False,
    )
    print("  已停止。")

