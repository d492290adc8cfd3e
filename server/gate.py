"""Who may use the REST interface: this machine itself, or whoever holds the token."""

from __future__ import annotations

import hmac
import ipaddress
import re

from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection

# A foreign page whose name was made to point here (DNS rebinding) has its own name in Host.
LOCAL_HOST = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.IGNORECASE)
FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


def check_rest_caller(request: Request, token: str | None, setting: str = "API_TOKEN") -> None:
    """Raises 401 unless the caller gives the token, or is this machine itself with no proxy or web page between.

    `setting` names the variable that holds the token.
    """
    given = request.headers.get("authorization", "").removeprefix("Bearer ") or request.query_params.get("token", "")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return
    if not given and _is_loopback(request) and has_own_origin(request):
        return
    raise HTTPException(401, f"From another machine this needs 'Authorization: Bearer <{setting}>'.")


def _is_loopback(request: HTTPConnection) -> bool:
    if any(header in request.headers for header in FORWARDING_HEADERS) or request.client is None:
        return False
    if not LOCAL_HOST.fullmatch(request.headers.get("host", "")):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def has_own_origin(connection: HTTPConnection) -> bool:
    """Whether the request comes from no web page, or from one that this server sent."""
    origin = connection.headers.get("origin")
    return origin is None or origin.split("://")[-1] == connection.headers.get("host")
