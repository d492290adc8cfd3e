"""What the filing part hands to its callers: plain frozen values, sensitive ones masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rules_engine.fact_words import day_in_words
from services.filing_states import EVENT_TITLES, STATUS_TITLES

SENSITIVE_FIELDS = frozenset(
    {"name", "id_number", "phone", "address", "hospital", "agent_name", "agent_id_number"}
)
AGENT_FIELDS = ("agent_name", "agent_id_number", "agent_relation")
PAPER_STEP = "paper:"
LAST_STEPS = ("review", "commitment", "signature", "hand_in", "submitted")

FIELD_TITLES = {
    "filed_for": "给谁办",
    "name": "姓名",
    "id_number": "身份证号码",
    "phone": "联系电话",
    "agent_name": "代办人姓名",
    "agent_id_number": "代办人身份证号码",
    "agent_relation": "代办人是参保人的",
    "treatment_region": "去往的城市",
    "reason": "备案的原因",
    "starts_on": "开始日期",
    "address": "通讯地址",
    "hospital": "就诊的医院",
    "admitted_on": "入院日期",
    "care_stage": "出院了没有",
    "discharged_on": "出院日期",
}
FIELDS = tuple(FIELD_TITLES)
CLOSED_TITLES: Mapping[str, Mapping[str, str]] = {
    "filed_for": {"self": "本人", "family": "家人"},
    "agent_relation": {
        "spouse": "配偶", "child": "子女", "parent": "父母", "sibling": "兄弟姐妹", "other": "其他人",
    },
    "care_stage": {"in_hospital": "还在住院，没结账", "discharged": "已经出院，自己垫了钱"},
}
PURPOSE_TITLES = {"new": "新办", "mend": "退回后改好", "change": "变更", "renew": "续办"}


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
class PaperView:
    """An uploaded paper: what it is, never what it shows nor what its file was called."""

    paper_id: str
    paper: str
    media_type: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True)
class Plan:
    """What a kind asks, in order: fields and papers (as paper:<id>); which may be skipped; a letter or not."""

    steps: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    has_letter: bool = True


@dataclass(frozen=True)
class Draft:
    """An unfinished filing. `fields` holds what is not sensitive; `filled` names all that is there.

    `facts`: what the questions before the first field found out (closed values, such as person_group).
    """

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
    purpose: str = "new"
    predecessor: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    papers: tuple[PaperView, ...] = ()
    plan: Plan = Plan()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields and papers still to be asked, in asking order."""
        uploaded = {PAPER_STEP + paper.paper for paper in self.papers}
        done = self.filled | self.skipped | uploaded
        return tuple(step for step in self.plan.steps if step not in done)

    @property
    def next_step(self) -> str:
        """The first missing field or paper, then review, commitment and signature (or hand_in), submitted."""
        if self.state == "submitted":
            return "submitted"
        if self.missing:
            return self.missing[0]
        if self.reviewed_at is None:
            return "review"
        if not self.plan.has_letter:
            return "hand_in" if self.consent else "review"
        return "commitment" if self.consent is None else "signature"

    @property
    def progress(self) -> tuple[int, int]:
        """Which step is next, from 1, and how many there are, review and hand-in among them.

        What is answered is behind, in whatever order; what stopped applying is not counted.
        """
        ends = ("review", "commitment", "signature") if self.plan.has_letter else ("review", "hand_in")
        asked = len(self.plan.steps)
        behind = asked - len(self.missing) + (ends.index(self.next_step) if self.next_step in ends else 0)
        return behind + 1, asked + len(ends)


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
    """Proof of hand-in; `notes` are what the region's document asks people to see to afterwards."""

    filing_no: str
    status: str
    submitted_at: datetime
    notes: tuple[str, ...] = ()

    @property
    def status_title(self) -> str:
        return STATUS_TITLES[self.status]


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened to a filing, by whom (insured_person or an officer's id)."""

    event: str
    at: datetime
    actor: str
    detail: Mapping[str, Any]

    @property
    def title(self) -> str:
        return EVENT_TITLES[self.event]


@dataclass(frozen=True)
class FilingView:
    """A filing as its owner may see it: sensitive values masked. `status` is that of the day of asking."""

    filing_no: str
    version: int
    kind: str
    kind_title: str
    purpose: str
    insured_region: str
    treatment_region: str
    starts_on: date
    effective_on: date | None
    valid_to: date | None
    is_in_effect: bool  # whether its first day has come
    validity: str  # permanent, months, not_stated
    status: str
    submitted_at: datetime
    confirmed_on: date | None
    predecessor: str | None
    successor: str | None
    letter_version: str
    letter_sha256: str
    consented_at: datetime
    facts: Mapping[str, Any]
    particulars: tuple[ReviewField, ...]
    papers: tuple[PaperView, ...]
    timeline: tuple[TimelineEntry, ...]

    @property
    def status_title(self) -> str:
        return STATUS_TITLES[self.status]

    @property
    def starts_on_in_words(self) -> str:
        return day_in_words(self.starts_on)

    @property
    def returned(self) -> TimelineEntry | None:
        """Why it was returned, while it waits to be mended."""
        if self.status != "returned":
            return None
        return next((entry for entry in reversed(self.timeline) if entry.event == "returned"), None)


@dataclass(frozen=True)
class FilingPaper:
    """What the PDF shows, in clear; kept out of `repr` so that no log can hold it."""

    view: FilingView
    kind_title: str
    region_name: str
    papers: tuple[str, ...]
    signed_sha256: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    letter_text: str | None = field(repr=False)
    typed_signature: str | None = field(repr=False)
    drawn_signature: bytes | None = field(repr=False)
