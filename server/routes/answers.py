"""What the page's and the REST clients' routes answer, for the API's description: most build their answers by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from server.routes.desk_models import Place, Shape

Responses = dict[int | str, dict[str, Any]]
BYTES = {"schema": {"type": "string", "format": "binary"}}


class Told(Shape):
    """The page's refusal, to be shown as it is."""

    message: str


class Refused(Shape):
    """A REST client's refusal."""

    detail: str


class InputFault(Shape):
    type: str
    loc: list[str | int]
    msg: str


class Malformed(Shape):
    """Where a request is not as it should be."""

    detail: list[InputFault]


class CoveredPlace(Place):
    """A place whose rules are known, and the button that says that one is insured there."""

    title: str
    payload: str


class PageSession(Shape):
    """The page's conversation; its token only for a framed page, which has no cookie."""

    conversation: str
    regions: list[CoveredPlace]
    embed_origins: list[str]
    token: str | None


class Province(Place):
    cities: list[Place]


class Divisions(Shape):
    provinces: list[Province]


class BillLine(Shape):
    line: int
    name: str
    amount: str
    class_title: str
    class_b_rate: str | None


class BillError(Shape):
    line: int | None
    message: str


class BillSum(Shape):
    name: str
    title: str
    amount: str


class BillShown(Shape):
    rows: list[BillLine]
    errors: list[BillError]
    sums: list[BillSum]
    notes: list[str]
    payload: str | None
    title: str


class Button(Shape):
    title: str
    payload: str


class PaperKept(Shape):
    paper_id: str
    media_type: str
    bytes: int
    button: Button


class ShownLine(Shape):
    slot: str
    title: str
    value: str


class DraftInClear(Shape):
    """What the review masks; to be hidden again after so many seconds."""

    fields: list[ShownLine]
    seconds: int


class ConsentStanding(Shape):
    """`at`: until when a code is good, or since when somebody reads along. `code` is told once, when it is made."""

    state: Literal["none", "waiting", "watched"]
    code: str | None
    at: datetime | None


class Bubble(Shape):
    """What every bubble may hold; keys that it hasn't are left out. `custom`: docs/architecture.md."""

    text: str = ""
    buttons: list[Button] = Field(default_factory=list)
    custom: dict[str, Any] = Field(default_factory=dict)


class Reply(Bubble):
    recipient_id: str


class KeptBubble(Bubble):
    seq: int
    at: str
    sender: Literal["user", "bot"] = Field(alias="from")
    client_id: str = ""
    insured: Place | None = None


class Alive(Shape):
    status: Literal["ok"]


class Health(Shape):
    status: Literal["ready", "loading", "failed"]


class Issued(Shape):
    is_issued: Literal[True]
    message: str
    filing_no: str
    kind_title: str
    region_name: str
    status_title: str
    submitted_on: str
    valid_to: str | None


class NotIssued(Shape):
    is_issued: Literal[False]
    message: str


class NotChecked(Shape):
    is_issued: None
    message: str


def answers(model: Any, *statuses: int) -> Responses:
    """These statuses are answered in that shape."""
    return {status: {"model": model} for status in statuses}


def takes_bytes(words: str, parameters: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What a route that reads its body itself takes: a file as it is, whatever its media type is said to be."""
    body = {"required": True, "description": words, "content": {"application/octet-stream": BYTES}}
    return {"requestBody": body, **({"parameters": list(parameters)} if parameters else {})}
