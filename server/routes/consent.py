"""给客服看: a code by which the page's person lets an agent read along, and the end of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from server.gate import has_own_origin
from server.listening import Listening
from server.routes.answers import ConsentStanding, Told, answers
from server.routes.other_methods import refuse_other_methods
from services.account_problems import AccountProblem
from services.consents import NOBODY, ConsentProblem, Consents, Standing

logger = logging.getLogger(__name__)
router = APIRouter()
HEADERS = {"Cache-Control": "no-store"}
WORDS = {
    "foreign": (403, "请从这个网站自己的页面点。"),
    "no_session": (401, "页面放得太久了，请刷新后再要。"),
    "too_many_codes": (429, "一小时里要了太多次，请过一会儿再要。"),
    "codes_busy": (503, "现在要码的人多，请过几分钟再试。"),
    "failed": (503, "现在要不了，请过一会儿再试。"),
}
SHOWN = {**answers(ConsentStanding, 200), **answers(Told, 401, 403, 429, 503)}


@router.post("/chat/consent", responses=SHOWN)
async def give(request: Request) -> Response:
    """A new code for the page's own conversation, told this once; one that was out before is worth nothing now."""
    def new_code(consents: Consents, conversation: str) -> dict[str, Any]:
        code = consents.give(conversation)
        return {"state": "waiting", "code": code.digits, "at": code.expires_at.isoformat()}

    return await _answered(request, new_code)


@router.get("/chat/consent", responses=SHOWN)
async def standing(request: Request) -> Response:
    """Whether a code is out, until when; whether somebody reads along, since when. Nobody does without a session."""
    if request.app.state.sessions.of(request) is None:
        return JSONResponse(_shown(NOBODY), headers=HEADERS)
    return await _answered(request, lambda consents, conversation: _shown(consents.standing(conversation)))


@router.post("/chat/consent/end", responses=SHOWN)
async def end(request: Request) -> Response:
    """Nobody reads along any more; a code that is out is worth nothing."""
    def ended(consents: Consents, conversation: str) -> dict[str, Any]:
        consents.end(conversation)
        return _shown(consents.standing(conversation))

    return await _answered(request, ended)


refuse_other_methods(router)


async def _answered(request: Request, do: Callable[[Consents, str], dict[str, Any]]) -> Response:
    listening: Listening = request.app.state.listening
    if not has_own_origin(request):
        return _refusal("foreign")
    session = request.app.state.sessions.of(request)
    if session is None:
        return _refusal("no_session")
    try:
        content = await asyncio.to_thread(do, listening.consents, session.conversation)
    except (ConsentProblem, AccountProblem) as problem:
        if problem.code not in WORDS:
            logger.error("a code for agents: %s", problem.code)
        return _refusal(problem.code)
    return JSONResponse(content, headers=HEADERS)


def _shown(standing: Standing) -> dict[str, Any]:
    return {"state": standing.state, "code": None, "at": standing.at and standing.at.isoformat()}


def _refusal(code: str) -> Response:
    status, message = WORDS.get(code, WORDS["failed"])
    return JSONResponse({"message": message}, status, HEADERS)
