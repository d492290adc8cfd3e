"""Which conversation the chat page has: found again, begun, begun anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from server.buttons import ButtonSigner
from server.chat import RESTARTED, Chat
from server.routes.answers import Malformed, PageSession, answers
from server.routes.other_methods import refuse_other_methods
from server.sessions import COOKIE, FRAMED_COOKIE, LASTS_SECONDS, Session, Sessions, token_said
from services import bootstrap

router = APIRouter()
Shown = Annotated[str, Query(max_length=64)]
# Kept apart for each site around the frame, until the browser is closed. Browsers take it over https only.
FRAMED_ONLY = "Path=/chat/session; HttpOnly; Secure; SameSite=None; Partitioned"
SAYS_TOKEN = {"parameters": [{
    "name": "X-Session", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The token, from a page in a frame of another site; `new` for a first one. It then gets no cookie.",
}]}


@router.post("/chat/session", responses=answers(PageSession, 200), openapi_extra=SAYS_TOKEN)
async def session(request: Request) -> Response:
    """The page's conversation: the one it has, the one that took its place a moment ago, or a new one."""
    sessions: Sessions = request.app.state.sessions
    known = sessions.of(request) or sessions.framed(request)
    if known:
        known = sessions.successor(known.conversation, bootstrap.now()) or known
    return _told(request, known or sessions.new())


@router.post(
    "/chat/session/restart", openapi_extra=SAYS_TOKEN,
    responses={**answers(PageSession, 200), **answers(Malformed, 422)},
)
async def restart(request: Request, conversation: Shown | None = None) -> Response:
    """A new conversation; what was said in the old one and its unfinished filing are deleted, submitted filings stay.

    Every page that has the old one open is told. Two pages that ask at once get the same new one: `conversation` is
    what the page has, and where another has begun anew meanwhile, that one is gone on with.
    """
    sessions: Sessions = request.app.state.sessions
    chat: Chat = request.app.state.chat
    old, now = sessions.of(request), bootstrap.now()
    if old is None:
        return _told(request, sessions.new())
    if conversation and conversation != _shown(old):
        return _told(request, old)
    begun = sessions.successor(old.conversation, now)
    if begun is None:
        await chat.forget(old.conversation)  # first: a new one is only begun where the old one is really gone
        begun = sessions.successor(old.conversation, now) or sessions.succeed(old.conversation, now)
        chat.lines.tell(old.conversation, RESTARTED)
    return _told(request, begun)


refuse_other_methods(router)


def _shown(session: Session) -> str:
    """What a page knows its conversation by: not enough to get at it."""
    return session.conversation[-8:]


def _told(request: Request, session: Session) -> Response:
    signer: ButtonSigner = request.app.state.signer
    covered = [
        _covered(signer, session.conversation, code, name) for code, name in bootstrap.answers().covered_region_names()
    ]
    is_framed = token_said(request) is not None
    response = JSONResponse({
        "conversation": _shown(session), "regions": covered,
        "embed_origins": bootstrap.settings().embed_origins, "token": session.token if is_framed else None,
    }, headers={"Cache-Control": "no-store"})
    if is_framed:
        response.headers.append("Set-Cookie", f"{FRAMED_COOKIE}={session.token}; {FRAMED_ONLY}")
    else:
        response.set_cookie(
            COOKIE, session.token, max_age=LASTS_SECONDS, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )
    return response


def _covered(signer: ButtonSigner, conversation: str, code: str, name: str) -> dict[str, str]:
    """A place whose rules are known, and what is pressed by someone who is insured there."""
    title = f"我在{name}参保"
    command = f'/inform{{"insured_region": "{code}"}}'
    return {"code": code, "name": name, "title": title, "payload": signer.sealed(conversation, title, command)}
