"""What the desk's routes on conversations, questions and figures take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from server.routes.desk_fields import Day
from server.routes.desk_models import Place, Shape

LONGEST_CODE, LONGEST_NOTE = 20, 300
MOST_DAYS, MOST_QUESTIONS = 400, 200
LARGEST_SEQ = 2**53
READING_ID = r"^[A-Za-z0-9_-]{10,64}$"
Kind = Literal["not_stated", "not_in_force", "no_pack", "fallback", "disliked"]
State = Literal["open", "done", "all"]
ReadingId = Annotated[str, Path(pattern=READING_ID)]
Subject = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,80}$")]


def _note(text: str) -> str:
    """What can be shown of it: no control characters."""
    return "".join(char for char in text if char.isprintable() or char == "\n").strip()


Note = Annotated[str, Field(max_length=LONGEST_NOTE), AfterValidator(_note)]


class CodeGiven(Shape):
    code: str = Field(min_length=1, max_length=LONGEST_CODE)


class Line(Shape):
    """One bubble. `kind` is its card's, `status` an answer's; `buttons` are titles, nothing can be pressed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    seq: int
    at: str
    sender: Literal["user", "bot"] = Field(alias="from")
    kind: str
    text: str
    status: str
    buttons: list[str]


class ReadingShown(Shape):
    reading_id: str
    opened_at: datetime
    until: datetime


class Transcript(Shape):
    reading: ReadingShown
    messages: list[Line]
    last_seq: int


class Readings(Shape):
    readings: list[ReadingShown]


class RecordLine(Shape):
    """`conversation` is the end of its number, by which it is told from others."""

    conversation: str
    officer_id: str
    event: str
    at: datetime


class Record(Shape):
    record: list[RecordLine]


class FromSeq(Shape):
    after: int = Field(0, ge=0, le=LARGEST_SEQ)


class QuestionQuery(Shape):
    kind: Kind | None = None
    days: int = Field(90, ge=1, le=MOST_DAYS)


class ListQuery(QuestionQuery):
    state: State = "open"
    limit: int = Field(100, ge=1, le=MOST_QUESTIONS)


class ExportQuery(QuestionQuery):
    format: Literal["csv", "json"] = "csv"


class MarkGiven(Shape):
    kind: Kind
    subject: Subject
    done: bool = Field(strict=True)
    note: Note = ""


class Reason(Shape):
    reason: str
    count: int


class MarkShown(Shape):
    is_done: bool
    at: datetime
    officer_id: str
    note: str


class Topic(Shape):
    id: str
    title: str


class QuestionShown(Shape):
    """Questions that are one. `texts`: the newest wordings, masked; `asked_since`: how often after it was marked."""

    kind: Kind
    subject: str
    region: Place | None
    topic: Topic | None
    count: int
    first_at: datetime
    last_at: datetime
    texts: list[str]
    reasons: list[Reason]
    mark: MarkShown | None
    asked_since: int


class Questions(Shape):
    """`total`: how many there are beyond those shown."""

    questions: list[QuestionShown]
    total: int


class FiguresQuery(Shape):
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to", validate_default=True)

    @field_validator("last")
    @classmethod
    def _is_a_period(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("first")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            raise ValueError(f"不能早于开始那天，最多{MOST_DAYS}天，请改日期")
        return last


class Counted(Shape):
    id: str
    title: str
    count: int


class WaitingShown(Shape):
    median: int | None
    slow: int | None


class DayShown(Shape):
    day: date
    outcomes: dict[str, int]
    waiting: WaitingShown


class FiguresShown(Shape):
    """`outcomes` by name (see docs/tasks/desk_api.md), also of each day; `waiting` in milliseconds."""

    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    outcomes: dict[str, int]
    channels: dict[str, int]
    topics: list[Counted]
    regions: list[Counted]
    days: list[DayShown]
    waiting: WaitingShown
    filings: list[Counted]


FromSeqAsked = Annotated[FromSeq, Query()]
ListAsked = Annotated[ListQuery, Query()]
ExportAsked = Annotated[ExportQuery, Query()]
FiguresAsked = Annotated[FiguresQuery, Query()]
