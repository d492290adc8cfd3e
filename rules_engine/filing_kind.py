"""One kind of filing as a region's pack describes it: what is asked, handed in, and what may follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules_engine.decision import Citation

KINDS: Mapping[str, str] = {
    "long_term_residence": "异地长期居住", "temporary_care": "跨省临时外出", "referral": "转诊",
    "emergency_registration": "急诊住院登记", "late_filing": "补办备案",
}
DECIDED_BY = ("agency", "self_service", "elsewhere")
ELSEWHERE = "elsewhere"
STARTS = ("on_or_after_filing", "at_submission", "admission_day")
COUNTS_FROM = ("confirmed_on", "effective_on")
VALIDITIES = ("permanent", "months", "not_stated")
ACTIONS: Mapping[str, str] = {"change": "变更", "end": "注销", "return_home": "回参保地", "renew": "续办"}
# What a filing may ask, for the packs to choose from. Who files for family is asked about the agent as well,
# which no pack says.
FIELDS = (
    "filed_for", "name", "id_number", "phone", "treatment_region", "reason", "starts_on", "address",
    "hospital", "care_stage", "admitted_on", "discharged_on",
)


@dataclass(frozen=True)
class Paper:
    """A paper to hand in. `examples`: which ones do, in words."""

    id: str
    title: str
    examples: str
    is_required: bool
    citation: Citation


@dataclass(frozen=True)
class KnockOut:
    """A decision that must turn out well before anything is asked.

    `facts` hold for every filing of the kind; `asks` are asked in this order as long as the outcome hangs on them
    (rules_engine.filing_knock_outs); `passes` are the values with which a filing may go on, None for «no value».
    """

    topic: str
    facts: Mapping[str, Any]
    asks: tuple[str, ...]
    passes: tuple[Any, ...]


@dataclass(frozen=True)
class Note:
    """Something that people are told, and where it stands."""

    text: str
    citation: Citation


@dataclass(frozen=True)
class Validity:
    """How long a filing holds: permanent, months or not_stated."""

    kind: str
    months: int | None = None


@dataclass(frozen=True)
class Renewal:
    """A filing of this kind may be renewed; these papers are then optional."""

    optional_papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class LifeRule:
    """What decides on one action on a filing of the kind.

    The topics are decided in order with `facts`; the last one's provision is in `allowed`, in `refused`, or the
    matter is not stated, as it is when any of the topics isn't. With `papers` handed in, `with_papers` holds and what
    is refused is allowed. `is_after_expiry`: only once the filing has run out. `note` stands instead of all this
    where the documents say nothing of filings of this kind.
    """

    topics: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    with_papers: Mapping[str, Any] = field(default_factory=dict)
    is_after_expiry: bool = False
    note: Note | None = None


@dataclass(frozen=True)
class FilingKind:
    """One kind of filing of one region, for a period; `effective_to` is inclusive, None means still in force.

    `decided_by` elsewhere: it cannot be filed here; the decision on `elsewhere_topic` says where it can.
    `reason_groups`: the person_group that giving a reason shows. `counts_from`: the day the months count from in
    which nothing may be changed, None where there are none.
    """

    region: str
    kind: str
    title: str
    situation: str
    decided_by: str
    elsewhere_topic: str | None
    fields: tuple[str, ...]
    reasons: Mapping[str, str]
    knock_outs: tuple[KnockOut, ...]
    place_scope: tuple[str, ...]
    province_level: frozenset[str]
    starts: str
    papers: tuple[Paper, ...]
    renewal: Renewal | None
    letter: bool
    validity: Validity
    counts_from: str | None
    notes_before: tuple[Note, ...]
    notes_after: tuple[Note, ...]
    citation: Citation
    effective_from: date
    effective_to: date | None
    verified_on: date
    life: Mapping[str, LifeRule] = field(default_factory=dict)
    reason_groups: Mapping[str, str] = field(default_factory=dict)

    def is_in_force(self, day: date) -> bool:
        """Whether a filing of this kind can be made on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @property
    def can_be_filed_here(self) -> bool:
        """False where another office takes it."""
        return self.decided_by != ELSEWHERE
