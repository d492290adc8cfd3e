"""Filing as the dialogue drives it, from the first answer to the receipt."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from rules_engine.filing_kinds import FilingKind
from services.filing_answers import checked_answer, usable_answers
from services.filing_forms import planned, review_fields, sha256_of, signed_text
from services.filing_numbers import random_digits
from services.filing_policy import KEPT_FACTS, FilingPolicy
from services.filing_records import (
    AGENT_FIELDS,
    PAPER_STEP,
    CommitmentLetter,
    Consent,
    Draft,
    FieldProblem,
    FilingProblem,
    PaperView,
    Receipt,
    ReviewField,
)
from services.filing_storage import FilingStorage
from services.filing_submission import Submission, letter_of, salt_of
from services.filing_views import draft_values
from services.paper_files import PaperFiles, check_paper

MOST_PAPERS = 6  # photographs of one paper: both sides, several pages
# Answers that no longer fit when another answer changes.
DEPENDENTS: Mapping[str, tuple[str, ...]] = {
    "filed_for": AGENT_FIELDS, "care_stage": ("discharged_on",), "admitted_on": ("discharged_on",),
}


class Filings:
    """Drafts of conversations.

    Every step is one transaction. FieldProblem: this answer cannot be used, ask again.
    FilingProblem: this step cannot be taken now.
    """

    def __init__(
        self, store: FilingStorage, papers: PaperFiles, now: Callable[[], datetime], policy: FilingPolicy,
        draw_digits: Callable[[], str] = random_digits,
    ) -> None:
        self._store, self._papers, self._now, self._policy = store, papers, now, policy
        self._draw_digits = draw_digits

    def keep(self, conversation: str, raw: str) -> str:
        """A token for a raw value, to be used once in `fill` or `submit` of this conversation."""
        with self._store.transaction():
            return self._store.kept.put(conversation, raw, self._now())

    def forget(self, conversation: str) -> None:
        """Delete the conversation's unfinished draft, kept values and look-ups; filings stay."""
        with self._store.transaction():
            self._store.kept.forget(conversation)
            self._store.access.forget_grants(conversation)
        self.drop(conversation)

    def offered(self, insured_region: str) -> tuple[FilingKind, ...]:
        """The kinds that a region has, in the pack's order; decided_by elsewhere: not to be filed here."""
        return self._policy.offered(insured_region, self._today)

    def offers(self, insured_region: str) -> bool:
        """Whether anything can be filed here by someone insured there."""
        return any(kind.decided_by != "elsewhere" for kind in self.offered(insured_region))

    def kind_of(self, draft: Draft) -> FilingKind:
        """The kind that is being filed, as it was when the draft was begun; handing in looks at today's."""
        return self._policy.kind(draft.insured_region, draft.kind, draft.created_at.date())

    def open_draft(self, conversation: str, kind: str, known: Mapping[str, Any]) -> Draft:
        """The conversation's unfinished draft as it is, or a new one with what is known.

        `known` holds insured_region, facts of the case, and perhaps fields; what does not pass its check is left
        out and asked later. FilingProblem filing_not_offered; not_eligible(decision) when the region's rules
        refuse this case; fact_missing(fact) when they depend on something nobody told.
        """
        asked_kind = self._policy.kind(str(known.get("insured_region", "")), kind, self._today)
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            if draft is not None:
                return planned(draft, self.kind_of(draft))
            result = self._policy.knock_out(asked_kind, known, self._today)
            if result.asks:
                raise FilingProblem("fact_missing", fact=result.asks, decision=result.decision)
            if not result.is_passed:
                raise FilingProblem("not_eligible", decision=result.decision)
            facts = {name: known[name] for name in sorted(KEPT_FACTS & known.keys()) if known[name] is not None}
            answers = usable_answers(known, asked_kind, self._today)
            draft = self._store.drafts.add(
                conversation, kind, asked_kind.region, answers, self._now(), facts=facts
            )
            return planned(draft, asked_kind)

    def find_draft(self, conversation: str) -> Draft | None:
        """The conversation's open or paused draft."""
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            return None if draft is None else planned(draft, self.kind_of(draft))

    def fill(self, conversation: str, field: str, *, value: str | None = None, token: str | None = None) -> Draft:
        """The draft with this field checked and stored, from a plain value or a kept one.

        A value that cannot be used raises FieldProblem and is counted in `failures`; kept_value_gone (token used
        or purged) is not counted: nobody answered wrongly. Answers that depend on this one are asked again.
        """
        with self._store.transaction():
            draft = self._unfinished(conversation)
            raw = value if token is None else self._taken(conversation, field, token)
            try:
                checked = checked_answer(self._store, draft, self.kind_of(draft), field, raw or "", self._today)
            except FieldProblem as found:
                self._store.drafts.count_failure(draft, field, self._now())
                problem = found
            else:
                return self._filled(draft, field, checked)
        raise problem

    def _filled(self, draft: Draft, field: str, value: str) -> Draft:
        if draft.fields.get(field) != value:
            for dependent in DEPENDENTS.get(field, ()):
                draft = self._store.drafts.clear_field(draft, dependent, self._now())
        draft = self._store.drafts.set_field(draft, field, value, self._now())
        return planned(draft, self.kind_of(draft))

    def clear_step(self, conversation: str, step: str) -> Draft:
        """The draft without this field or paper, which is asked again next."""
        removed: tuple[str, ...] = ()
        with self._store.transaction():
            draft = self._unfinished(conversation)
            if step.startswith(PAPER_STEP):
                removed = self._store.papers.remove(draft.draft_id, step.removeprefix(PAPER_STEP))
                draft = self._store.drafts.set_skipped(draft, draft.skipped - {step}, self._now())
            else:
                draft = self._store.drafts.clear_field(draft, step, self._now())
            draft = planned(draft, self.kind_of(draft))
        self._delete_files(removed)
        return draft

    def add_paper(self, conversation: str, paper: str, content: bytes) -> PaperView:
        """The paper, checked and kept. FieldProblem paper_… if it can't be used; FilingProblem paper_not_asked."""
        media_type = check_paper(content, PAPER_STEP + paper)
        paper_id = secrets.token_hex(16)
        view = PaperView(paper_id, paper, media_type, len(content), self._now())
        # The file first: a paper on the list is always there. A file without its row is swept up later.
        self._papers.put(paper_id, content)
        try:
            with self._store.transaction():
                draft = self._unfinished(conversation)
                if PAPER_STEP + paper not in draft.plan.steps or draft.state != "open":
                    raise FilingProblem("paper_not_asked")
                if sum(one.paper == paper for one in draft.papers) >= MOST_PAPERS:
                    raise FilingProblem("paper_too_many", most=MOST_PAPERS)
                self._store.papers.add(draft.draft_id, view)
                draft = self._store.drafts.set_skipped(draft, draft.skipped - {PAPER_STEP + paper}, self._now())
        except BaseException:
            self._papers.delete(paper_id)
            raise
        return view

    def skip_paper(self, conversation: str, step: str) -> Draft:
        """The draft without an optional paper. FilingProblem paper_required."""
        with self._store.transaction():
            draft = self._unfinished(conversation)
            if step not in draft.plan.optional:
                raise FilingProblem("paper_required")
            draft = self._store.drafts.set_skipped(draft, draft.skipped | {step}, self._now())
            return planned(draft, self.kind_of(draft))

    def pause(self, conversation: str) -> Draft:
        """The draft set aside; nothing is lost."""
        return self._moved(conversation, "paused")

    def resume(self, conversation: str) -> Draft:
        """The draft taken up again."""
        return self._moved(conversation, "open")

    def drop(self, conversation: str) -> None:
        """Delete the unfinished draft with all its values and papers, if there is one."""
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            if draft is not None:
                self._store.drafts.delete(draft)
        self._store.erase_traces()
        if draft is not None:
            self._delete_files(tuple(paper.paper_id for paper in draft.papers))

    def review(self, draft: Draft) -> tuple[ReviewField, ...]:
        """All answers so far for reading back, sensitive ones masked."""
        with self._store.transaction():
            return review_fields(draft, draft_values(self._store, draft), self.kind_of(draft))

    def confirm_review(self, conversation: str) -> Draft:
        """The draft with its review confirmed. FilingProblem draft_incomplete(missing).

        Where no letter is signed, this is what the person stands by, so its text is remembered by its hash.
        """
        with self._store.transaction():
            draft = self._complete(conversation)
            kind = self.kind_of(draft)
            reviewed = self._store.drafts.set_reviewed(draft, self._now())
            if not draft.plan.has_letter:
                text = signed_text(draft_values(self._store, draft), kind, salt_of(self._store, draft))
                reviewed = self._store.drafts.set_consent(
                    reviewed, Consent("", sha256_of(text), self._now()), self._now()
                )
            return planned(reviewed, kind)

    def letter(self, draft: Draft) -> CommitmentLetter:
        """Today's letter for this draft, to be shown exactly so. FilingProblem draft_incomplete."""
        _require_complete(draft)
        with self._store.transaction():
            return letter_of(self._store, draft, self._policy, self._today)

    def consent(self, conversation: str, sha256: str) -> Draft:
        """The draft with consent to the letter that has this hash.

        FilingProblem letter_changed if that is not today's letter (show it again),
        review_missing, draft_incomplete.
        """
        with self._store.transaction():
            draft = self._complete(conversation)
            if draft.reviewed_at is None:
                raise FilingProblem("review_missing")
            letter = letter_of(self._store, draft, self._policy, self._today)
            if letter.sha256 != sha256:
                raise FilingProblem("letter_changed")
            consent = Consent(letter.version, letter.sha256, self._now())
            return planned(self._store.drafts.set_consent(draft, consent, self._now()), self.kind_of(draft))

    def submit(self, conversation: str, signature: str | None = None) -> Receipt:
        """The receipt; `signature` is a token from `keep`. Submitting again gives the same one.

        FieldProblem for the signature, or for a start date that has passed meanwhile (it is cleared, to be asked
        again). FilingProblem letter_changed when the day or the wording has changed since the consent, which is
        then void; consent_missing; draft_incomplete; filing_exists(filing_no); predecessor_moved_on(status).
        """
        # One moment for all of it: midnight must not fall between what is checked and what is kept.
        submission = Submission(self._store, self._now(), self._policy, self._draw_digits)
        with self._store.transaction():
            draft = self._store.drafts.latest(conversation)
            if draft is None:
                raise FilingProblem("no_draft")
            if draft.state == "submitted":
                return submission.repeat(draft)
            draft = planned(draft, self.kind_of(draft))
            _require_complete(draft)
            try:
                submission.check_still_valid(draft)
                token = signature or ""
                raw = self._taken(conversation, "signature", token) if draft.plan.has_letter else None
                signed = None if raw is None else submission.check_signature(draft, raw)
            except FilingProblem as found:
                problem = found
            else:
                return submission.hand_in(draft, signed)
        # Only now, outside the transaction: what the checks wrote down must stay.
        raise problem

    @property
    def _today(self) -> date:
        return self._now().date()

    def _taken(self, conversation: str, field: str, token: str) -> str:
        raw = self._store.kept.take(conversation, token)
        if raw is None:
            raise FieldProblem("kept_value_gone", field=field)
        return raw

    def _moved(self, conversation: str, state: str) -> Draft:
        with self._store.transaction():
            moved = self._store.drafts.set_state(self._unfinished(conversation), state, self._now())
            return planned(moved, self.kind_of(moved))

    def _unfinished(self, conversation: str) -> Draft:
        draft = self._store.drafts.unfinished(conversation)
        if draft is None:
            raise FilingProblem("no_draft")
        return planned(draft, self.kind_of(draft))

    def _complete(self, conversation: str) -> Draft:
        draft = self._unfinished(conversation)
        _require_complete(draft)
        return draft

    def _delete_files(self, paper_ids: tuple[str, ...]) -> None:
        for paper_id in paper_ids:
            self._papers.delete(paper_id)


def _require_complete(draft: Draft) -> None:
    if draft.missing:
        raise FilingProblem("draft_incomplete", missing=draft.missing)
