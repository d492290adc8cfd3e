"""Filings as officers work on them: found, read, confirmed, returned, ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.desk_account import Account
from services.filing_desk_limits import Limits, limits_of
from services.filing_forms import asked_fields, clear_rows
from services.filing_numbers import read_filing_number
from services.filing_policy import FilingPolicy
from services.filing_records import PAPER_STEP, SENSITIVE_FIELDS, FilingPaper, FilingProblem, FilingView
from services.filing_rows import Access, FilingRow, Position
from services.filing_states import AWAITING_DECISION, OPEN, STATUS_TITLES
from services.filing_storage import FilingStorage
from services.filing_submission import confirm
from services.filing_views import filing_paper, filing_values, filing_view
from services.paper_files import PaperFiles

MOST_IN_A_PAGE = 100
START_OF_QUEUE: Position = ("", "")
READ_REASONS = {"call": "来电核对", "papers": "材料核对", "correction": "纠错", "other": "其他"}
NO_FILING = ""  # what a search without a hit stands under in the access log


@dataclass(frozen=True)
class QueuePage:
    """Filings in the order they came; `after` continues behind the last one, None at the end."""

    filings: tuple[FilingView, ...]
    after: Position | None


@dataclass(frozen=True)
class DeskView:
    """A filing masked, its limits, and other open filings of the same person, region and kind."""

    filing: FilingView
    duplicates: tuple[FilingView, ...]
    limits: Limits


class FilingDesk:
    """Every step is one transaction. FilingProblem filing_not_found also for regions that are not the officer's.

    `key`: the same request with the same key is carried out once, and answered alike each time
    (FilingProblem idempotency_key_reused for another request). `version`: the one the officer saw;
    FilingProblem stale_version(version) when somebody was faster.
    """

    def __init__(
        self, store: FilingStorage, papers: PaperFiles, now: Callable[[], datetime], policy: FilingPolicy
    ) -> None:
        self._store, self._papers, self._now, self._policy = store, papers, now, policy

    def queue(
        self, account: Account, status: str = "submitted", region: str | None = None,
        after: Position = START_OF_QUEUE, limit: int = 20,
    ) -> QueuePage:
        """Filings of that status in the officer's regions, the oldest first. FilingProblem unknown_status."""
        if status not in STATUS_TITLES or status == "expired":
            raise FilingProblem("unknown_status", status=status)
        limit = max(1, min(limit, MOST_IN_A_PAGE))
        wanted = account.regions if region is None else account.regions & {region}
        with self._store.transaction():
            rows = self._store.filings.queue(status, wanted, after, limit + 1)
            views = tuple(self._view(row) for row in rows[:limit])
        return QueuePage(views, rows[limit - 1].position if len(rows) > limit else None)

    def counts(self) -> dict[str, int]:
        """How many filings of all regions have each status; of nobody in particular."""
        with self._store.transaction():
            return self._store.filings.count_by_status()

    def find(self, account: Account, filing_no: str) -> DeskView:
        """The filing with this number, however it was spaced, masked."""
        with self._store.transaction():
            filing = self._filing(account, filing_no)
            view = self._view(filing)
            limits = limits_of(self._store, self._policy, filing, view, self._today)
            return DeskView(view, self._duplicates(filing), limits)

    def search_id_number(self, account: Account, id_number: str) -> tuple[FilingView, ...]:
        """The filings of the person with this ID number (18 characters), newest first; the search is logged."""
        with self._store.transaction():
            return self._found(account, "id_number", self._store.filings.of_id_number(id_number))

    def search_phone(self, account: Account, phone: str) -> tuple[FilingView, ...]:
        """The filings with this phone number (as check_phone spells it), newest first; the search is logged."""
        with self._store.transaction():
            return self._found(account, "phone", self._store.filings.of_phone(phone))

    def clear(self, account: Account, filing_no: str, reason: str, note: str = "") -> tuple[tuple[str, str], ...]:
        """The filing's answers in clear, as titles and values; logged, with the reason (of READ_REASONS) and note."""
        with self._store.transaction():
            filing = self._filing(account, filing_no)
            self._store.access.log(
                filing.filing_no, account.id, "read", SENSITIVE_FIELDS, self._now(), reason=reason, note=note
            )
            return clear_rows(filing_values(self._store, filing), self._policy.kind_of(filing))

    def paper(self, account: Account, filing_no: str, paper_id: str) -> tuple[str, bytes]:
        """An uploaded paper's media type and content; logged. FilingProblem paper_not_found."""
        with self._store.transaction():
            filing = self._filing(account, filing_no)
            found = next((p for p in self._store.papers.of_filing(filing.filing_no) if p.paper_id == paper_id), None)
            if found is None:
                raise FilingProblem("paper_not_found")
            self._log(account, filing, "paper", (PAPER_STEP + found.paper,))
        return found.media_type, self._papers.get(paper_id)

    def document(self, account: Account, filing_no: str) -> FilingPaper:
        """What the filing's PDF shows, in clear; logged."""
        with self._store.transaction():
            filing = self._filing(account, filing_no)
            self._log(account, filing, "document", SENSITIVE_FIELDS)
            return filing_paper(self._store, self._policy, filing, self._today)

    def audit(self, account: Account, filing_no: str) -> tuple[Access, ...]:
        """Who has seen the filing in clear, oldest first."""
        with self._store.transaction():
            return self._store.access.accesses(self._filing(account, filing_no).filing_no)

    def confirm(self, account: Account, filing_no: str, on: date | None, version: int, key: str) -> FilingView:
        """The filing, confirmed by the agency on that day (None: today); the one it changes or renews gives way to it.

        FilingProblem not_awaiting_decision(status), confirmed_before_submitted(submitted_on),
        confirmed_in_future(today), stale_version, idempotency_key_reused.
        """
        request = ["confirm", filing_no, on.isoformat() if on else None, version]

        def step(filing: FilingRow) -> FilingRow:
            _require(filing, "submitted")
            day, submitted_on = on or self._today, filing.submitted_at.date()
            if day < submitted_on:
                raise FilingProblem("confirmed_before_submitted", submitted_on=submitted_on.isoformat())
            if day > self._today:
                raise FilingProblem("confirmed_in_future", today=self._today.isoformat())
            return confirm(self._store, self._policy, filing, day, self._now(), account.id)

        return self._once(account, filing_no, version, key, request, step)

    def return_(
        self, account: Account, filing_no: str, reason: str, fields: Iterable[str], version: int, key: str
    ) -> FilingView:
        """The filing, returned to its owner with the reason they will read and the fields or papers to mend.

        FilingProblem not_awaiting_decision(status), unknown_field(field), stale_version, idempotency_key_reused.
        """
        to_mend = sorted(set(fields))
        request = ["return", filing_no, reason, to_mend, version]

        def step(filing: FilingRow) -> FilingRow:
            _require(filing, "submitted")
            unknown = next((name for name in to_mend if name not in self._mendable(filing)), None)
            if unknown:
                raise FilingProblem("unknown_field", field=unknown)
            return self._store.filings.move(
                filing, "returned", self._now(), account.id, {"fields": to_mend}, note=reason
            )

        return self._once(account, filing_no, version, key, request, step)

    def decide_end(
        self, account: Account, filing_no: str, agreed: bool, reason: str, version: int, key: str
    ) -> FilingView:
        """The filing whose end was applied for: ended, or in force again with the reason why not.

        FilingProblem not_awaiting_decision(status), stale_version, idempotency_key_reused.
        """
        request = ["end", filing_no, agreed, reason, version]

        def step(filing: FilingRow) -> FilingRow:
            _require(filing, "ending")
            event = "ended" if agreed else "end_refused"
            return self._store.filings.move(filing, event, self._now(), account.id, note=reason)

        return self._once(account, filing_no, version, key, request, step)

    def _mendable(self, filing: FilingRow) -> set[str]:
        """What its owner can be asked to mend: the answers that were asked, and the papers."""
        kind = self._policy.kind_of(filing)
        papers = (*(paper.id for paper in kind.papers), *filing.facts.get("extra_papers", ()))
        return {*asked_fields(kind, filing.fields), *(PAPER_STEP + paper for paper in papers)}

    def _once(
        self, account: Account, filing_no: str, version: int, key: str, request: Sequence[object],
        step: Callable[[FilingRow], FilingRow],
    ) -> FilingView:
        asked = json.dumps(request, ensure_ascii=False)
        # The reason is somebody's words, and a program may make its keys of ID numbers: only keyed hashes are kept.
        fingerprint, key = self._store.filings.fingerprint(asked), self._store.filings.fingerprint(key)
        with self._store.transaction():
            filing = self._filing(account, filing_no)
            before = self._store.access.answered(account.id, key)
            if before is not None:
                if before != (fingerprint, filing.filing_no):
                    raise FilingProblem("idempotency_key_reused")
                return self._view(filing)
            if filing.status not in AWAITING_DECISION:
                raise FilingProblem("not_awaiting_decision", status=filing.status)
            if filing.version != version:
                raise FilingProblem("stale_version", version=filing.version)
            moved = step(filing)
            self._store.access.set_answered(account.id, key, fingerprint, filing.filing_no, self._now())
            return self._view(moved)

    def _filing(self, account: Account, filing_no: str) -> FilingRow:
        filing = self._store.filings.find(read_filing_number(filing_no) or "")
        if filing is None or filing.insured_region not in account.regions:
            raise FilingProblem("filing_not_found")
        return filing

    def _found(self, account: Account, field: str, found: Iterable[FilingRow]) -> tuple[FilingView, ...]:
        rows = [row for row in found if row.insured_region in account.regions]
        # Also that nothing was found is something learned.
        for number in [row.filing_no for row in rows] or [NO_FILING]:
            self._store.access.log(number, account.id, "search", (field,), self._now())
        return tuple(self._view(row) for row in rows)

    def _duplicates(self, filing: FilingRow) -> tuple[FilingView, ...]:
        secret = self._store.filings.secrets(filing.filing_no, ("id_number",))
        rows = self._store.filings.of_id_number(secret["id_number"]) if secret else ()
        return tuple(
            self._view(row) for row in rows
            if row.status in OPEN and (row.kind, row.insured_region) == (filing.kind, filing.insured_region)
            and row.filing_no not in (filing.filing_no, filing.predecessor)
        )

    def _log(self, account: Account, filing: FilingRow, action: str, fields: Iterable[str]) -> None:
        self._store.access.log(filing.filing_no, account.id, action, fields, self._now())

    def _view(self, filing: FilingRow) -> FilingView:
        return filing_view(self._store, self._policy, filing, self._today)

    @property
    def _today(self) -> date:
        return self._now().date()


def _require(filing: FilingRow, status: str) -> None:
    if filing.status != status:
        raise FilingProblem("not_awaiting_decision", status=filing.status)
