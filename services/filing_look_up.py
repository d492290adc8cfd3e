"""A filing found from another device, by what only its owner has at hand; wrong attempts are limited."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules_engine import regions
from services.filing_numbers import read_filing_number
from services.filing_policy import FilingPolicy
from services.filing_records import FieldProblem, FilingProblem, FilingView
from services.filing_states import STATUS_TITLES, status_on
from services.filing_storage import FilingStorage
from services.filing_views import filing_view
from services.look_up_said import look_up_said

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)
LAST_DIGITS = 4


@dataclass(frozen=True)
class VerifiedFiling:
    """What a document's code tells whoever scans it: that it was issued here, and how it stands. Nobody's name."""

    kind_title: str
    region_name: str
    status_title: str
    submitted_on: date
    valid_to: date | None


class FilingLookUp:
    """Shows a filing to who knows its number, the last four of the ID number, and the phone given."""

    def __init__(self, store: FilingStorage, now: Callable[[], datetime], policy: FilingPolicy) -> None:
        self._store, self._now, self._policy = store, now, policy

    def look_up(self, conversation: str, filing_no: str, id_last_four: str, phone: str) -> FilingView:
        """The filing, which this conversation may see from now on.

        FilingProblem filing_number_misread (a digit is wrong: no attempt is counted), lookup_failed(left),
        lookup_locked(until): five wrong attempts at a number within 15 minutes lock it, existing or not.
        """
        number = read_filing_number(filing_no)
        if number is None:
            raise FilingProblem("filing_number_misread")
        with self._store.transaction():
            self._require_unlocked(number)
            filing = self._store.filings.find(number)
            if filing is not None and self._knows(number, id_last_four, phone):
                self._store.access.grant(conversation, number, self._now())
                return filing_view(self._store, self._policy, filing, self._now().date())
            problem = self._failed(number)
        raise problem

    def look_up_kept(self, conversation: str, token: str) -> FilingView:
        """As `look_up`, with what was kept under a token. FieldProblem kept_value_gone besides."""
        with self._store.transaction():
            raw = self._store.kept.take(conversation, token)
        said = look_up_said(raw) if raw else None
        if said and said.filing_no and not said.is_readable:
            raise FilingProblem("filing_number_misread")
        if said is None or not (said.filing_no and said.id_last_four and said.phone):
            raise FieldProblem("kept_value_gone", field="lookup")
        return self.look_up(conversation, said.filing_no, said.id_last_four, said.phone)

    def verify(self, filing_no: str, sha256: str) -> VerifiedFiling:
        """What stands behind a document's code. FilingProblem not_issued.

        Not limited: a SHA-256 cannot be guessed, and a limit would let strangers lock the owner out.
        """
        number = read_filing_number(filing_no) or ""
        with self._store.transaction():
            filing = self._store.filings.find(number)
            signed = filing.letter_sha256 if filing else "0" * 64
            if not hmac.compare_digest(signed.encode(), sha256.lower().encode("utf-8", "replace")) or filing is None:
                raise FilingProblem("not_issued")
            status = status_on(filing.status, filing.valid_to, self._now().date())
            return VerifiedFiling(
                self._policy.kind_of(filing).title, regions.display_name(filing.insured_region),
                STATUS_TITLES[status], filing.submitted_at.date(), filing.valid_to,
            )

    def _require_unlocked(self, number: str) -> None:
        now = self._now()
        self._store.access.purge_failures(now - WINDOW)
        failures = self._store.access.failures_since(number, now - WINDOW)
        if len(failures) >= MOST_FAILURES:
            raise FilingProblem("lookup_locked", until=(failures[-MOST_FAILURES] + WINDOW).isoformat())

    def _failed(self, number: str) -> FilingProblem:
        now = self._now()
        self._store.access.add_failure(number, now)
        failures = self._store.access.failures_since(number, now - WINDOW)
        if len(failures) >= MOST_FAILURES:
            return FilingProblem("lookup_locked", until=(failures[-MOST_FAILURES] + WINDOW).isoformat())
        return FilingProblem("lookup_failed", left=MOST_FAILURES - len(failures))

    def _knows(self, number: str, id_last_four: str, phone: str) -> bool:
        secret = self._store.filings.secrets(number, ("id_number", "phone"))
        if len(secret) < 2:  # erased after its time of keeping
            return False
        right = secret["id_number"][-LAST_DIGITS:] + _digits(secret["phone"])
        given = id_last_four.strip().upper() + _digits(phone)
        return hmac.compare_digest(right.encode(), given.encode())


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdecimal())
