"""Who lets an agent read along, by a short code that is read out on the telephone, and who read along."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.consent_store import ConsentRow, ConsentStore, OpeningRow

DIGITS = 6
CODE_LASTS = timedelta(minutes=30)
READING_LASTS = timedelta(hours=2)  # then another code is needed
MOST_WRONG, WITHIN = 5, timedelta(minutes=15)
MOST_CODES, CODES_WITHIN = 6, timedelta(hours=1)
# Of a million codes: so many that a guess hits one time in a thousand at most.
MOST_WAITING = 1_000


class ConsentProblem(Exception):
    """It cannot be done now; `code` is stable, `details` say with what."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Code:
    """A code to be read out, good once until then."""

    digits: str
    expires_at: datetime


@dataclass(frozen=True)
class Standing:
    """How it stands with a conversation: `none`, `waiting` (a code is out) or `watched`; since or until when."""

    state: str
    at: datetime | None = None


NOBODY = Standing("none")


@dataclass(frozen=True)
class Reading:
    """A conversation that an agent may read, until then."""

    reading_id: str
    conversation: str
    opened_at: datetime
    until: datetime


class Consents:
    """Codes given, used and taken back. A conversation has one at a time: a new one ends the one before."""

    def __init__(self, store: ConsentStore, now: Callable[[], datetime], key: str) -> None:
        self.store, self._now, self._key = store, now, key.encode()

    def give(self, conversation: str) -> Code:
        """A new code for the conversation. ConsentProblem too_many_codes(seconds), codes_busy."""
        now = self._now()
        with self.store.transaction():
            self._end_overdue(now)
            self.store.purge(now - timedelta(days=1))
            if self.store.made_since(conversation, now - CODES_WITHIN) >= MOST_CODES:
                raise ConsentProblem("too_many_codes", seconds=int(CODES_WITHIN.total_seconds()))
            if self.store.count_waiting(now) >= MOST_WAITING:
                raise ConsentProblem("codes_busy")
            self._end_all(conversation, "new_code")
            digits, code_hash = self._free_code()
            row = ConsentRow(secrets.token_urlsafe(18), conversation, now, now + CODE_LASTS, None, None, None)
            self.store.add(row, code_hash)
        return Code(digits, row.expires_at)

    def standing(self, conversation: str) -> Standing:
        """Whether somebody reads along, or could."""
        now = self._now()
        with self.store.transaction():
            row = self.store.latest(conversation)
        if row is None or row.ended_at is not None:
            return NOBODY
        if row.opened_at is not None:
            return Standing("watched", row.opened_at) if now < row.opened_at + READING_LASTS else NOBODY
        return Standing("waiting", row.expires_at) if now < row.expires_at else NOBODY

    def end(self, conversation: str, by: str = "person") -> None:
        """Nobody reads along any more, and no code is out."""
        with self.store.transaction():
            self._end_overdue(self._now())
            self._end_all(conversation, by)

    def open(self, officer_id: str, digits: str) -> Reading:
        """The conversation of that code, which is used up by this.

        ConsentProblem wrong_code(left), codes_locked(until, seconds).
        """
        now = self._now()
        with self.store.transaction():
            self._check_unlocked(officer_id, now)
            row = self.store.waiting(self._hash(_plain(digits)))
            is_right = row is not None and now < row.expires_at
            if row is not None and is_right:
                self.store.open(row.consent_id, officer_id, now)
                self.store.record(row, officer_id, "opened", now)
                return Reading(row.consent_id, row.conversation, now, now + READING_LASTS)
            self.store.add_wrong(officer_id, now)
            wrong = self.store.wrong(officer_id, now - WITHIN)
        left = MOST_WRONG - len(wrong)
        raise ConsentProblem("wrong_code", left=left) if left > 0 else _locked(wrong, now)

    def reading(self, officer_id: str, reading_id: str) -> Reading:
        """What the officer opened, while it lasts. ConsentProblem reading_ended, also for what others opened."""
        with self.store.transaction():
            row = self.store.find(reading_id)
        found = _reading(row) if row and row.officer_id == officer_id and row.ended_at is None else None
        if found is None or self._now() >= found.until:
            raise ConsentProblem("reading_ended")
        return found

    def readings(self, officer_id: str) -> tuple[Reading, ...]:
        """What the officer may read now, the newest first."""
        with self.store.transaction():
            rows = self.store.opened_by(officer_id, self._now() - READING_LASTS)
        return tuple(reading for row in rows if (reading := _reading(row)))

    def close(self, officer_id: str, reading_id: str) -> None:
        """The agent is done. ConsentProblem reading_ended."""
        conversation = self.reading(officer_id, reading_id).conversation
        self.end(conversation, "agent")

    def record(self, limit: int) -> tuple[OpeningRow, ...]:
        """Who opened what and how it ended, the newest first."""
        with self.store.transaction():
            self._end_overdue(self._now())
            return self.store.openings(limit)

    def _end_all(self, conversation: str, by: str) -> None:
        now = self._now()
        for row in self.store.unended(conversation):
            self._end(row, by, now)

    def _end_overdue(self, now: datetime) -> None:
        """What nobody ended has ended by itself, at its own time."""
        for row in self.store.overdue(now - READING_LASTS):
            if row.opened_at is not None:
                self._end(row, "time", row.opened_at + READING_LASTS)

    def _end(self, row: ConsentRow, by: str, at: datetime) -> None:
        self.store.end(row.consent_id, by, at)
        if row.officer_id is not None:
            self.store.record(row, row.officer_id, f"ended_by_{by}", at)

    def _check_unlocked(self, officer_id: str, now: datetime) -> None:
        wrong = self.store.wrong(officer_id, now - WITHIN)
        if len(wrong) >= MOST_WRONG:
            raise _locked(wrong, now)

    def _free_code(self) -> tuple[str, str]:
        while True:
            digits = f"{secrets.randbelow(10 ** DIGITS):0{DIGITS}}"
            code_hash = self._hash(digits)
            taken = self.store.waiting(code_hash)
            if taken is None:
                return digits, code_hash
            if taken.expires_at <= self._now():
                self.store.end(taken.consent_id, "time", self._now())
                return digits, code_hash

    def _hash(self, digits: str) -> str:
        return hmac.new(self._key, f"consent code {digits}".encode(errors="replace"), hashlib.sha256).hexdigest()


def _locked(wrong: Sequence[datetime], now: datetime) -> ConsentProblem:
    until = wrong[-MOST_WRONG] + WITHIN
    return ConsentProblem("codes_locked", until=until, seconds=-(-(until - now) // timedelta(seconds=1)))


def _reading(row: ConsentRow) -> Reading | None:
    if row.opened_at is None:
        return None
    return Reading(row.consent_id, row.conversation, row.opened_at, row.opened_at + READING_LASTS)


def _plain(digits: str) -> str:
    """The code as it was made, however it was written down: full width, in groups."""
    return re.sub(r"[\s\-－·.]", "", unicodedata.normalize("NFKC", digits))
