"""What every answer tells the browser: load nothing from elsewhere, and be framed only where that is allowed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from fastapi import Request, Response

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


def adding_security_headers(
    embed_origins: Iterable[str],
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """The middleware that sets them where a route has not set its own."""
    origins = tuple(embed_origins)

    async def add(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in security_headers(request.url.path, origins).items():
            response.headers.setdefault(name, value)
        return response

    return add
