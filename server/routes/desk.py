"""The desk's JSON API: who is asking. What they ask about filings is in desk_filings; both routers are mounted."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from server.desk_sessions import Asking, Token, forget_cookie, keep_in_cookie
from server.gate import has_own_origin
from server.routes.desk_errors import DeskRefusal, DeskRoute, refusal_of_other_methods, refusals
from server.routes.desk_models import Login, LoginAnswer, SessionAnswer
from server.routes.desk_parts import Desk
from server.routes.desk_shown import session_shown

router = APIRouter(prefix="/desk", route_class=DeskRoute)


@router.post("/login", response_model=LoginAnswer, responses=refusals(401, 403, 429))
async def login(request: Request, response: Response, given: Login) -> dict[str, Any]:
    """A session for whoever has an account: the token, also set as the page's cookie."""
    if not has_own_origin(request):
        raise DeskRefusal("foreign_origin")
    desk: Desk = request.app.state.desk
    try:
        token, session = await desk.password_slots.run(lambda: desk.sign_in.log_in(given.officer_id, given.password))
    except TimeoutError:
        raise DeskRefusal("busy") from None
    keep_in_cookie(response, token, request)
    return {"token": token, **session_shown(session)}


@router.get("/session", response_model=SessionAnswer, responses=refusals(401, 403))
def session(asking: Asking) -> dict[str, Any]:
    """Who is logged in, for a page that was loaded anew."""
    return session_shown(asking)


@router.post("/logout", status_code=204, responses=refusals(401, 403))
async def logout(request: Request, token: Token, asking: Asking) -> Response:
    """This session is over, others of the same account go on."""
    await asyncio.to_thread(request.app.state.desk.sign_in.log_out, token)
    response = Response(status_code=204)
    forget_cookie(response)
    return response


refusal_of_other_methods(router)
