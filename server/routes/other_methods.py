"""Wrong methods: each address refuses them itself and says which are right; else the page's files are looked at."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


def _refusal() -> Response:
    return JSONResponse({"detail": "Method Not Allowed"}, 405)


def refuse_other_methods(router: APIRouter, refusal: Callable[[], Response] = _refusal) -> None:
    """Adds to each of the router's addresses the answer to the methods that it has not: 405 with `Allow`."""
    known: dict[str, set[str]] = {}
    for route in router.routes:
        if isinstance(route, APIRoute):
            known.setdefault(route.path, set()).update(route.methods or ())
    for path, methods in known.items():
        refuse = _refusing(refusal, ", ".join(sorted(methods)))
        path = path.removeprefix(router.prefix)
        router.add_api_route(path, refuse, methods=sorted(METHODS - methods), include_in_schema=False)


def _refusing(refusal: Callable[[], Response], allowed: str) -> Callable[[], Response]:
    def refuse() -> Response:
        answer = refusal()
        answer.headers["Allow"] = allowed
        return answer

    return refuse
