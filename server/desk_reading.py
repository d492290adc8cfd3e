"""What an agent's line at the desk says: the topics it asks for and the closed values of the case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rules_engine.packs import PackSet
from server.desk_entities import closed_values, longest
from server.desk_spelling import Spelling, Typed, read_spelling
from server.desk_vocabulary import DeskVocabulary, longest_first, read_vocabulary
from understanding.normaliser import normalised

ASKS, HINTS = 10, 1
# So many characters may be left over that say nothing we know; more, and the line is a sentence for the model.
LEFT_OVER = 4
LEFT_OVER_BESIDE_A_HINT = 1
LONGEST_LINE = 24  # a longer line is a sentence, and words alone may take it wrong
NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Reading:
    """A line as it was read. `topics`: best first; `is_sure`: nothing of weight was left unread."""

    text: str
    entities: Sequence[Mapping[str, Any]]
    topics: tuple[str, ...]
    typed: tuple[Typed, ...] = ()
    is_sure: bool = True
    by: Literal["words", "model"] = "words"
    unread: tuple[str, ...] = ()  # what of the line says nothing we know


@dataclass(frozen=True)
class Heard:
    """What the words of a line say of topics: weight by topic, where the words stand, whether any surely asks."""

    weights: Mapping[str, int]
    spans: Sequence[tuple[int, int]]
    surely: bool


class DeskReader:
    """Reads lines without the trained model."""

    def __init__(self, policy: PackSet, vocabulary: DeskVocabulary, spelling: Spelling) -> None:
        self.policy, self._vocabulary, self._spelling = policy, vocabulary, spelling
        self._words = frozenset((*vocabulary.asks, *vocabulary.hints))
        self._around = vocabulary.around | self._words

    @classmethod
    def open(cls, policy: PackSet) -> DeskReader:
        """The reader for these packs."""
        vocabulary = read_vocabulary(policy)
        return cls(policy, vocabulary, read_spelling(policy, vocabulary))

    def read(self, line: str) -> Reading:
        """The line's topics and closed values."""
        spelled, typed = self._spelling.read(_folded(line))
        text = normalised(spelled)
        entities = closed_values(text)
        heard = self._heard(text)
        unread = self._unread(text, [*heard.spans, *((e["start"], e["end"]) for e in entities)])
        order = self._vocabulary.order
        topics = sorted(heard.weights, key=lambda topic: (-heard.weights[topic], order.index(topic)))
        topics = self._in_context(topics)
        left = sum(map(len, unread))
        enough = len(text) <= LONGEST_LINE and left <= (LEFT_OVER if heard.surely else LEFT_OVER_BESIDE_A_HINT)
        return Reading(text, entities, tuple(topics), typed, is_sure=enough and bool(topics), unread=unread)

    def _in_context(self, topics: list[str]) -> list[str]:
        """The first topic as the others make it: 慢病 材料 are the papers of the claim, 变更 几号起 is the change."""
        contexts = [self.policy.topics[topic].in_context for topic in topics[1:]]
        meant = next((context[topics[0]] for context in contexts if topics[0] in context), None)
        return list(dict.fromkeys([meant, *topics])) if meant else topics

    def spelled(self, line: str) -> str:
        """The line with what was typed in letters read as words."""
        return self._spelling.read(_folded(line))[0]

    def _heard(self, text: str) -> Heard:
        weights: dict[str, int] = {}
        spans = longest(text, self._words, longest_first(self._words))
        surely = False
        for start, end in spans:
            word = text[start:end]
            for topic in self._vocabulary.asks.get(word, ()):
                weights[topic] = weights.get(topic, 0) + ASKS + end - start
                surely = True
            for topic in self._vocabulary.hints.get(word, ()):
                weights[topic] = weights.get(topic, 0) + HINTS
        return Heard(weights, spans, surely)

    def _unread(self, text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        """The stretches that say nothing that we know."""
        signs = list(text)
        for start, end in (*spans, *longest(text, self._around, longest_first(self._around))):
            signs[start:end] = " " * (end - start)
        return tuple(NO_WORD.sub(" ", "".join(signs)).split())


def _folded(line: str) -> str:
    return unicodedata.normalize("NFKC", line).lower()
