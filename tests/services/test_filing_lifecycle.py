"""Whatever people, agents and officers do in whatever order, the store agrees with a model a child could follow."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filing_office import BEIJING, FACTS, HANGZHOU, OFFICER, QINGDAO, WEIHAI, Office, an_office, another_person
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from plain_filings import AT_ONCE, BY_THE_DAY, GOOD_FOR, KINDS, OPEN, Plain

from services.filing_records import FieldProblem, FilingProblem

pytestmark = pytest.mark.slow

PEOPLE = 4


class Lifecycle(RuleBasedStateMachine):
    """Drives an office and the model side by side."""

    numbers = Bundle("numbers")

    @initialize()
    def open_office(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(TemporaryDirectory())
        self.office: Office = self.stack.enter_context(an_office(Path(folder)))
        self.model: dict[str, Plain] = {}
        self.keys = 0

    def teardown(self) -> None:
        self.stack.close()

    @property
    def today(self) -> date:
        return self.office.clock().date()

    def place(self, kind: tuple[str, str]) -> str:
        return QINGDAO if kind == (WEIHAI, "long_term_residence") else BEIJING

    def answers(self, who: int) -> dict[str, str]:
        day = self.today.isoformat()
        return {**another_person(who), "starts_on": day, "admitted_on": day, "filed_for": "self"}

    def finish(self, who: int) -> str:
        """Hands in the draft there is, whatever it asks; a first day that has passed meanwhile is asked anew."""
        try:
            return self.hand_in(who)
        except FieldProblem as problem:
            assert problem.code == "starts_on_before_today"
            return self.hand_in(who)

    def hand_in(self, who: int) -> str:
        filings, conversation = self.office.filings, f"c{who}"
        draft = filings.find_draft(conversation)
        assert draft is not None
        place = self.place((draft.insured_region, draft.kind))
        self.office.agree(conversation, **self.answers(who), treatment_region=place)
        token = filings.keep(conversation, another_person(who)["name"]) if draft.plan.has_letter else None
        return filings.submit(conversation, token).filing_no

    def refused(self, call, *arguments) -> str | None:
        try:
            call(*arguments)
        except FilingProblem as problem:
            return problem.code
        return None

    @rule(days=st.integers(0, 220))
    def time_passes(self, days: int) -> None:
        self.office.clock.at += timedelta(days=days)

    @rule(target=numbers, who=st.integers(0, PEOPLE - 1), kind=st.sampled_from(KINDS))
    def file(self, who: int, kind: tuple[str, str]) -> str:
        """A new filing; refused where one of the kind is open."""
        conversation = f"c{who}"
        self.office.filings.drop(conversation)
        told = {**FACTS, "insured_region": kind[0], "treatment_region": self.place(kind)}
        self.office.filings.open_draft(conversation, kind[1], told)
        in_the_way = [no for no, f in self.model.items() if self.is_twin(f, who, kind)]
        try:
            number = self.finish(who)
        except FilingProblem as problem:
            assert in_the_way and problem.code == "filing_exists" and problem.details["filing_no"] in in_the_way
            self.office.filings.drop(conversation)
            return problem.details["filing_no"]
        assert not in_the_way
        self.model[number] = Plain(who, kind, "submitted", self.today)
        self.take_effect_at_once(number)
        return number

    def is_twin(self, filing: Plain, who: int, kind: tuple[str, str]) -> bool:
        """Open, the same person's and for the same: a stay or trip is another on another day."""
        is_same_day = kind[1] not in BY_THE_DAY or filing.started == self.today
        return (filing.who, filing.kind) == (who, kind) and filing.shown(self.today) in OPEN and is_same_day

    def take_effect_at_once(self, number: str) -> None:
        """Nobody looks at a self-service filing, unless it changes one that is held fast, on the strength of papers."""
        filing = self.model[number]
        base = self.base(filing)
        held_to = base.held_to() if base else None
        if filing.kind in AT_ONCE and not (held_to and self.today <= held_to):
            filing.status, filing.confirmed, filing.events = "confirmed", self.today, filing.events + 1
            self.supersede(number)

    def supersede(self, number: str) -> None:
        before = self.base(self.model[number])
        if before and before.status in ("confirmed", "ending"):
            before.status, before.events = "changed", before.events + 1

    @rule(number=numbers, agrees=st.booleans(), stale=st.booleans())
    def officer_decides(self, number: str, agrees: bool, stale: bool) -> None:
        """Confirms, returns, or decides on an end; only what awaits it, only with the version seen."""
        filing = self.model[number]
        version = self.office.desk.find(OFFICER, number).filing.version
        self.keys += 1
        key = f"key-{self.keys:06d}"
        ask = version - 1 if stale else version
        desk = self.office.desk
        if filing.status == "ending":
            code = self.refused(desk.decide_end, OFFICER, number, agrees, "已核对", ask, key)
        elif agrees:
            code = self.refused(desk.confirm, OFFICER, number, self.today, ask, key)
        else:
            code = self.refused(desk.return_, OFFICER, number, "请补一张照片", ["phone"], ask, key)
        if filing.status not in ("submitted", "ending"):
            assert code == "not_awaiting_decision"
        elif stale:
            assert code == "stale_version"
        else:
            assert code is None
            self.decided(number, agrees)

    def decided(self, number: str, agrees: bool) -> None:
        filing = self.model[number]
        filing.events += 1
        if filing.status == "ending":
            filing.status = "ended" if agrees else "confirmed"
        elif agrees:
            filing.status, filing.confirmed = "confirmed", self.today
            self.supersede(number)
        else:
            filing.status = "returned"

    @rule(number=numbers)
    def withdraw(self, number: str) -> None:
        filing = self.model[number]
        code = self.refused(self.office.course.withdraw, f"c{filing.who}", number)
        if filing.status in ("submitted", "returned"):
            assert code is None
            filing.status, filing.events = "withdrawn", filing.events + 1
        else:
            assert code == "cannot_withdraw"

    @rule(number=numbers)
    def end(self, number: str) -> None:
        """Possible from the day after the limit; 威海 names papers before that, 杭州 leaves it to the agency."""
        filing = self.model[number]
        code = self.refused(self.office.course.request_end, f"c{filing.who}", number)
        held_to = filing.held_to()
        if filing.shown(self.today) != "confirmed":
            assert code == "not_in_force"
        elif held_to and self.today <= held_to and filing.kind[0] != HANGZHOU:
            assert code == ("papers_needed" if filing.kind[0] == WEIHAI else "action_refused")
        elif self.has_open_successor(number):
            assert code == "filing_exists"
        else:
            assert code is None, "杭州's leaflet says nothing on ending: its agency is asked too"
            filing.status, filing.events = "ending", filing.events + 1

    def has_open_successor(self, number: str) -> bool:
        """Also one that mends what was handed in to follow it."""
        later = [no for no, f in self.model.items() if f.follows == number and f.status != "withdrawn"]
        newest = later[-1] if later else None
        if newest and self.model[newest].status == "replaced" and self.has_successor(newest):
            return self.has_open_successor(newest)
        return newest is not None and self.model[newest].status in OPEN

    def has_successor(self, number: str) -> bool:
        return any(f.follows == number and f.status != "withdrawn" for f in self.model.values())

    def base(self, filing: Plain) -> Plain | None:
        """The filing it changes or renews, also by way of one that was returned."""
        before = self.model.get(filing.follows or "")
        while before and filing.purpose == "mend":
            filing, before = before, self.model.get(before.follows or "")
        return before

    @rule(target=numbers, number=numbers, purpose=st.sampled_from(["change", "mend", "renew"]))
    def succeed(self, number: str, purpose: str) -> str:
        """A filing that changes, mends or renews another."""
        filing = self.model[number]
        conversation = f"c{filing.who}"
        self.office.filings.drop(conversation)
        course = self.office.course
        start = {"change": course.open_change, "mend": course.open_mend, "renew": course.open_renewal}[purpose]
        code = self.refused(start, conversation, number)
        if code is not None:
            assert not self.may_succeed(filing, number, purpose), code
            return number
        assert self.may_succeed(filing, number, purpose)
        new = self.finish(filing.who)
        self.model[new] = Plain(filing.who, filing.kind, "submitted", self.today, follows=number, purpose=purpose)
        if purpose == "mend":
            filing.status, filing.events = "replaced", filing.events + 1
        self.take_effect_at_once(new)
        return new

    def may_succeed(self, filing: Plain, number: str, purpose: str) -> bool:
        if self.has_open_successor(number):
            return False
        if purpose == "mend":
            return filing.status == "returned"
        if purpose == "renew":
            return filing.kind in GOOD_FOR and filing.shown(self.today) == "expired"
        held_to = filing.held_to()
        is_held = held_to is not None and self.today <= held_to and filing.kind[0] != HANGZHOU
        return filing.shown(self.today) == "confirmed" and not is_held

    @invariant()
    def the_store_agrees(self) -> None:
        for number, filing in getattr(self, "model", {}).items():
            view = self.office.desk.find(OFFICER, number).filing
            assert (view.status, view.version) == (filing.shown(self.today), filing.events), number
            assert len(view.timeline) == filing.events
            assert view.valid_to == filing.ends()

    @precondition(lambda self: getattr(self, "model", None))
    @invariant()
    def nothing_is_broken(self) -> None:
        assert list(self.office.store.faults()) == []


Lifecycle.TestCase.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a failing run is short enough to read as it is
)
TestLifecycle = Lifecycle.TestCase
