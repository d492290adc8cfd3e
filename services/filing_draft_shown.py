"""What a person typed into the filing that is being filled in, in clear, for the same person to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.filing_course import OWNER
from services.filing_forms import asked_fields
from services.filing_policy import FilingPolicy
from services.filing_records import FIELD_TITLES, SENSITIVE_FIELDS, FilingProblem, ReviewField
from services.filing_storage import FilingStorage
from services.filing_views import draft_values


class DraftShown:
    """Shows what the review masks. Each time is noted in the access log, under the draft's id: it has no number yet."""

    def __init__(self, store: FilingStorage, now: Callable[[], datetime], policy: FilingPolicy) -> None:
        self._store, self._now, self._policy = store, now, policy

    def show(self, conversation: str) -> tuple[ReviewField, ...]:
        """The masked answers of the conversation's open draft, in clear and in asking order. FilingProblem no_draft."""
        with self._store.transaction():
            found = self._store.drafts.unfinished(conversation)
            if found is None or found.state != "open":
                raise FilingProblem("no_draft")
            values = draft_values(self._store, found)
            kind = self._policy.kind(found.insured_region, found.kind, found.created_at.date())
            shown = [name for name in asked_fields(kind, values) if name in SENSITIVE_FIELDS and name in values]
            if shown:
                self._store.access.log(found.draft_id, OWNER, "draft", shown, self._now())
            return tuple(ReviewField(name, FIELD_TITLES[name], values[name]) for name in shown)
