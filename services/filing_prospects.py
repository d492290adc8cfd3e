"""What its owner can do with a filing today, and how it is told to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.filing_course import FilingCourse
from services.filing_policy import FilingPolicy
from services.filing_records import FilingView
from services.filing_words import change_in_words, mend_in_words, standing_in_words, validity_in_words

# What can be asked in each state, before the region's rules are heard.
IN_STATE = {
    "submitted": ("withdraw",), "returned": ("mend", "withdraw"), "confirmed": ("change", "end", "renew"),
    "expired": ("renew",),
}


@dataclass(frozen=True)
class Prospect:
    """A filing in words, and what can be done with it now: mend, change, renew, end, withdraw."""

    status_text: str
    valid_to_text: str
    may_change_from: date | None
    may_change_text: str
    return_reason: str | None
    actions: tuple[str, ...]


class FilingProspects:
    """Looks at filings of a conversation with the rules of the day."""

    def __init__(self, course: FilingCourse, policy: FilingPolicy) -> None:
        self._course, self._policy = course, policy

    def of(self, conversation: str, filing: FilingView) -> Prospect:
        """How the filing stands and what may be done. FilingProblem filing_not_found."""
        kind = self._policy.kind_of(filing)
        change = self._course.may(conversation, filing.filing_no, "change")
        is_held = filing.status == "confirmed"
        return Prospect(
            standing_in_words(filing, kind), validity_in_words(filing),
            change.possible_from if is_held else None, change_in_words(filing, kind, change),
            mend_in_words(filing, kind), self._possible(conversation, filing),
        )

    def counted_from(self, filing: FilingView) -> date | None:
        """The day from which the months count in which nothing may be changed; None where there are none."""
        kind = self._policy.kind_of(filing)
        return getattr(filing, kind.counts_from) if kind.counts_from else None

    def situation(self, filing: FilingView) -> str:
        """The situation that the filing was made for."""
        return self._policy.kind_of(filing).situation

    def _possible(self, conversation: str, filing: FilingView) -> tuple[str, ...]:
        asked = IN_STATE.get(filing.status, ())
        return tuple(action for action in asked if self._is_possible(conversation, filing.filing_no, action))

    def _is_possible(self, conversation: str, filing_no: str, action: str) -> bool:
        """Whether it may be begun: also with papers, and where the documents leave it to the agency."""
        if action in ("mend", "withdraw"):
            return True
        if action == "renew":
            return self._course.may(conversation, filing_no, "renew").outcome == "allowed"
        decision = (
            self._course.early_end(conversation, filing_no) if action == "end"
            else self._course.may(conversation, filing_no, action)
        )
        return decision.outcome != "refused" or bool(decision.papers)
