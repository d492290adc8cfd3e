"""What the desk's API takes and gives about accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field, StringConstraints

from server.routes.desk_models import Place, Shape
from services.accounts import MOST_EVENTS
from services.desk_account import Role

MOST_REGIONS = 400
AccountId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{2,32}$")]
Password = Annotated[str, Field(min_length=1, max_length=256)]
Code = Annotated[str, StringConstraints(pattern=r"^([0-9]{6}|\*)$")]


class NewRole(Shape):
    role: Role
    regions: list[Code] = Field(min_length=1, max_length=MOST_REGIONS)


class NewAccount(NewRole):
    officer_id: str = Field(pattern=r"^[A-Za-z0-9_-]{2,32}$")
    name: str = Field(min_length=1, max_length=30)


class PasswordChange(Shape):
    present: Password
    password: Password


class EventsQuery(Shape):
    account: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{2,32}$")
    limit: int = Field(50, ge=1, le=MOST_EVENTS)


class AccountShown(Shape):
    id: str
    name: str
    role: Role
    has_all_regions: bool
    regions: list[Place]
    is_active: bool


class AccountsAnswer(Shape):
    accounts: list[AccountShown]
    regions: list[Place]


class AccountAnswer(Shape):
    account: AccountShown


class NewPasswordAnswer(AccountAnswer):
    password: str


class EventShown(Shape):
    at: datetime
    actor: str
    event: Literal[
        "signed_in", "signed_out", "signed_out_everywhere", "wrong_password", "locked", "password_changed",
        "added", "disabled", "enabled", "role_set", "password_set",
    ]
    title: str
    account: str


class EventsAnswer(Shape):
    events: list[EventShown]


EventsAsked = Annotated[EventsQuery, Query()]
