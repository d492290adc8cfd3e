"""What is asked of the policies and what comes back: a question with its case, an answer with what stands behind it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules_engine.decision import Citation, Decision, Outcome, sources_in_short
from rules_engine.facts import Facts


@dataclass(frozen=True)
class Claim:
    """A figure that the person has heard of: 听说是20%."""

    unit: str
    value: Decimal | int


@dataclass(frozen=True)
class Question:
    """One question: the topic, the case, the day of the visit (None: today), and how much is wanted."""

    topic: str
    facts: Facts
    visit_on: date | None = None
    skipped: frozenset[str] = frozenset()  # facts the person said they don't know
    assumed: tuple[str, ...] = ()  # readings of the question to be told back, keys of frame.yml
    claims: tuple[Claim, ...] = ()
    months_gone: int | None = None  # since the treatment that is to be claimed
    wants_detail: bool = False
    wants_public_figures: bool = False  # second-hand ones, where the documents print none
    offices: tuple[str, ...] = ()  # names of contacts: asked is the number of these alone
    warned_of: frozenset[str] = frozenset()  # documents whose age was already told in full


@dataclass(frozen=True)
class Answer:
    """What to say: a short conclusion, what stands behind it, and the one fact to ask for, if any."""

    topic: str
    outcome: Outcome
    region: str | None
    region_name: str
    conclusion: str
    basis: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()  # the lines of the basis that say what to do
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    ask: str | None = None
    next_topics: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()  # the readings that were told back
    decision: Decision | None = field(default=None, repr=False)

    @property
    def sources(self) -> str:
        """Documents and clauses in short, as one phrase; "" where nothing was cited."""
        return sources_in_short(self.citations)

    @property
    def value(self) -> object:
        """The value that was decided, None when nothing was."""
        return self.decision.value if self.decision else None
