"""What every answer tells the browser: load nothing from elsewhere, and be framed only where that is allowed."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors {ancestors}"
)
# Only the chat page: nobody's site may lay something over the desk or a document.
FRAMED_PATHS = frozenset({"/", "/index.html"})


def security_headers(path: str, embed_origins: Iterable[str]) -> dict[str, str]:
    """The headers of an answer at that path."""
    ancestors = ["'self'", *(embed_origins if path in FRAMED_PATHS else ())]
    return {
        "Content-Security-Policy": POLICY.format(ancestors=" ".join(ancestors)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


class AddSecurityHeaders:
    """The middleware that sets them where a route has not set its own."""

    def __init__(self, app: ASGIApp, embed_origins: Iterable[str] = ()) -> None:
        self._app, self._origins = app, tuple(embed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Called for every request and line; an answer's head gets the headers on its way out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers(scope["path"], self._origins).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
