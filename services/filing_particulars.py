"""Fills in a draft what someone told in one message: the fields that can be, each checked as if it had been asked."""

from __future__ import annotations

from dataclasses import dataclass

from services.filing_records import FieldProblem
from services.filing_storage import FilingStorage
from services.filings import Filings
from services.particulars_said import assigned, particulars_said


@dataclass(frozen=True)
class FilledIn:
    """`fields` that were filled, `problems` with what could not be used; `left`: a token of what can't be placed yet.

    `is_for_another`: somebody else is told of, though the filing is for oneself.
    """

    fields: tuple[str, ...] = ()
    problems: tuple[FieldProblem, ...] = ()
    left: str | None = None
    is_for_another: bool = False


class FilingParticulars:
    """Over Filings: what was told of the insured person and of whoever files for them."""

    def __init__(self, store: FilingStorage, filings: Filings) -> None:
        self._store, self._filings = store, filings

    def fill(self, conversation: str, token: str) -> FilledIn:
        """Uses up a token of `Filings.keep`. FilingProblem no_draft."""
        with self._store.transaction():
            raw = self._store.kept.take(conversation, token)
        draft = self._filings.find_draft(conversation)
        if raw is None or draft is None:
            return FilledIn()
        values, left = assigned(particulars_said(raw), draft.fields, draft.next_step)
        filled, problems = [], []
        for field, value in values:
            if field in draft.plan.steps:
                try:
                    self._filings.fill(conversation, field, value=value)
                    filled.append(field)
                except FieldProblem as problem:
                    problems.append(problem)
        kept = self._filings.keep(conversation, raw) if left else None
        is_for_another = bool(left) and draft.fields.get("filed_for") == "self"
        return FilledIn(tuple(filled), tuple(problems), kept, is_for_another)
