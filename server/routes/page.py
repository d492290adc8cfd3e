"""The chat page's own routes: its session, its WebSocket, the places to pick from."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from fastapi import APIRouter, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse

from server.assistant import NotReady
from server.chat import Chat
from server.gate import has_own_origin
from server.routes.answers import Divisions, PageSession, answers
from server.routes.other_methods import refuse_other_methods
from server.sessions import COOKIE, LASTS_SECONDS, Sessions
from services import bootstrap
from services.places import provinces_and_cities

logger = logging.getLogger(__name__)
router = APIRouter()
LARGEST_FRAME = 450_000
LONGEST_ID = 64  # characters of a message's own id that count
LARGEST_SEQ = 2**53  # a page cannot count further
WORDS = {
    "not_ready": "助手还在准备，请过几秒再发。",
    "too_large": "这条太长了，请分开发。",
    "failed": "这条没处理成，内容没有丢，请再发一次。",
    "unreadable": "这条消息格式不对，请刷新页面。",
}


@router.post("/chat/session", responses=answers(PageSession, 200))
async def session(request: Request) -> Response:
    """The page's conversation: the one of its cookie, or a new one."""
    sessions: Sessions = request.app.state.sessions
    conversation = sessions.conversation(request.cookies.get(COOKIE))
    return _session_response(request, None if conversation is None else (conversation, request.cookies[COOKIE]))


@router.post("/chat/session/restart", responses=answers(PageSession, 200))
async def restart(request: Request) -> Response:
    """A new conversation; the old one's unfinished filing is deleted, submitted filings stay."""
    sessions: Sessions = request.app.state.sessions
    old = sessions.conversation(request.cookies.get(COOKIE))
    if old:
        await asyncio.to_thread(bootstrap.filings().forget, old)
    return _session_response(request, None)


def _session_response(request: Request, known: tuple[str, str] | None) -> Response:
    conversation, cookie = known or request.app.state.sessions.new()
    covered = [{"code": code, "name": name} for code, name in bootstrap.answers().covered_region_names()]
    response = JSONResponse({"conversation": conversation[-8:], "regions": covered})
    response.set_cookie(
        COOKIE, cookie, max_age=LASTS_SECONDS, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return response


@router.get("/chat/divisions", responses=answers(Divisions, 200))
async def divisions() -> dict[str, Any]:
    """Provinces and their cities, for the page's picker."""
    return provinces_and_cities()


refuse_other_methods(router)


@router.websocket("/chat/ws")
async def chat_socket(socket: WebSocket) -> None:
    """The conversation of the cookie. Closed with 4401 without one, 4403 for a foreign page."""
    conversation = socket.app.state.sessions.conversation(socket.cookies.get(COOKIE))
    try:
        await socket.accept()
        if conversation is None or not has_own_origin(socket):
            await socket.close(4401 if conversation is None else 4403)
            return
        await _talk(socket, conversation)
    except WebSocketDisconnect:
        return


async def _talk(socket: WebSocket, conversation: str) -> None:
    """Shows what was said and answers until the page goes, which raises WebSocketDisconnect."""
    chat: Chat = socket.app.state.chat
    await socket.send_json(await asyncio.to_thread(chat.history, conversation))
    while True:
        event = await socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        await _answer_frame(socket, chat, conversation, event.get("text") or "")


async def _answer_frame(socket: WebSocket, chat: Chat, conversation: str, raw: str) -> None:
    if len(raw) > LARGEST_FRAME:
        await _send_error(socket, "too_large", None)
        return
    try:
        frame = json.loads(raw)
        kind, client_id = frame["type"], _text(frame.get("client_id"))
        message = {"message": _text(frame.get("text")), "press": _text(frame.get("payload"))}.get(kind)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        await _send_error(socket, "unreadable", None)
        return
    if kind == "hello":
        await socket.send_json(await asyncio.to_thread(chat.history, conversation, _whole(frame.get("last_seq"))))
    elif message and message.strip():
        await _play(socket, chat, conversation, message, client_id[:LONGEST_ID] if client_id else None)
    else:
        await _send_error(socket, "unreadable", client_id)


async def _play(socket: WebSocket, chat: Chat, conversation: str, message: str, client_id: str | None) -> None:
    await socket.send_json({"type": "typing"})
    try:
        bubbles = await chat.play(conversation, message, client_id)
    except NotReady:
        await _send_error(socket, "not_ready", client_id)
    except WebSocketDisconnect:
        raise
    except Exception as fault:  # noqa: BLE001 - the page must hear of any fault; its text may hold private words
        logger.error("a turn failed: %s", type(fault).__name__)
        await _send_error(socket, "failed", client_id)
    else:
        await socket.send_json({"type": "entries", "messages": bubbles, "in_reply_to": client_id})


async def _send_error(socket: WebSocket, code: str, client_id: str | None) -> None:
    await socket.send_json({"type": "error", "code": code, "message": WORDS[code], "client_id": client_id})


def _text(value: object) -> str | None:
    """A string that can be kept; a page that cuts an emoji in two sends half a character."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= LARGEST_SEQ else 0
