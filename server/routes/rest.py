"""Rasa's REST protocol, so that any Rasa client can talk to the assistant."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as BaseHTTPException
from starlette.requests import ClientDisconnect

from server.assistant import NotReady
from server.bodies import BodyTooLarge, bounded
from server.chat import Chat
from server.gate import check_rest_caller
from server.routes.answers import Alive, KeptBubble, Malformed, Refused, Reply, answers
from server.routes.other_methods import refuse_other_methods

logger = logging.getLogger(__name__)
LINKS = ("document_url", "code_url")  # to what is a conversation's own
LONGEST_MESSAGE = 400_000
LARGEST_BODY = 12 * LONGEST_MESSAGE + 10_000  # bytes: each character may be written as two escapes
NO_JSON = {"type": "json_invalid", "loc": ("body",), "msg": "JSON decode error"}


class BoundedRoute(APIRoute):
    """A route that keeps no more of a body than the longest message needs."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_bounded(request: Request) -> Response:
            try:
                return await handle(await bounded(request, LARGEST_BODY))
            except BodyTooLarge:
                raise HTTPException(413, f"The body has more than {LARGEST_BODY} bytes.") from None
            except BaseHTTPException as fault:
                if fault.status_code == 400:  # what FastAPI says of a body in no character set
                    raise RequestValidationError([NO_JSON]) from None
                raise
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it

        return handle_bounded


router = APIRouter(route_class=BoundedRoute)


class Message(BaseModel):
    """A client's message; `sender` names the conversation among that client's own."""

    sender: str = Field("default", min_length=1, max_length=128)
    message: str = Field(min_length=1, max_length=LONGEST_MESSAGE)
    message_id: str | None = Field(None, max_length=64)


@router.get("/webhooks/rest", responses=answers(Alive, 200))
@router.get("/webhooks/rest/", responses=answers(Alive, 200))
async def health() -> dict[str, str]:
    """Rasa's own answer to «are you there»."""
    return {"status": "ok"}


@router.get(
    "/webhooks/rest/webhook",
    responses={**answers(list[KeptBubble], 200), **answers(Refused, 401, 413), **answers(Malformed, 422)},
)
async def conversation_so_far(request: Request, sender: str = "default") -> list[dict[str, Any]]:
    """What was said in the client's conversation, the newest last."""
    check_rest_caller(request, request.app.state.api_token)
    chat: Chat = request.app.state.chat
    return list(chat.history(_conversation(request, sender))["messages"])


@router.post(
    "/webhooks/rest/webhook",
    responses={**answers(list[Reply], 200), **answers(Refused, 401, 413, 500, 503), **answers(Malformed, 422)},
)
async def webhook(request: Request, message: Message) -> Response:
    """The replies to a message."""
    check_rest_caller(request, request.app.state.api_token)
    chat: Chat = request.app.state.chat
    try:
        bubbles = await chat.play(_conversation(request, message.sender), message.message, message.message_id)
    except NotReady as fault:
        raise HTTPException(503, "the model is still being loaded; ask /health") from fault
    except Exception as fault:  # noqa: BLE001 - the client must hear of any fault; its text may hold private words
        logger.error("a turn failed: %s", type(fault).__name__)
        raise HTTPException(500, "这条没处理成，内容没有丢，请再发一次。") from None
    return JSONResponse([_as_rasa(bubble, message.sender) for bubble in bubbles if bubble["from"] == "bot"])


refuse_other_methods(router)


def _conversation(request: Request, sender: str) -> str:
    return str(request.app.state.sessions.rest_conversation(sender))


def _as_rasa(bubble: dict[str, Any], sender: str) -> dict[str, Any]:
    """The bubble as Rasa's REST channel would send it; document links name the sender."""
    reply: dict[str, Any] = {key: bubble[key] for key in ("text", "buttons", "custom") if key in bubble}
    custom = reply.get("custom", {})
    links = {name: f"{custom[name]}?sender={quote(sender, safe='')}" for name in LINKS if custom.get(name)}
    if links:
        reply["custom"] = {**custom, **links}
    return {"recipient_id": sender, **reply}
