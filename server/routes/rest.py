"""Rasa's REST protocol, so that any Rasa client can talk to the assistant."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from server.assistant import NotReady, TurnFailed
from server.chat import Chat
from server.gate import check_rest_caller

router = APIRouter()
LONGEST_MESSAGE = 400_000


class Message(BaseModel):
    """A client's message; `sender` names the conversation among that client's own."""

    sender: str = Field("default", min_length=1, max_length=128)
    message: str = Field(min_length=1, max_length=LONGEST_MESSAGE)
    message_id: str | None = Field(None, max_length=64)


@router.get("/webhooks/rest")
@router.get("/webhooks/rest/")
async def health() -> dict[str, str]:
    """Rasa's own answer to «are you there»."""
    return {"status": "ok"}


@router.get("/webhooks/rest/webhook")
async def conversation_so_far(request: Request, sender: str = "default") -> list[dict[str, Any]]:
    """What was said in the client's conversation, the newest last."""
    check_rest_caller(request, request.app.state.api_token)
    chat: Chat = request.app.state.chat
    return list(chat.history(_conversation(request, sender))["messages"])


@router.post("/webhooks/rest/webhook")
async def webhook(request: Request, message: Message) -> list[dict[str, Any]]:
    """The replies to a message."""
    check_rest_caller(request, request.app.state.api_token)
    chat: Chat = request.app.state.chat
    try:
        bubbles = await chat.play(_conversation(request, message.sender), message.message, message.message_id)
    except NotReady as fault:
        raise HTTPException(503, "the model is still being loaded; ask /health") from fault
    except TurnFailed as fault:
        raise HTTPException(500, "这条没处理成，内容没有丢，请再发一次。") from fault
    return [_as_rasa(bubble, message.sender) for bubble in bubbles if bubble["from"] == "bot"]


def _conversation(request: Request, sender: str) -> str:
    return str(request.app.state.sessions.rest_conversation(sender))


def _as_rasa(bubble: dict[str, Any], sender: str) -> dict[str, Any]:
    """The bubble as Rasa's REST channel would send it; document links name the sender."""
    reply: dict[str, Any] = {key: bubble[key] for key in ("text", "buttons", "custom") if key in bubble}
    url = reply.get("custom", {}).get("document_url")
    if url:
        reply["custom"] = {**reply["custom"], "document_url": f"{url}?sender={quote(sender, safe='')}"}
    return {"recipient_id": sender, **reply}
