"""The single values that the desk's API takes: how each is written, bounded and described."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Header, Path
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from stdnum.cn import ric

from services.filing_fields.reach import spelled_phone
from services.filing_records import FieldProblem

SHORTEST_REASON, LONGEST_REASON = 5, 300
LARGEST_VERSION = 1_000_000
Status = Literal["submitted", "confirmed", "returned", "replaced", "changed", "withdrawn", "ending", "ended"]
_NOT_PRINTED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")


def _written(text: str, shortest: int) -> str:
    written = text.strip()
    if re.search(f"[{_NOT_PRINTED}]", written):
        raise ValueError("里有不能显示的字符，请删掉")
    if len(written) < shortest:
        raise ValueError(f"至少要{shortest}个字")
    return written


def _written_shape(shortest: int, longest: int) -> dict[str, Any]:
    words = rf"^\s*[^\s{_NOT_PRINTED}][^{_NOT_PRINTED}]{{{shortest - 2},}}[^\s{_NOT_PRINTED}]\s*$"
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": words}


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


def _phone(text: str) -> str:
    try:
        return spelled_phone(text)
    except FieldProblem:
        raise ValueError("不对：手机是11位，座机要带区号，请核对") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Reason = Annotated[
    str, Field(max_length=LONGEST_REASON), AfterValidator(lambda text: _written(text, SHORTEST_REASON)),
    WithJsonSchema(_written_shape(SHORTEST_REASON, LONGEST_REASON)),
]
ToMend = Annotated[str, Field(pattern=r"^[a-z0-9_:-]{1,64}$")]
ID_NUMBER_SHAPE = {"type": "string", "pattern": "^[0-9]{17}[0-9Xx]$", "format": "resident-id-number"}
IdNumber = Annotated[str, Field(max_length=40), AfterValidator(_id_number), WithJsonSchema(ID_NUMBER_SHAPE)]
PHONE_SHAPE = {"type": "string", "pattern": "^1[0-9]{10}$"}
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone), WithJsonSchema(PHONE_SHAPE)]
SHORTEST_NOTE, LONGEST_NOTE = 2, 100
ReadingNote = Annotated[
    str, Field(max_length=LONGEST_NOTE), AfterValidator(lambda text: _written(text, SHORTEST_NOTE)),
    WithJsonSchema(_written_shape(SHORTEST_NOTE, LONGEST_NOTE)),
]
Version = Annotated[int, Field(ge=1, le=LARGEST_VERSION), BeforeValidator(_number)]
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,64}$")]
FilingNo = Annotated[str, Path(min_length=1, max_length=64)]
PaperId = Annotated[str, Path(min_length=1, max_length=64)]
