"""What the desk's API takes and gives: every key, bounded; nothing else is let in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from server.routes.desk_fields import Day, IdNumber, Phone, ReadingNote, Reason, Status, ToMend, Version
from services.desk_account import Role
from services.filing_desk import MOST_IN_A_PAGE

MOST_FIELDS = 40


class Shape(BaseModel):
    """Exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class Login(Shape):
    officer_id: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class QueueQuery(Shape):
    status: Status = "submitted"
    region: str | None = Field(None, pattern=r"^[0-9]{6}$")
    after: str | None = Field(None, pattern=r"^[0-9]{8}T[0-9]{12}Z\.[0-9]{6}-[0-9]{6}-[0-9]{4}-[0-9]{4}-[0-9]$")
    limit: int = Field(20, ge=1, le=MOST_IN_A_PAGE)


class Search(Shape):
    """Whom to look for: exactly one of these."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["id_number"]}, {"required": ["phone"]}]})

    id_number: IdNumber | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Search:
        if len(self.model_fields_set) != 1 or self.id_number == self.phone:
            raise ValueError("里身份证号和电话要有一个，也只能有一个")
        return self


class Reading(Shape):
    """Why somebody must see what is masked."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"reason": {"const": "other"}}},
            "then": {"required": ["note"], "properties": {"note": {"type": "string"}}},
        }
    )

    reason: Literal["call", "papers", "correction", "other"]
    note: ReadingNote | None = Field(None, validate_default=True)

    @field_validator("note")
    @classmethod
    def _is_told_what_for(cls, note: str | None, info: ValidationInfo) -> str | None:
        if note is None and info.data.get("reason") == "other":
            raise ValueError("没有填，选「其他」要写明为什么看")
        return note


class Confirmation(Shape):
    on: Day | None = None
    version: Version


class Return(Shape):
    reason: Reason
    fields: list[ToMend] = Field(default_factory=list, max_length=MOST_FIELDS)
    version: Version


class EndDecision(Shape):
    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"agreed": {"const": False}}},
            "then": {"required": ["reason"], "properties": {"reason": {"type": "string"}}},
        }
    )

    agreed: bool = Field(strict=True)
    reason: Reason | None = Field(None, validate_default=True)
    version: Version


    @field_validator("reason")
    @classmethod
    def _is_told_why_not(cls, reason: str | None, info: ValidationInfo) -> str | None:
        if reason is None and info.data.get("agreed") is False:
            raise ValueError("没有填，不同意要写明为什么")
        return reason


class ErrorAnswer(Shape):
    code: str
    message: str
    details: dict[str, Any]


class Place(Shape):
    code: str
    name: str


class OfficerShown(Shape):
    id: str
    name: str
    role: Role


class SessionAnswer(Shape):
    officer: OfficerShown
    regions: list[Place]
    expires_at: datetime


class LoginAnswer(SessionAnswer):
    token: str


class FilingInQueue(Shape):
    filing_no: str
    version: int
    kind: str
    kind_title: str
    purpose: str
    purpose_title: str
    status: str
    status_title: str
    name: str
    insured_region: Place
    treatment_region: Place
    starts_on: date
    submitted_at: datetime


class Line(Shape):
    field: str
    title: str
    value: str


class PaperShown(Shape):
    paper_id: str
    paper: str
    title: str
    media_type: str
    bytes: int
    uploaded_at: datetime


class Happening(Shape):
    event: str
    title: str
    at: datetime
    actor: str
    reason: str | None
    fields: list[str]


class Mendable(Shape):
    field: str
    title: str


class FilingShown(FilingInQueue):
    confirmed_on: date | None
    effective_on: date | None
    valid_to: date | None
    validity: str
    predecessor: str | None
    successor: str | None
    letter_version: str
    letter_sha256: str
    particulars: list[Line]
    papers: list[PaperShown]
    mendable: list[Mendable]
    timeline: list[Happening]


class QueueAnswer(Shape):
    filings: list[FilingInQueue]
    after: str | None


class SearchAnswer(Shape):
    filings: list[FilingInQueue]


class FilingAnswer(Shape):
    filing: FilingShown


class LimitsShown(Shape):
    may_change_from: date | None
    text: str
    changed_before: list[str]


class FoundAnswer(FilingAnswer):
    duplicates: list[FilingInQueue]
    limits: LimitsShown


class ClearLine(Shape):
    title: str
    value: str


class ClearAnswer(Shape):
    particulars: list[ClearLine]


class AccessShown(Shape):
    actor: str
    action: str
    action_title: str
    fields: list[str]
    reason: str
    reason_title: str
    note: str
    at: datetime


class AuditAnswer(Shape):
    accesses: list[AccessShown]


QueueAsked = Annotated[QueueQuery, Query()]
