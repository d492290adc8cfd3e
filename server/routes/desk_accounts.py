"""Accounts over the desk's API: an administrator's list, and everybody's own password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response

from server.desk_sessions import Asking, AskingAdmin, Token, forget_cookie, keep_in_cookie
from server.routes import desk_account_models as models
from server.routes.desk_account_models import AccountId
from server.routes.desk_errors import DeskRefusal, DeskRoute, refusal_of_other_methods, refusals
from server.routes.desk_models import LoginAnswer
from server.routes.desk_parts import Desk
from server.routes.desk_shown import account_shown, event_shown, place, session_shown
from services.passwords import made_up_password

router = APIRouter(prefix="/desk", route_class=DeskRoute)
Outcome = TypeVar("Outcome")


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Here = Annotated[Desk, Depends(_desk)]


@router.post("/password", response_model=LoginAnswer, responses=refusals(401, 403, 429))
async def change_password(
    request: Request, response: Response, desk: Here, token: Token, asking: Asking, given: models.PasswordChange
) -> dict[str, Any]:
    """One's own new password: a new session, all others of the account are over."""
    new_token, session = await _slowly(
        desk, lambda: desk.sign_in.change_password(token, given.present, given.password)
    )
    keep_in_cookie(response, new_token, request)
    return {"token": new_token, **session_shown(session)}


@router.post("/logout/everywhere", status_code=204, responses=refusals(401, 403))
async def logout_everywhere(desk: Here, asking: Asking) -> Response:
    """All sessions of whoever is asking are over, this one too."""
    await asyncio.to_thread(desk.sign_in.log_out_everywhere, asking.account.id)
    response = Response(status_code=204)
    forget_cookie(response)
    return response


@router.get("/accounts", response_model=models.AccountsAnswer, responses=refusals(401, 403))
def accounts(desk: Here, asking: AskingAdmin) -> dict[str, Any]:
    """Every account, by id, and the regions that one may be given."""
    return {
        "accounts": [account_shown(one) for one in desk.accounts.listed()],
        "regions": [place(code) for code in sorted(desk.accounts.offered_regions())],
    }


@router.post("/accounts", response_model=models.NewPasswordAnswer, responses=refusals(401, 403, 409))
async def add(desk: Here, asking: AskingAdmin, given: models.NewAccount) -> dict[str, Any]:
    """A new account with a made-up password, which is told this once."""
    password, by = made_up_password(), asking.account.id
    await _slowly(
        desk, lambda: desk.accounts.add(given.officer_id, given.name, given.regions, password, given.role, by)
    )
    return {**_shown(desk, given.officer_id), "password": password}


@router.post(
    "/accounts/{account_id}/password", response_model=models.NewPasswordAnswer, responses=refusals(401, 403, 404)
)
async def new_password(desk: Here, asking: AskingAdmin, account_id: AccountId) -> dict[str, Any]:
    """A made-up password in place of the old one, told this once; sessions of the account are over."""
    password, by = made_up_password(), asking.account.id
    await _slowly(desk, lambda: desk.accounts.set_password(account_id, password, by))
    return {**_shown(desk, account_id), "password": password}


@router.post("/accounts/{account_id}/role", response_model=models.AccountAnswer, responses=refusals(401, 403, 404, 409))
def set_role(desk: Here, asking: AskingAdmin, account_id: AccountId, given: models.NewRole) -> dict[str, Any]:
    """What the account may do from its next request on, and where."""
    desk.accounts.set_role(account_id, given.role, given.regions, asking.account.id)
    return _shown(desk, account_id)


@router.post(
    "/accounts/{account_id}/disable", response_model=models.AccountAnswer, responses=refusals(401, 403, 404, 409)
)
def disable(desk: Here, asking: AskingAdmin, account_id: AccountId) -> dict[str, Any]:
    """Its person is out at once and cannot sign in again."""
    desk.accounts.disable(account_id, asking.account.id)
    return _shown(desk, account_id)


@router.post("/accounts/{account_id}/enable", response_model=models.AccountAnswer, responses=refusals(401, 403, 404))
def enable(desk: Here, asking: AskingAdmin, account_id: AccountId) -> dict[str, Any]:
    """Its person can sign in again."""
    desk.accounts.enable(account_id, asking.account.id)
    return _shown(desk, account_id)


@router.get("/accounts/events", response_model=models.EventsAnswer, responses=refusals(401, 403))
def events(desk: Here, asking: AskingAdmin, asked: models.EventsAsked) -> dict[str, Any]:
    """Who signed in and who changed what about accounts, the newest first."""
    return {"events": [event_shown(one) for one in desk.accounts.events(asked.account, asked.limit)]}


refusal_of_other_methods(router)


def _shown(desk: Desk, account_id: str) -> dict[str, Any]:
    return {"account": account_shown(desk.accounts.found(account_id))}


async def _slowly(desk: Desk, step: Callable[[], Outcome]) -> Outcome:
    """A step that hashes a password, in its turn. DeskRefusal busy."""
    try:
        return await desk.password_slots.run(step)
    except TimeoutError:
        raise DeskRefusal("busy") from None
