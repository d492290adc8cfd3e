"""What a request carries: no more than is wanted, and a refusal that does not repeat it."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

TAKEN_IN = 4  # times the largest: some more is read and dropped, so that the caller gets to hear of it
TOLD = ("type", "loc", "msg")


class BodyTooLarge(Exception):
    """The body is larger than any of this route can be."""


async def body_of(request: Request, largest: int) -> bytes:
    """The body. Raises BodyTooLarge, ClientDisconnect."""
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= largest:
            body += chunk
        elif size > TAKEN_IN * largest:
            break
    if size > largest:
        raise BodyTooLarge
    return bytes(body)


async def bounded(request: Request, largest: int) -> Request:
    """The same request with its body read. Raises BodyTooLarge, ClientDisconnect."""
    body = await body_of(request, largest)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


async def refuse_malformed(_: Request, fault: Exception) -> Response:
    """422 with each fault's place and kind. What was sent is left out: it may be private, and no JSON at all."""
    assert isinstance(fault, RequestValidationError)
    return JSONResponse({"detail": [{key: error[key] for key in TOLD} for error in fault.errors()]}, 422)
