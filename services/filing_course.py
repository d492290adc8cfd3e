"""The further life of filings as their owners drive it: seen, withdrawn, changed, mended, renewed, ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from rules_engine.filing_life import LifeDecision
from services.filing_forms import planned
from services.filing_kinship import takes_place_of
from services.filing_numbers import read_filing_number
from services.filing_policy import KEPT_FACTS, FilingPolicy
from services.filing_records import (
    AGENT_FIELDS,
    PAPER_STEP,
    SENSITIVE_FIELDS,
    Draft,
    FilingPaper,
    FilingProblem,
    FilingView,
    PaperView,
)
from services.filing_rows import FilingRow
from services.filing_states import HOLDING, OPEN, ImpossibleEvent, status_on
from services.filing_storage import FilingStorage
from services.filing_views import filing_paper, filing_view
from services.paper_files import PaperFiles
from services.secrets_box import SecretsBoxError

OWNER = "insured_person"
# What a new filing must say anew: it begins again, and whoever files it now may be another.
ASKED_ANEW: Mapping[str, frozenset[str]] = {
    "change": frozenset({
        "treatment_region", "starts_on", "filed_for", *AGENT_FIELDS,
        "hospital", "admitted_on", "care_stage", "discharged_on",
    }),
    "renew": frozenset({"starts_on", "filed_for", *AGENT_FIELDS}),
    "mend": frozenset(),
}


class FilingCourse:
    """Filings of a conversation: those it handed in, and those it has looked up. Every step is one transaction."""

    def __init__(
        self, store: FilingStorage, papers: PaperFiles, now: Callable[[], datetime], policy: FilingPolicy
    ) -> None:
        self._store, self._papers, self._now, self._policy = store, papers, now, policy

    def filings_of(self, conversation: str) -> tuple[FilingView, ...]:
        """The conversation's filings, newest first."""
        with self._store.transaction():
            own = self._store.filings.of_conversation(conversation)
            seen = {row.filing_no for row in own}
            granted = (self._store.filings.find(no) for no in self._store.access.granted(conversation))
            rows = [*own, *(row for row in granted if row and row.filing_no not in seen)]
            rows.sort(key=lambda row: row.submitted_at, reverse=True)
            return tuple(self._view(row) for row in rows)

    def find_in_force(self, conversation: str, kind: str | None = None) -> FilingView | None:
        """The conversation's newest filing (of that kind) that stands in the way of another one."""
        views = self.filings_of(conversation)
        return next((f for f in views if f.status in OPEN and kind in (None, f.kind)), None)

    def view(self, conversation: str, filing_no: str) -> FilingView:
        """One filing of the conversation's. FilingProblem filing_not_found, also for other people's."""
        with self._store.transaction():
            return self._view(self._own(conversation, filing_no))

    def paper(self, conversation: str, filing_no: str) -> FilingPaper:
        """What the owner's PDF shows, in clear; noted in the access log. FilingProblem filing_not_found."""
        with self._store.transaction():
            filing = self._own(conversation, filing_no)
            self._store.access.log(filing.filing_no, OWNER, "document", SENSITIVE_FIELDS, self._now())
            return filing_paper(self._store, self._policy, filing, self._today)

    def may(self, conversation: str, filing_no: str, action: str) -> LifeDecision:
        """Whether change, end or renew is possible today, by which clause, and from which day if not."""
        with self._store.transaction():
            return self._policy.may(action, self._own(conversation, filing_no), self._today)

    def early_end(self, conversation: str, filing_no: str) -> LifeDecision:
        """Whether `request_end` would be taken today: papers for going home may allow what is refused without."""
        with self._store.transaction():
            return self._early_end(self._own(conversation, filing_no))

    def may_change_from(self, conversation: str, filing_no: str) -> date | None:
        """The first day after the limit within which the filing is held; None where none is printed or begun."""
        with self._store.transaction():
            filing = self._own(conversation, filing_no)
            return self._policy.may("change", filing, self._today).possible_from

    def withdraw(self, conversation: str, filing_no: str) -> FilingView:
        """The filing taken back before the agency decided. FilingProblem cannot_withdraw(status)."""
        with self._store.transaction():
            filing = self._own(conversation, filing_no)
            try:
                moved = self._store.filings.move(filing, "withdrawn", self._now(), OWNER)
            except ImpossibleEvent:
                raise FilingProblem("cannot_withdraw", status=filing.status) from None
            return self._view(moved)

    def request_end(self, conversation: str, filing_no: str) -> FilingView:
        """The filing with its end applied for; ended at once where nobody at the agency decides.

        FilingProblem action_refused(decision) where the region's rules forbid it today, with the clause and the
        day; papers_needed(decision) where papers would allow it (then `open_end`); not_in_force(status);
        filing_exists(filing_no) while a change of it is under way.
        """
        with self._store.transaction():
            filing = self._in_force(conversation, filing_no)
            decision = self._early_end(filing)
            if decision.outcome == "refused":
                code = "papers_needed" if decision.papers else "action_refused"
                raise FilingProblem(code, decision=decision)
            self._require_no_successor(filing)
            ending = self._store.filings.move(filing, "end_requested", self._now(), OWNER)
            is_alone = self._policy.kind_of(filing).decided_by == "self_service"
            # What the documents don't say is not decided by anybody's button: the agency looks.
            if is_alone and decision.outcome == "allowed":
                ending = self._store.filings.move(ending, "ended", self._now(), OWNER)
            return self._view(ending)

    def open_end(self, conversation: str, filing_no: str) -> Draft:
        """A draft that hands in the papers with which a filing may be ended early. As request_end."""
        with self._store.transaction():
            filing = self._in_force(conversation, filing_no)
            decision = self._early_end(filing)
            if decision.outcome == "refused" and not decision.papers:
                raise FilingProblem("action_refused", decision=decision)
            self._require_no_successor(filing)
            papers = [paper.id for paper in decision.papers]
            draft, _ = self._open(conversation, filing, "end", filing.fields, papers)
            return self._planned(draft)

    def open_change(self, conversation: str, filing_no: str) -> Draft:
        """A draft for the filing's next place, with what stays the same filled in.

        FilingProblem action_refused(decision); not_in_force(status); filing_exists where one is under way.
        Where papers would allow it, the draft asks for them.
        """
        with self._store.transaction():
            filing = self._in_force(conversation, filing_no)
            decision = self._policy.may("change", filing, self._today)
            if decision.outcome == "refused" and not decision.papers:
                raise FilingProblem("action_refused", decision=decision)
            papers = [paper.id for paper in decision.papers] if decision.outcome == "refused" else []
            return self._open_successor(conversation, filing, "change", papers)

    def open_renewal(self, conversation: str, filing_no: str) -> Draft:
        """A draft that renews a filing. FilingProblem action_refused(decision), filing_exists."""
        with self._store.transaction():
            filing = self._own(conversation, filing_no)
            if filing.status not in HOLDING:
                raise FilingProblem("not_in_force", status=filing.status)
            decision = self._policy.may("renew", filing, self._today)
            if decision.outcome != "allowed":
                raise FilingProblem("action_refused", decision=decision)
            return self._open_successor(conversation, filing, "renew", [])

    def open_mend(self, conversation: str, filing_no: str) -> Draft:
        """A draft of a returned filing, without the answers and papers that the officer asks to mend.

        FilingProblem not_returned(status).
        """
        copies = self._copied_papers(conversation, filing_no)
        taken: set[str] = set()
        try:
            with self._store.transaction():
                filing = self._returned(conversation, filing_no)
                extra = list(filing.facts.get("extra_papers", ()))
                draft = self._open_successor(conversation, filing, "mend", extra, copies)
            taken = {paper.paper_id for paper in draft.papers}
        finally:
            for paper in copies:
                if paper.paper_id not in taken:
                    self._papers.delete(paper.paper_id)
        return draft

    def _returned(self, conversation: str, filing_no: str) -> FilingRow:
        filing = self._own(conversation, filing_no)
        if filing.status != "returned":
            raise FilingProblem("not_returned", status=filing.status)
        return filing

    def _copied_papers(self, conversation: str, filing_no: str) -> tuple[PaperView, ...]:
        """Copies of a returned filing's papers that need not be mended; their files are there, their rows not yet."""
        with self._store.transaction():
            filing = self._returned(conversation, filing_no)
            if self._store.drafts.unfinished(conversation) is not None:
                return ()  # nothing new will be opened
            anew, there = self._to_mend(filing), self._store.papers.of_filing(filing.filing_no)
        wanted = [paper for paper in there if PAPER_STEP + paper.paper not in anew]
        return tuple(copy for copy in map(self._copied, wanted) if copy)

    def _copied(self, paper: PaperView) -> PaperView | None:
        """A copy of the paper; None where its file is lost or damaged, so that it is asked for again."""
        copy = replace(paper, paper_id=secrets.token_hex(16))
        try:
            self._papers.copy(paper.paper_id, copy.paper_id)
        except SecretsBoxError:
            return None
        except FilingProblem as problem:
            if problem.code != "paper_missing":
                raise
            return None
        return copy

    def _early_end(self, filing: FilingRow) -> LifeDecision:
        """Whether the filing may end today; where it may not, going home with papers may still end it."""
        decision = self._policy.may("end", filing, self._today)
        if decision.outcome != "refused" or decision.papers:
            return decision
        home = self._policy.may("return_home", filing, self._today)
        if home.outcome != "refused" or not home.papers:
            return decision
        return replace(home, steps=(*decision.steps, *home.steps), possible_from=decision.possible_from)

    def _require_no_successor(self, filing: FilingRow) -> None:
        later = self._store.filings.successor_of(filing.filing_no)
        if later is not None and later.status in OPEN:
            raise FilingProblem("filing_exists", filing_no=later.filing_no)

    def _open_successor(
        self, conversation: str, filing: FilingRow, purpose: str, papers: list[str], copies: tuple[PaperView, ...] = ()
    ) -> Draft:
        self._require_no_successor(filing)
        anew = ASKED_ANEW[purpose] | (self._to_mend(filing) if purpose == "mend" else frozenset())
        fields = {name: value for name, value in filing.fields.items() if name not in anew}
        draft, is_new = self._open(conversation, filing, purpose, fields, papers)
        if is_new:  # what was corrected in one that is there stays corrected
            for name, value in self._store.filings.secrets(filing.filing_no, SENSITIVE_FIELDS - anew).items():
                draft = self._store.drafts.set_field(draft, name, value, self._now())
            for paper in copies:
                self._store.papers.add(draft.draft_id, paper)
            draft = self._store.drafts.unfinished(conversation) or draft
        return self._planned(draft)

    def _planned(self, draft: Draft) -> Draft:
        return planned(draft, self._policy.kind(draft.insured_region, draft.kind, self._today))

    def _open(
        self, conversation: str, filing: FilingRow, purpose: str, fields: Mapping[str, str], papers: list[str]
    ) -> tuple[Draft, bool]:
        """The draft for this, and whether it is a new one."""
        there = self._store.drafts.unfinished(conversation)
        if there is not None:
            if (there.predecessor, there.purpose) == (filing.filing_no, purpose):
                return there, False
            raise FilingProblem("draft_in_the_way")
        facts = {name: value for name, value in filing.facts.items() if name in KEPT_FACTS}
        if purpose == "mend":
            facts["mended_purpose"], _ = takes_place_of(self._store, purpose, filing.filing_no)
        draft = self._store.drafts.add(
            conversation, filing.kind, filing.insured_region, fields, self._now(),
            facts={**facts, "extra_papers": papers}, purpose=purpose, predecessor=filing.filing_no,
        )
        return draft, True

    def _to_mend(self, filing: FilingRow) -> frozenset[str]:
        returned = [entry for entry in self._store.filings.timeline(filing.filing_no) if entry.event == "returned"]
        return frozenset(returned[-1].detail.get("fields", ())) if returned else frozenset()

    def _in_force(self, conversation: str, filing_no: str) -> FilingRow:
        filing = self._own(conversation, filing_no)
        status = status_on(filing.status, filing.valid_to, self._today)
        if status != "confirmed":
            raise FilingProblem("not_in_force", status=status)
        return filing

    def _own(self, conversation: str, filing_no: str) -> FilingRow:
        filing = self._store.filings.find(read_filing_number(filing_no) or "")
        if filing is None:
            raise FilingProblem("filing_not_found")
        if filing.conversation != conversation and not self._store.access.is_granted(conversation, filing.filing_no):
            raise FilingProblem("filing_not_found")
        return filing

    def _view(self, filing: FilingRow) -> FilingView:
        return filing_view(self._store, self._policy, filing, self._today)

    @property
    def _today(self) -> date:
        return self._now().date()
