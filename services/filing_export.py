"""Filings for the agency as rows in clear: chosen by region, status and day, every one noted in the access log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rules_engine import regions
from services.filing_forms import clear_value
from services.filing_policy import FilingPolicy
from services.filing_records import FIELD_TITLES, PURPOSE_TITLES, SENSITIVE_FIELDS
from services.filing_rows import FilingRow
from services.filing_states import STATUS_TITLES, status_on
from services.filing_storage import FilingStorage
from services.filing_views import filing_values

HEAD = (
    "备案号", "备案种类", "参保地", "状态", "提交时间", "确认日期", "生效日期", "有效期至", "办理事项", "原备案号",
)
COLUMNS = (*HEAD, *FIELD_TITLES.values(), "材料份数", "所签文字SHA-256")


@dataclass(frozen=True)
class Chosen:
    """Which filings: None leaves that open. `since` and `until` are days of submission, both inclusive."""

    regions: frozenset[str] | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None

    def takes(self, filing: FilingRow, today: date) -> bool:
        """Whether the filing is among them, by its state of that day."""
        day = filing.submitted_at.date()
        return (
            (self.regions is None or filing.insured_region in self.regions)
            and (self.status is None or status_on(filing.status, filing.valid_to, today) == self.status)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


class FilingExport:
    """Reads batch by batch, so that filing and deciding go on meanwhile."""

    def __init__(self, store: FilingStorage, now: Callable[[], datetime], policy: FilingPolicy) -> None:
        self._store, self._now, self._policy = store, now, policy

    def batches(self, chosen: Chosen, actor: str) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
        """Batch by batch: how many filings were looked at, and the rows (as COLUMNS) of those that were chosen.

        The reading stands in the access log under `actor` before the rows are given out.
        """
        for filings in self._store.each_filing():
            with self._store.transaction():
                rows = [self._row(one, actor) for one in filings if chosen.takes(one, self._now().date())]
            yield len(filings), rows

    def _row(self, filing: FilingRow, actor: str) -> tuple[str, ...]:
        kind = self._policy.kind_of(filing)
        values = filing_values(self._store, filing)
        if SENSITIVE_FIELDS & values.keys():
            self._store.access.log(filing.filing_no, actor, "export", SENSITIVE_FIELDS & values.keys(), self._now())
        status = status_on(filing.status, filing.valid_to, self._now().date())
        days = (filing.confirmed_on, filing.effective_on, filing.valid_to)
        return (
            filing.filing_no, kind.title, regions.display_name(filing.insured_region), STATUS_TITLES[status],
            f"{filing.submitted_at:%Y-%m-%d %H:%M:%S}", *(day.isoformat() if day else "" for day in days),
            PURPOSE_TITLES[filing.purpose], filing.predecessor or "",
            *(clear_value(name, values[name], kind) if values.get(name) else "" for name in FIELD_TITLES),
            str(len(self._store.papers.of_filing(filing.filing_no))), filing.letter_sha256,
        )
