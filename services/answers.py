"""From a question to an answer that a person can act on: the same for the chat, REST and the desk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from rules_engine import regions
from rules_engine.cost_terms import SCHEDULE, as_stay
from rules_engine.decide import decide
from rules_engine.decision import Citation, Decision, Outcome, Step, sources_in_short
from rules_engine.fact_words import amount_in_words, day_in_words
from rules_engine.facts import UNKNOWN, Facts, completed
from rules_engine.filing_change import months_after
from rules_engine.packs import Contact, PackSet
from rules_engine.provisions import Provision
from services.contact_sources import CONTACT
from services.policy_lookups import PolicyLookups, short_name_of
from services.questions import Answer, Claim, Question

AGED_AFTER_MONTHS = 36
FIRST_BUBBLE_LENGTH = 120
LATE_FILING = "late_filing"
CLAIM_DEADLINE = "claim_deadline"
DEDUCTIBLE = "deductible"
ASSUMED_STAYS = frozenset({"assumed_temporary", "assumed_long_term"})
# Asked too late, these want to know what can still be done.
BEFORE_CARE = frozenset({"filing_needed", "filing_steps", "channels", "share_borne", "direct_settlement"})
TOO_LATE = frozenset({"in_hospital", "discharged"})


class Answers(PolicyLookups):
    """Answers questions from the packs. `today` reads the day in the place where people are."""

    def __init__(self, packs: PackSet, frame: Mapping[str, str], today: Callable[[], date]) -> None:
        super().__init__(packs, today)
        self._frame = frame

    def ask(self, question: Question) -> Answer:
        """The answer; every policy outcome, also «not stated», is one. Raises UnknownTopic."""
        on = question.visit_on or self._today()
        facts = question.facts
        if isinstance(facts.insured_region, str):
            facts = replace(facts, insured_region=self.packs.area_of(facts.insured_region))
            question = replace(question, facts=facts)
        decision = decide(question.topic, facts, on, self.packs)
        if not ASSUMED_STAYS.isdisjoint(question.assumed) and "situation" in decision.may_differ_by:
            # a reading that decides too much: say what holds for each situation, and ask
            question = replace(
                question, facts=replace(facts, situation=UNKNOWN),
                assumed=tuple(key for key in question.assumed if key not in ASSUMED_STAYS),
            )
            decision = decide(question.topic, question.facts, on, self.packs)
        region = facts.insured_region if isinstance(facts.insured_region, str) else None
        still = self._what_can_still_be_done(question, on)
        citations = tuple(dict.fromkeys((*decision.citations, *(step.citation for step in still))))
        warnings = self._warnings(citations, question, region)
        answer = Answer(
            topic=question.topic,
            outcome=decision.outcome,
            region=region,
            region_name=short_name_of(region),
            conclusion=self._conclusion(decision, question),
            basis=(*self._basis(decision, question, still), *self._closing(decision, region, citations), *warnings),
            to_do=step.wording.to_do if (step := _step_told(decision)) else (),
            citations=citations,
            warnings=warnings,
            ask=self._fact_to_ask(decision, question),
            next_topics=self.packs.topics[question.topic].next,
            assumed=question.assumed,
            decision=decision,
        )
        return self._of_offices(answer, question)

    def _of_offices(self, answer: Answer, question: Question) -> Answer:
        """The numbers of the offices that were named, and the general one; not the whole list."""
        printed = [c for c in self.packs.contacts if c.region == answer.region]
        named = [c for c in printed if c.name in question.offices]
        if question.topic != CONTACT or not named:
            return answer
        general, phones = self.contact(answer.region), [c.phone for c in printed]
        left_out = {*answer.to_do} if any(phones.count(c.phone) > 1 for c in named) else {
            *answer.to_do, *(step.note for step in (answer.decision.steps if answer.decision else ())),
        }
        lines = [f"{c.name}：{c.phone}。" for c in (*named, general)]
        return replace(
            answer, conclusion="".join(lines[:-1]), to_do=tuple(lines[-1:]),
            basis=(lines[-1], *(line for line in answer.basis if line not in left_out)),
        )

    def _what_can_still_be_done(self, question: Question, on: date) -> tuple[Step, ...]:
        """Already in hospital or paid, without a filing: what the documents say on filing late."""
        facts = question.facts
        is_late = facts.care_stage in TOO_LATE and facts.has_valid_filing is not True
        if not is_late or question.topic not in BEFORE_CARE:
            return ()
        return decide(LATE_FILING, facts, on, self.packs).steps[:1]

    def _conclusion(self, decision: Decision, question: Question) -> str:
        facts = question.facts
        if decision.outcome is Outcome.NO_PACK:
            return self._say("no_pack", region=short_name_of(facts.insured_region))
        if decision.outcome is Outcome.NOT_IN_FORCE:
            return self._not_in_force(decision, facts)
        step = decision.steps[0] if decision.steps else decision.overview
        if step is None:
            return "" if decision.outcome is Outcome.NEEDS else self._silent(decision, facts)
        says = self._correction(step, question.claims) + self._missed(step, question) + step.wording.says
        reason = self._scope_reason(facts)
        return says if len(says) + len(reason) > FIRST_BUBBLE_LENGTH else says + reason

    def _correction(self, step: Step, claims: tuple[Claim, ...]) -> str:
        """«不是20%，是10%。» where the person has heard another figure of the same kind; "" otherwise.

        "" too where there is nothing to pay: 0% stands in no document, and 不用先付 says it to whoever heard of 10%.
        """
        heard = [claim for claim in claims if claim.unit == step.unit]
        if not step.value or not heard or any(claim.value == step.value for claim in heard):
            return ""
        wrong, right = (amount_in_words(value, step.unit) for value in (heard[0].value, step.value))
        return self._say("not_this_but", wrong=wrong, right=right)

    def _missed(self, step: Step, question: Question) -> str:
        """That a deadline in months is over; "" where there is none or it is not."""
        is_deadline = step.unit == "months" and question.topic == CLAIM_DEADLINE
        if not is_deadline or question.months_gone is None or question.months_gone <= step.value:
            return ""
        return self._say("deadline_missed", gone=question.months_gone, limit=amount_in_words(step.value, "months"))

    def _not_in_force(self, decision: Decision, facts: Facts) -> str:
        bound = decision.in_force_from or decision.in_force_to
        assert bound is not None  # NOT_IN_FORCE always names the day that bounds the documents
        return self._say(
            "not_in_force" if decision.in_force_from else "no_longer_in_force",
            bound=decision.steps[0].citation.issued_as or day_in_words(bound),
            day=day_in_words(decision.on), region=short_name_of(facts.insured_region),
            document=decision.steps[0].citation.short_name,
        )

    def _silent(self, decision: Decision, facts: Facts) -> str:
        provisions = self.packs.provisions(str(facts.insured_region))
        document = provisions[0].versions[-1].citation.short_name
        return self._say("not_stated", document=document, topic=self.topic_title(decision.topic))

    def _scope_reason(self, facts: Facts) -> str:
        """Why the place counts as it does; empty where no place was named."""
        known = completed(facts)
        treated, insured = known.treatment_region, known.insured_region
        if not (isinstance(treated, str) and isinstance(insured, str)) or known.destination_scope is UNKNOWN:
            return ""
        if insured == regions.NATIONAL or treated in (insured, regions.province_of(insured).code):
            return ""
        return self._say(
            f"reason_{known.destination_scope}", treatment=regions.region(treated).name,
            insured=short_name_of(insured), province=regions.province_of(insured).name,
        )

    def _basis(self, decision: Decision, question: Question, still: tuple[Step, ...]) -> tuple[str, ...]:
        """What stands behind the conclusion, and what to do."""
        lines: list[str] = []
        step = _step_told(decision)
        if step:
            lines += [step.wording.detail] if question.wants_detail and step.wording.detail else []
            lines += [further.wording.says for further in decision.steps[1:]]
            lines += step.wording.to_do
            lines += [step.note] if step.note else []
        lines += self._public_figures(question)
        lines += [further.wording.says for further in still]
        confirmed = question.facts.confirmed_on
        if "may_change_from" in decision.computed and isinstance(confirmed, date):
            day = decision.computed["may_change_from"]
            lines.append(self._say("may_change_from", confirmed=day_in_words(confirmed), day=day_in_words(day)))
        lines += [self._say(key, insured=short_name_of(question.facts.insured_region)) for key in question.assumed]
        if decision.principle:
            principle = decision.principle
            lines.append(self._say("principle", issued=principle.citation.issued, says=principle.wording.says))
            lines += [principle.wording.detail] if question.wants_detail and principle.wording.detail else []
            lines += [principle.note] if principle.note else []
        return tuple(lines)

    def _public_figures(self, question: Question) -> list[str]:
        """What second-hand public figures say of deductible, rate and ceiling, where the documents print none."""
        if question.topic != DEDUCTIBLE:
            return []
        if not question.wants_public_figures:
            has_some = any(p.versions[-1].citation.is_second_hand for p in self._schedules(question))
            return [self._say("public_figures_exist")] if has_some else []
        decision = decide(SCHEDULE, as_stay(question.facts), question.visit_on or self._today(), self.packs)
        steps = decision.steps[:1] or ((decision.overview,) if decision.overview else ())
        return [
            self._say("public_figures", document=step.citation.short_name, says=step.wording.says) for step in steps
        ]

    def _schedules(self, question: Question) -> tuple[Provision, ...]:
        return self.packs.provisions(str(question.facts.insured_region), SCHEDULE)

    def _closing(self, decision: Decision, region: str | None, citations: tuple[Citation, ...]) -> tuple[str, ...]:
        """Whom to ask where the documents are silent, and the sources."""
        lines = []
        if decision.outcome in (Outcome.NOT_STATED, Outcome.NO_PACK, Outcome.NOT_IN_FORCE):
            contact = self.contact(region, decision.topic)
            lines.append(self._say("ask_whom", phone=contact.phone, name=contact.name))
        is_stated = decision.outcome in (Outcome.DECIDED, Outcome.NEEDS)
        if is_stated and any(citation.is_second_hand for citation in citations):
            lines.append(self._say("second_hand"))
        if citations:
            lines.append(self._say("source", sources=sources_in_short(citations)))
        return tuple(lines)

    def contact(self, region: str | None, topic: str | None = None) -> Contact:
        """Whom to ask about a topic in a region: its own line where one was printed, else the national one."""
        return self.packs.contacts_for(region, topic)[0]

    def _warnings(self, citations: tuple[Citation, ...], question: Question, region: str | None) -> tuple[str, ...]:
        """That a document is old: in full once in a conversation, afterwards short."""
        aged = [c for c in citations if months_after(c.issued_on, AGED_AFTER_MONTHS) <= self._today()]
        if not aged:
            return ()
        oldest = min(aged, key=lambda citation: citation.issued_on)
        if oldest.document in question.warned_of:
            return (self._say("aged_short", issued=oldest.issued),)
        phone = self.contact(region).phone
        return (self._say("aged_full", issued=oldest.issued, phone=phone),)

    def _fact_to_ask(self, decision: Decision, question: Question) -> str | None:
        if decision.outcome is not Outcome.NEEDS:
            return None
        return next((name for name in decision.missing if name not in question.skipped), None)

    def _say(self, key: str, **values: object) -> str:
        return self._frame[key].format(**values)

    def depends_on(self, question: Question, facts: Collection[str]) -> bool:
        """Whether the answer would be another one without these facts."""
        on = question.visit_on or self._today()
        without = replace(question.facts, **dict.fromkeys(facts, UNKNOWN))
        one, other = (decide(question.topic, case, on, self.packs) for case in (question.facts, without))
        return (one.steps, one.overview) != (other.steps, other.overview)

    def no_conclusion(self) -> str:
        """What stands where nothing can be said before a fact is known."""
        return self._say("open")


def _step_told(decision: Decision) -> Step | None:
    """The step whose words are told: the first, or what holds either way; None where none is in force."""
    if decision.outcome is Outcome.NOT_IN_FORCE:
        return None
    return decision.steps[0] if decision.steps else decision.overview
