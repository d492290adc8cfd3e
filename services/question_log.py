"""What was asked and what came of it: counted without words, listed where an answer is wanted, and forgotten again."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from services.china_time import CHINA_TIME
from services.place_masking import mask_places
from services.question_log_store import MarkRow, QuestionLogStore, SubjectRow, TurnRow
from services.secrets_box import SecretsBox

__all__ = ["DISLIKED", "KINDS", "AskedQuestion", "QuestionLog", "TurnRow"]

DISLIKED = "disliked"
BY_TOPIC, BY_PLACE, BY_WORDS = ("not_stated", "not_in_force"), ("no_pack",), ("fallback",)
UNANSWERED = (*BY_TOPIC, *BY_PLACE, *BY_WORDS)
KINDS = (*UNANSWERED, DISLIKED)
DONE, REOPENED = "done", "reopened"
EVER = datetime(2000, 1, 1, tzinfo=CHINA_TIME)
MOST_EXAMPLES, MOST_DISLIKED, MOST_EXPORTED = 3, 2_000, 5_000


class KeptTalk(Protocol):
    """What the log needs of the history: a bubble, and what people did not like."""

    def entry(self, conversation: str, seq: int) -> dict[str, Any] | None:
        """The bubble of that number, None where there is none."""

    def disliked(self, since: datetime) -> list[tuple[str, int, str | None, datetime]]:
        """Conversation, number of the bubble, the reason and when."""


@dataclass(frozen=True)
class Mark:
    """That somebody saw to a question, with a note; or opened it again."""

    is_done: bool
    at: datetime
    officer_id: str
    note: str


@dataclass(frozen=True)
class AskedQuestion:
    """Questions that are one for whoever sees to them. `asked_since`: how often it came after it was marked."""

    kind: str
    subject: str
    region: str
    topic: str
    count: int
    first_at: datetime
    last_at: datetime
    reasons: tuple[tuple[str, int], ...] = ()
    mark: Mark | None = None
    asked_since: int = 0

    @property
    def is_done(self) -> bool:
        return self.mark is not None and self.mark.is_done


@dataclass(frozen=True)
class ExportedQuestion:
    """One question for labelling, masked."""

    kind: str
    at: datetime
    channel: str
    region: str
    topic: str
    outcome: str
    text: str
    reason: str
    is_done: bool


class QuestionLog:
    """Turns as they came, and what of them is still to be answered."""

    def __init__(
        self, store: QuestionLogStore, talk: KeptTalk, box: SecretsBox, now: Callable[[], datetime], words_key: str
    ) -> None:
        self.store, self._talk, self._box, self._now = store, talk, box, now
        self._words_key = words_key.encode()

    def note(self, turn: TurnRow, text: str) -> None:
        """Keeps what a turn came to. Of its (masked) text no more than a keyed hash, by which the same is known."""
        self.store.add(replace(turn, subject=self._subject(turn, text)))

    def forget(self, conversation: str) -> None:
        """Deletes what leads to the conversation and what was made of its words; the counts stay."""
        self.store.forget(conversation, BY_WORDS)

    def questions(self, since: datetime, kinds: Iterable[str] = KINDS) -> list[AskedQuestion]:
        """What was asked since then and wants an answer, the most frequent first."""
        wanted = set(kinds)
        found = [_asked(row) for row in self.store.subjects(wanted.intersection(UNANSWERED), since)]
        if DISLIKED in wanted:
            found += self._disliked(since)
        marks = self.store.marks()
        marked = [self._marked(one, marks.get((one.kind, one.subject))) for one in found]
        return sorted(marked, key=lambda one: (-one.count, -one.last_at.timestamp()))

    def is_known(self, kind: str, subject: str) -> bool:
        """Whether such a question was ever asked."""
        if kind == DISLIKED:
            return any(_disliked_subject(turn) == subject for turn, _, _ in self._disliked_turns(EVER))
        return self.store.asked_since(kind, subject, EVER) > 0

    def texts(self, kind: str, subject: str, since: datetime) -> list[str]:
        """The newest of these questions in people's words, masked, as far as they are kept; each wording once."""
        if kind == DISLIKED:
            turns = [turn for turn, _, _ in self._disliked_turns(since) if _disliked_subject(turn) == subject]
        else:
            turns = self.store.of_subject(kind, subject, since, 4 * MOST_EXAMPLES)
        texts = dict.fromkeys(text for turn in turns if (text := self._text(turn)))
        return list(texts)[:MOST_EXAMPLES]

    def mark(self, kind: str, subject: str, officer_id: str, note: str, *, is_done: bool) -> None:
        """Says that the question was seen to, or that it is open again."""
        at = self._now()
        sealed = self._box.seal(note, record=f"mark:{kind}.{subject}", field="note")
        self.store.mark(kind, subject, MarkRow(DONE if is_done else REOPENED, at, officer_id, sealed))

    def exported(self, since: datetime, kinds: Iterable[str] = KINDS) -> Iterator[ExportedQuestion]:
        """Every such question whose text is kept, the newest first of each kind."""
        wanted = set(kinds)
        done = {key for key, row in self.store.marks().items() if row.event == DONE}
        for turn in self.store.with_outcomes(wanted.intersection(UNANSWERED), since, MOST_EXPORTED):
            yield from self._one_exported(turn.outcome, str(turn.subject), turn, "", done)
        for turn, reason, _ in self._disliked_turns(since) if DISLIKED in wanted else ():
            yield from self._one_exported(DISLIKED, _disliked_subject(turn), turn, reason, done)

    def _one_exported(
        self, kind: str, subject: str, turn: TurnRow, reason: str, done: set[tuple[str, str]]
    ) -> Iterator[ExportedQuestion]:
        text = self._text(turn)
        if text:
            yield ExportedQuestion(
                kind, turn.at, turn.channel, turn.region, turn.topic, turn.outcome, text, reason,
                (kind, subject) in done,
            )

    def _subject(self, turn: TurnRow, text: str) -> str | None:
        """By what the question is known as one that was asked before; None where it wants no answer."""
        if turn.outcome in BY_TOPIC:
            return f"{turn.region}.{turn.topic}"
        if turn.outcome in BY_PLACE:
            return turn.region
        words = _same_words(text)
        if turn.outcome not in BY_WORDS or not words:
            return None
        return hmac.new(self._words_key, words.encode(errors="replace"), hashlib.sha256).hexdigest()[:24]

    def _text(self, turn: TurnRow) -> str | None:
        bubble = self._talk.entry(*turn.place) if turn.place else None
        return mask_places(str(bubble["text"])) if bubble and bubble.get("text") else None

    def _disliked_turns(self, since: datetime) -> list[tuple[TurnRow, str, datetime]]:
        """The turns whose answer people did not like, with the reason and when, the newest first."""
        told = sorted(self._talk.disliked(since), key=lambda one: one[3], reverse=True)[:MOST_DISLIKED]
        found = [(self.store.turn_at(conversation, seq), reason or "", at) for conversation, seq, reason, at in told]
        return [(turn, reason, at) for turn, reason, at in found if turn is not None]

    def _disliked(self, since: datetime) -> list[AskedQuestion]:
        by_subject: dict[str, list[tuple[TurnRow, str, datetime]]] = {}
        for one in self._disliked_turns(since):
            by_subject.setdefault(_disliked_subject(one[0]), []).append(one)
        return [_disliked_as_one(subject, told) for subject, told in by_subject.items()]

    def _marked(self, one: AskedQuestion, row: MarkRow | None) -> AskedQuestion:
        if row is None:
            return one
        note = self._box.unseal(row.sealed_note, record=f"mark:{one.kind}.{one.subject}", field="note")
        mark = Mark(row.event == DONE, row.at, row.officer_id, note)
        later = self.store.asked_since(one.kind, one.subject, row.at) if one.kind != DISLIKED else 0
        return replace(one, mark=mark, asked_since=later)


def _asked(row: SubjectRow) -> AskedQuestion:
    region, _, topic = row.subject.partition(".") if row.outcome not in BY_WORDS else ("", "", "")
    return AskedQuestion(row.outcome, row.subject, region, topic, row.count, row.first_at, row.last_at)


def _disliked_subject(turn: TurnRow) -> str:
    return f"{turn.region}.{turn.topic}" if turn.topic else f"{turn.region}.{turn.outcome}"


def _disliked_as_one(subject: str, told: list[tuple[TurnRow, str, datetime]]) -> AskedQuestion:
    reasons: dict[str, int] = {}
    for _, reason, _ in told:
        reasons[reason] = reasons.get(reason, 0) + 1
    times = [at for _, _, at in told]
    turn = told[0][0]
    return AskedQuestion(
        DISLIKED, subject, turn.region, turn.topic, len(told), min(times), max(times),
        tuple(sorted(reasons.items(), key=lambda one: -one[1])),
    )


def _same_words(text: str) -> str:
    """The text without what makes no difference: widths, case, signs and blanks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def since_days(now: datetime, days: int) -> datetime:
    """The moment that many days ago."""
    return now - timedelta(days=days)
