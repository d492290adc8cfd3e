"""删除我的信息: what can be deleted is, what must stay is named; and what has been kept long enough goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.document_files import DocumentFiles
from services.filing_states import OPEN, status_on
from services.filing_storage import FilingStorage
from services.filings import Filings
from services.paper_files import PaperFiles


@dataclass(frozen=True)
class ErasureReport:
    """What a person's wish to be forgotten came to: whether a draft went, and the numbers of filings that stay."""

    had_draft: bool
    staying: tuple[str, ...]


class Erasure:
    """Deletes for good. What was handed in is the agency's record and goes when its time of keeping is over."""

    def __init__(
        self, store: FilingStorage, filings: Filings, papers: PaperFiles, documents: DocumentFiles,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._filings, self._now = store, filings, now
        self._papers, self._documents = papers, documents

    def preview(self, conversation: str) -> ErasureReport:
        """What `erase` would delete, and what would stay."""
        with self._store.transaction():
            draft = self._store.drafts.unfinished(conversation)
            rows = self._store.filings.of_conversation(conversation)
        return ErasureReport(draft is not None, tuple(row.filing_no for row in rows))

    def erase(self, conversation: str) -> ErasureReport:
        """Deletes the draft with its papers, kept values and look-ups; the filings lose sight of the conversation."""
        report = self.preview(conversation)
        self._filings.forget(conversation)
        with self._store.transaction():
            self._store.filings.let_go(conversation)
        return report

    def purge_filings(self, before: datetime) -> int:
        """Erases the particulars, papers and documents of filings that ended before that time; how many there were.

        Their numbers, kinds and what happened to them stay: these say nothing about anybody.
        """
        count = 0
        for rows in self._store.each_filing():
            for row in rows:
                today = self._now().date()
                if status_on(row.status, row.valid_to, today) in OPEN:
                    continue
                with self._store.transaction():
                    timeline = self._store.filings.timeline(row.filing_no)
                    is_old = timeline[-1].at < before and (row.valid_to is None or row.valid_to < before.date())
                    if not is_old or not self._store.filings.secrets(row.filing_no):
                        continue
                    papers = self._store.papers.of_filing(row.filing_no)
                    self._store.filings.erase_secrets(row.filing_no)
                    self._store.papers.erase(row.filing_no)
                for paper in papers:
                    self._papers.delete(paper.paper_id)
                self._documents.delete(row.filing_no)
                count += 1
        self._store.erase_traces()
        return count

    def sweep_files(self, before: datetime) -> int:
        """Deletes files of papers and documents from before that time that belong to nothing; how many there were.

        A stop in the middle of an upload leaves such a file. Younger ones may belong to an upload under way.
        """
        # Listed before the rows are read: what is on no list then had an hour to get onto one.
        files = list(self._papers.known(before))
        with self._store.transaction():
            wanted = self._store.papers.ids()
        orphans = [paper_id for paper_id in files if paper_id not in wanted]
        for paper_id in orphans:
            self._papers.delete(paper_id)
        return len(orphans) + sum(self._sweep_document(filing_no) for filing_no in self._documents.known(before))

    def _sweep_document(self, filing_no: str) -> bool:
        with self._store.transaction():
            is_erased = not self._store.filings.secrets(filing_no)
        if is_erased:
            self._documents.delete(filing_no)
        return is_erased
