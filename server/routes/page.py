"""The chat page's line, over which all is said, and the places to pick from."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from server.assistant import NotReady
from server.chat import RESTARTED, Chat, ConversationGone
from server.gate import has_own_origin
from server.metrics import metrics
from server.routes.answers import Divisions, answers
from server.routes.other_methods import refuse_other_methods
from server.sessions import SUBPROTOCOL
from server.verdicts import LARGEST_SEQ, verdict_of
from services.places import provinces_and_cities

logger = logging.getLogger(__name__)
router = APIRouter()
LARGEST_FRAME = 450_000
LONGEST_ID = 64  # characters of a message's own id that count
WORDS = {
    "not_ready": "助手还在准备，请过几秒再发。",
    "too_large": "这条太长了，请分开发。",
    "failed": "这条没处理成，内容没有丢，请再发一次。",
    "unreadable": "这条消息格式不对，请刷新页面。",
}


@router.get("/chat/divisions", responses=answers(Divisions, 200))
async def divisions() -> dict[str, Any]:
    """Provinces and their cities, for the page's picker."""
    return provinces_and_cities()


refuse_other_methods(router)


@router.websocket("/chat/ws")
async def chat_socket(socket: WebSocket) -> None:
    """The conversation of the session. Closed with 4401 without one, 4403 for a foreign page."""
    conversation = socket.app.state.sessions.conversation_of(socket)
    offered = socket.scope.get("subprotocols") or []
    try:
        await socket.accept(SUBPROTOCOL if SUBPROTOCOL in offered else None)
        if conversation is None or not has_own_origin(socket):
            await socket.close(4401 if conversation is None else 4403)
            return
        # From before the history is read: what is said meanwhile must not be missed.
        with socket.app.state.chat.lines.held(conversation, socket), metrics().open_sockets.track_inprogress():
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
    elif kind == "feedback":
        await _judge(socket, chat, conversation, frame)
    elif message and message.strip():
        await _play(socket, chat, conversation, message, client_id[:LONGEST_ID] if client_id else None)
    else:
        await _send_error(socket, "unreadable", client_id)


async def _judge(socket: WebSocket, chat: Chat, conversation: str, frame: dict[str, Any]) -> None:
    try:
        given = verdict_of(frame)
    except ValueError:
        await _send_error(socket, "unreadable", None)
        return
    kept = await asyncio.to_thread(chat.judge, conversation, given)
    chat.lines.tell(conversation, kept, but=socket)
    await socket.send_json(kept)


async def _play(socket: WebSocket, chat: Chat, conversation: str, message: str, client_id: str | None) -> None:
    await socket.send_json({"type": "typing"})
    try:
        bubbles = await chat.play(conversation, message, client_id)
    except NotReady:
        await _send_error(socket, "not_ready", client_id)
    except ConversationGone:
        await socket.send_json(RESTARTED)
    except WebSocketDisconnect:
        raise
    except Exception as fault:  # noqa: BLE001 - the page must hear of any fault; its text may hold private words
        logger.error("a turn failed: %s", type(fault).__name__)
        await _send_error(socket, "failed", client_id)
    else:
        # The other pages first: this one may be gone before it has heard.
        chat.lines.tell(conversation, {"type": "entries", "messages": bubbles}, but=socket)
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
