"""From a question to an answer that a person can act on: the same for the chat, REST and the desk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine import regions
from rules_engine.decide import decide
from rules_engine.decision import Citation, Decision, Outcome, Step
from rules_engine.fact_words import day_in_words
from rules_engine.facts import UNKNOWN, Facts, completed
from rules_engine.filing_change import months_after
from rules_engine.packs import PackSet

AGED_AFTER_MONTHS = 36
FIRST_BUBBLE_LENGTH = 120


@dataclass(frozen=True)
class Question:
    """One question: the topic, the case, the day of the visit (None: today), and how much is wanted."""

    topic: str
    facts: Facts
    visit_on: date | None = None
    skipped: frozenset[str] = frozenset()  # facts the person said they don't know
    assumed: tuple[str, ...] = ()  # readings of the question to be told back, keys of frame.yml
    wants_detail: bool = False
    has_been_warned: bool = False  # the age of the document was already told in full


@dataclass(frozen=True)
class Answer:
    """What to say: a short conclusion, what stands behind it, and the one fact to ask for, if any."""

    topic: str
    outcome: Outcome
    region: str | None
    region_name: str
    conclusion: str
    basis: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    ask: str | None = None
    next_topics: tuple[str, ...] = ()
    decision: Decision | None = field(default=None, repr=False)

    @property
    def value(self) -> object:
        """The value that was decided, None when nothing was."""
        return self.decision.value if self.decision else None


class Answers:
    """Answers questions from the packs. `today` reads the day in the place where people are."""

    def __init__(self, packs: PackSet, frame: Mapping[str, str], today: Callable[[], date]) -> None:
        self.packs, self._frame, self._today = packs, frame, today

    def ask(self, question: Question) -> Answer:
        """The answer; every policy outcome, also «not stated», is one. Raises UnknownTopic."""
        on = question.visit_on or self._today()
        decision = decide(question.topic, question.facts, on, self.packs)
        region = question.facts.insured_region if isinstance(question.facts.insured_region, str) else None
        warnings = self._warnings(decision, question.has_been_warned)
        return Answer(
            topic=question.topic,
            outcome=decision.outcome,
            region=region,
            region_name=_name(region),
            conclusion=self._conclusion(decision, question.facts),
            basis=self._basis(decision, question) + warnings,
            citations=decision.citations,
            warnings=warnings,
            ask=self._fact_to_ask(decision, question),
            next_topics=self.packs.topics[question.topic].next,
            decision=decision,
        )

    def _conclusion(self, decision: Decision, facts: Facts) -> str:
        if decision.outcome is Outcome.NO_PACK:
            return self._say("no_pack", region=_name(facts.insured_region))
        if decision.outcome is Outcome.NOT_IN_FORCE:
            return self._not_in_force(decision, facts)
        step = decision.steps[0] if decision.steps else decision.overview
        if step is None:
            return "" if decision.outcome is Outcome.NEEDS else self._silent(decision, facts)
        reason = self._scope_reason(facts)
        long_enough = len(step.wording.says) + len(reason) > FIRST_BUBBLE_LENGTH
        return step.wording.says if long_enough else step.wording.says + reason

    def _not_in_force(self, decision: Decision, facts: Facts) -> str:
        bound = decision.in_force_from or decision.in_force_to
        assert bound is not None  # NOT_IN_FORCE always names the day that bounds the documents
        return self._say(
            "not_in_force" if decision.in_force_from else "no_longer_in_force", bound=day_in_words(bound),
            day=day_in_words(decision.on), region=_name(facts.insured_region),
            document=decision.steps[0].citation.short_name,
        )

    def _silent(self, decision: Decision, facts: Facts) -> str:
        provisions = self.packs.provisions(str(facts.insured_region))
        return self._say("not_stated", document=provisions[0].versions[-1].citation.short_name)

    def _scope_reason(self, facts: Facts) -> str:
        """Why the place counts as it does; empty where no place was named."""
        known = completed(facts)
        treated, insured = known.treatment_region, known.insured_region
        if not (isinstance(treated, str) and isinstance(insured, str)) or known.destination_scope is UNKNOWN:
            return ""
        if treated in (insured, regions.province_of(insured).code):
            return ""
        return self._say(
            f"reason_{known.destination_scope}", treatment=regions.region(treated).name,
            insured=_name(insured), province=regions.province_of(insured).name,
        )

    def _basis(self, decision: Decision, question: Question) -> tuple[str, ...]:
        lines: list[str] = []
        step: Step | None = decision.steps[0] if decision.steps else decision.overview
        if step and decision.outcome is not Outcome.NOT_IN_FORCE:
            lines += [step.wording.detail] if question.wants_detail and step.wording.detail else []
            lines += [further.wording.says for further in decision.steps[1:]]
            lines += step.wording.to_do
        confirmed = question.facts.confirmed_on
        if "may_change_from" in decision.computed and isinstance(confirmed, date):
            day = decision.computed["may_change_from"]
            lines.append(self._say("may_change_from", confirmed=day_in_words(confirmed), day=day_in_words(day)))
        lines += [self._say(key) for key in question.assumed]
        if decision.outcome in (Outcome.NOT_STATED, Outcome.NO_PACK, Outcome.NOT_IN_FORCE):
            contact = self.packs.contacts[0]
            lines.append(self._say("ask_whom", phone=contact.phone, name=contact.name))
        if decision.citations:
            sources = "；".join(f"{c.short_name}，{c.article}" for c in decision.citations)
            lines.append(self._say("source", sources=sources))
        return tuple(lines)

    def _warnings(self, decision: Decision, has_been_warned: bool) -> tuple[str, ...]:
        """That a document is old: in full once in a conversation, afterwards short."""
        if not decision.citations:
            return ()
        issued_on = min(c.issued_on for c in decision.citations)
        if months_after(issued_on, AGED_AFTER_MONTHS) > self._today():
            return ()
        if has_been_warned:
            return (self._say("aged_short", year=issued_on.year),)
        issued = f"{issued_on.year}年{issued_on.month}月"
        return (self._say("aged_full", issued=issued, phone=self.packs.contacts[0].phone),)

    def _fact_to_ask(self, decision: Decision, question: Question) -> str | None:
        if decision.outcome is not Outcome.NEEDS:
            return None
        return next((name for name in decision.missing if name not in question.skipped), None)

    def _say(self, key: str, **values: object) -> str:
        return self._frame[key].format(**values)

    def topic_title(self, topic: str) -> str:
        """The topic's Chinese title. Raises UnknownTopic."""
        self.packs.check_topic(topic)
        return self.packs.topics[topic].title

    def covered_regions(self) -> tuple[str, ...]:
        """Codes of the pooling areas that have a policy pack."""
        return tuple(self.packs.all_provisions)

    def has_topic(self, topic: str) -> bool:
        """Whether that can be asked."""
        return topic in self.packs.topics

    def covered_region_names(self) -> tuple[tuple[str, str], ...]:
        """Code and short name of each pooling area that has a policy pack."""
        return tuple((code, _name(code)) for code in self.packs.all_provisions)

    def place_names(self, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Code and full name of places that share a name, so that a person can pick one."""
        return tuple((code, regions.display_name(code)) for code in codes)

    def place_words(self, insured_region: str | None) -> dict[str, str]:
        """`insured`, `province` and `elsewhere`, as words for a question to someone insured there."""
        if insured_region is None:
            return {"insured": "参保地", "province": "本省", "elsewhere": "别的地方"}
        province = regions.province_of(insured_region).short_name
        return {"insured": _name(insured_region), "province": province, "elsewhere": "别的地方"}

    def explain_term(self, word: str) -> str | None:
        """What an official word means, in plain words; None for a word that terms.yml does not hold."""
        for name, row in self.packs.terms.items():
            if word in (name, row["identifier"], *row.get("aliases", ())):
                return f"{name}：{row['says']}"
        return None


def _name(code: object) -> str:
    return regions.region(code).short_name if isinstance(code, str) else ""
