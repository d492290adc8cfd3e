"""What the filing part hands to its callers: plain frozen values, sensitive ones masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rules_engine.fact_words import day_in_words

# Asked in this order. Short, harmless questions come last so that a problem with
# the identity is found before anyone has typed an address on a phone.
FIELDS = ("name", "id_number", "phone", "treatment_region", "reason", "starts_on", "address")
SENSITIVE_FIELDS = frozenset({"name", "id_number", "phone", "address"})

FIELD_TITLES = {
    "name": "姓名",
    "id_number": "身份证号码",
    "phone": "联系电话",
    "treatment_region": "去往的城市",
    "reason": "长期居住原因",
    "starts_on": "开始日期",
    "address": "通讯地址",
}

REASON_TITLES = {
    "return_to_native_place": "返回原籍",
    "joining_relatives": "投靠亲属",
    "posted_by_employer": "单位外派",
    "working_away": "外出务工",
}

STATUS_TITLES = {
    "submitted": "已提交，等待经办机构确认",
    "confirmed": "经办机构已确认",
    "returned": "经办机构已退回",
}


EVENT_TITLES = {
    "submitted": "已提交",
    "confirmed": "经办机构已确认",
    "returned": "经办机构已退回",
}


class FilingProblem(Exception):
    """A step cannot be taken now; `code` is stable, `details` fill a response's blanks."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class FieldProblem(FilingProblem):
    """One field's value cannot be used. Never carries a sensitive value, in any detail."""

    def __init__(self, code: str, /, *, field: str, **details: Any) -> None:
        super().__init__(code, **details)
        self.field = field


@dataclass(frozen=True)
class Consent:
    """The commitment letter a person agreed to, by the hash of the text they saw."""

    letter_version: str
    letter_sha256: str
    consented_at: datetime


@dataclass(frozen=True)
class Draft:
    """An unfinished filing. `fields` holds what is not sensitive; `filled` names all that is there."""

    draft_id: str
    conversation: str
    kind: str
    insured_region: str
    state: str
    fields: Mapping[str, str]
    filled: frozenset[str]
    failures: Mapping[str, int]
    reviewed_at: datetime | None
    consent: Consent | None
    created_at: datetime
    updated_at: datetime

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields still to be asked, in asking order."""
        return tuple(field for field in FIELDS if field not in self.filled)

    @property
    def next_step(self) -> str:
        """The first missing field, then review, commitment, signature, submitted."""
        if self.state == "submitted":
            return "submitted"
        if self.missing:
            return self.missing[0]
        if self.reviewed_at is None:
            return "review"
        return "commitment" if self.consent is None else "signature"


@dataclass(frozen=True)
class ReviewField:
    """One line of the review: what was asked and, masked, what was answered."""

    slot: str
    title: str
    value: str


@dataclass(frozen=True)
class CommitmentLetter:
    """The letter exactly as shown; `sha256` is over the UTF-8 bytes of `text`."""

    version: str
    title: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """Proof of hand-in. `status` is "submitted": nobody at the agency has confirmed yet."""

    filing_no: str
    status: str
    submitted_at: datetime


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened to a filing, by whom (insured_person or an officer's id)."""

    event: str
    at: datetime
    actor: str
    detail: Mapping[str, str]

    @property
    def title(self) -> str:
        return EVENT_TITLES[self.event]


@dataclass(frozen=True)
class FilingView:
    """A filing as its owner may see it: sensitive values masked."""

    filing_no: str
    kind: str
    insured_region: str
    treatment_region: str
    reason: str
    starts_on: date
    status: str
    submitted_at: datetime
    confirmed_on: date | None
    letter_version: str
    letter_sha256: str
    consented_at: datetime
    name: str
    id_number: str
    phone: str
    address: str
    timeline: tuple[TimelineEntry, ...]

    @property
    def status_title(self) -> str:
        return STATUS_TITLES[self.status]

    @property
    def starts_on_in_words(self) -> str:
        return day_in_words(self.starts_on)

    @property
    def reason_title(self) -> str:
        return REASON_TITLES[self.reason]


@dataclass(frozen=True)
class FilingPaper:
    """What the PDF shows, in clear; kept out of `repr` so that no log can hold it."""

    view: FilingView
    insured_region: str
    treatment_region: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    letter_text: str = field(repr=False)
    typed_signature: str | None = field(repr=False)
    drawn_signature: bytes | None = field(repr=False)
