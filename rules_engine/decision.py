"""The result of asking the rules: what was decided, by which steps, or exactly why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any


class Outcome(Enum):
    """A decision is exactly one of these."""

    DECIDED = "decided"
    NEEDS = "needs"
    NOT_STATED = "not_stated"
    NOT_IN_FORCE = "not_in_force"
    NO_PACK = "no_pack"


@dataclass(frozen=True)
class Citation:
    """Where a value stands: document, clause, the document's date."""

    document: str
    article: str
    issued_on: date
    short_name: str = ""
    issued_as: str = ""  # the date as the document lets one say it: 约2021年
    source_kind: str = "leaflet"  # or secondary: public figures that could not be read at their official source

    @property
    def is_second_hand(self) -> bool:
        """Whether these are public figures that could not be read at their official source."""
        return self.source_kind == "secondary"

    @property
    def issued(self) -> str:
        """When the document was issued, in words."""
        return self.issued_as or f"{self.issued_on.year}年{self.issued_on.month}月"

    @property
    def issued_in_full(self) -> str:
        """The same to the day, where the document allows one."""
        return self.issued_as or f"{self.issued}{self.issued_on.day}日"

    def __str__(self) -> str:
        return f"{self.document}{self.article}（{self.issued}）"


@dataclass(frozen=True)
class Wording:
    """What a provision means for a person: one or two plain sentences, what to do, more on request."""

    says: str
    to_do: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Step:
    """One provision that was used: its id and title, the value it gave, its source.

    `note` tells of a slip in the document's own text, where there is one.
    """

    provision: str
    title: str
    value: Any
    unit: str
    citation: Citation
    wording: Wording = Wording("")
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """The answer to one topic for one case on one day.

    `computed` holds what was worked out beyond the provision's own value (dates, for instance).
    `missing` names untold facts, most decisive first. `overview` is what holds whichever way they turn out.
    `principle` is what the national layer says where the region's documents are silent or there are none.
    `may_differ_by`: untold facts by which an exception to the provision that decided would apply instead.
    With NOT_IN_FORCE comes `in_force_from`, the first day the documents cover, or `in_force_to`, the last.
    """

    topic: str
    outcome: Outcome
    on: date
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()
    overview: Step | None = None
    principle: Step | None = None
    may_differ_by: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    computed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> Any:
        """The value of the provision that decided, None when nothing was decided."""
        return self.steps[0].value if self.outcome is Outcome.DECIDED else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every source used, in the order of the steps, each once; the overview's where nothing was decided."""
        used = self.steps or ((self.overview,) if self.overview else ())
        used += (self.principle,) if self.principle else ()
        return tuple(dict.fromkeys(step.citation for step in used))


def sources_in_short(citations: Iterable[Citation]) -> str:
    """Documents and clauses as one phrase; "" for none."""
    return "；".join(f"{citation.short_name}，{citation.article}" for citation in citations)
