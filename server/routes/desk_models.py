"""What the desk's API takes and gives: every key, bounded; nothing else is let in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Header, Path, Query
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from stdnum.cn import ric

from services.filing_desk import MOST_IN_A_PAGE

MOST_FIELDS = 40
SHORTEST_REASON, LONGEST_REASON = 5, 300
LARGEST_VERSION = 1_000_000
Status = Literal["submitted", "confirmed", "returned", "replaced", "changed", "withdrawn", "ending", "ended"]
_NOT_PRINTED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")


def _reason(text: str) -> str:
    reason = text.strip()
    if re.search(f"[{_NOT_PRINTED}]", reason):
        raise ValueError("里有不能显示的字符，请删掉")
    if len(reason) < SHORTEST_REASON:
        raise ValueError(f"至少要{SHORTEST_REASON}个字")
    return reason


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("要是一个整数")
    return value


def _day(value: object) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("要写成 2026-11-22 这样")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("不是日历上有的一天，请核对") from None


def _id_number(text: str) -> str:
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not _ID_NUMBER.fullmatch(number):
        raise ValueError("要18位：17位数字，最后一位是数字或 X，请核对")
    if ric.calc_check_digit(number) != number[-1]:
        raise ValueError("最后一位对不上，请再核对一遍")
    return number


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
REASON_SHAPE = {
    "type": "string", "minLength": SHORTEST_REASON, "maxLength": LONGEST_REASON,
    "pattern": rf"^\s*[^\s{_NOT_PRINTED}][^{_NOT_PRINTED}]{{{SHORTEST_REASON - 2},}}[^\s{_NOT_PRINTED}]\s*$",
}
Reason = Annotated[str, Field(max_length=LONGEST_REASON), AfterValidator(_reason), WithJsonSchema(REASON_SHAPE)]
ToMend = Annotated[str, Field(pattern=r"^[a-z0-9_:-]{1,64}$")]
ID_NUMBER_SHAPE = {"type": "string", "pattern": "^[0-9]{17}[0-9Xx]$", "format": "resident-id-number"}
IdNumber = Annotated[str, Field(max_length=40), AfterValidator(_id_number), WithJsonSchema(ID_NUMBER_SHAPE)]
Version = Annotated[int, Field(ge=1, le=LARGEST_VERSION), BeforeValidator(_number)]
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,64}$")]
FilingNo = Annotated[str, Path(min_length=1, max_length=64)]
PaperId = Annotated[str, Path(min_length=1, max_length=64)]


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
    id_number: IdNumber


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


class FoundAnswer(FilingAnswer):
    duplicates: list[str]


class ClearLine(Shape):
    title: str
    value: str


class ClearAnswer(Shape):
    particulars: list[ClearLine]


class AccessShown(Shape):
    actor: str
    action: str
    fields: list[str]
    at: datetime


class AuditAnswer(Shape):
    accesses: list[AccessShown]


QueueAsked = Annotated[QueueQuery, Query()]
