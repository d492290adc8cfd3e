"""Who of the desk is asking: by the desk's cookie from this server's own page, or by a bearer token."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from server.gate import has_own_origin
from server.routes.desk_errors import DeskRefusal
from server.slots import Slots
from services.account_sign_in import SESSION_LASTS, Session, SignIn
from services.desk_account import ROLE_TITLES

COOKIE, COOKIE_PATH = "yidi_desk", "/desk"
READING = ("GET", "HEAD")
CHECKED_AT_ONCE = 2  # a password takes a processor and 64 MB for a tenth of a second
LONGEST_WAIT = 20  # seconds

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="登录时给的 token")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="cookie", description="登录时设的 cookie")
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
Kept = Annotated[str | None, Depends(_cookie)]


def password_slots() -> Slots:
    """Where passwords are checked, beside the event loop."""
    return Slots(CHECKED_AT_ONCE, LONGEST_WAIT)


def token_of(request: Request, bearer: Given, cookie: Kept) -> str:
    """The token the request carries. DeskRefusal not_logged_in, foreign_origin.

    A cookie comes along by itself, so a request that changes something must show that this server's page made it.
    """
    if bearer is not None:
        return bearer.credentials
    if not cookie:
        raise DeskRefusal("not_logged_in")
    is_told = "origin" in request.headers or "x-requested-with" in request.headers
    if not has_own_origin(request) or not (is_told or request.method in READING):
        raise DeskRefusal("foreign_origin")
    return cookie


Token = Annotated[str, Depends(token_of)]


def session_of(request: Request, token: Token) -> Session:
    """The session of whoever is asking. DeskRefusal not_logged_in."""
    sign_in: SignIn = request.app.state.desk.sign_in
    session = sign_in.session(token)
    if session is None:
        raise DeskRefusal("not_logged_in")
    return session


def officer_session_of(session: Annotated[Session, Depends(session_of)]) -> Session:
    """The session of someone who decides on filings. DeskRefusal not_allowed."""
    if not session.account.may_decide:
        raise DeskRefusal("not_allowed", who=ROLE_TITLES["officer"])
    return session


def admin_session_of(session: Annotated[Session, Depends(session_of)]) -> Session:
    """The session of an administrator. DeskRefusal not_allowed."""
    if not session.account.is_admin:
        raise DeskRefusal("not_allowed", who=ROLE_TITLES["admin"])
    return session


Asking = Annotated[Session, Depends(session_of)]
AskingOfficer = Annotated[Session, Depends(officer_session_of)]
AskingAdmin = Annotated[Session, Depends(admin_session_of)]


def keep_in_cookie(response: Response, token: str, request: Request) -> None:
    """Sets the cookie that the desk's page needs: no script reads it, no other site's request carries it."""
    response.set_cookie(
        COOKIE, token, max_age=int(SESSION_LASTS.total_seconds()), path=COOKIE_PATH, httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )


def forget_cookie(response: Response) -> None:
    """Takes the cookie back."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")
