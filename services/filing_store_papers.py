"""The list of uploaded papers. Their content is in files of its own (services/paper_files.py)."""

from __future__ import annotations

from sqlite_utils import Database

from services.china_time import moment, stamp
from services.filing_records import PaperView
from services.filing_store_sql import Rows


class PaperTable:
    """Papers by draft, then by filing. The caller holds the store's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._table = Rows(database, "papers", "paper_id")

    def add(self, draft_id: str, paper: PaperView) -> None:
        """One more paper of a draft."""
        self._table.insert(
            {
                "paper_id": paper.paper_id, "draft_id": draft_id, "filing_no": None, "paper": paper.paper,
                "media_type": paper.media_type, "size": paper.size, "uploaded_at": stamp(paper.uploaded_at),
            }
        )

    def remove(self, draft_id: str, paper: str) -> tuple[str, ...]:
        """Takes a draft's papers of one kind off the list; their ids."""
        rows = self._database.execute(
            "DELETE FROM papers WHERE draft_id = ? AND paper = ? AND filing_no IS NULL RETURNING paper_id",
            [draft_id, paper],
        ).fetchall()
        return tuple(paper_id for (paper_id,) in rows)

    def hand_over(self, draft_id: str, filing_no: str) -> None:
        """A draft's papers become its filing's."""
        self._database.execute("UPDATE papers SET filing_no = ? WHERE draft_id = ?", [filing_no, draft_id])

    def erase(self, filing_no: str) -> None:
        """Takes a filing's papers off the list."""
        self._database.execute("DELETE FROM papers WHERE filing_no = ?", [filing_no])

    def of_draft(self, draft_id: str) -> tuple[PaperView, ...]:
        """A draft's papers, oldest first."""
        return papers_where(self._database, "draft_id", draft_id)

    def of_filing(self, filing_no: str) -> tuple[PaperView, ...]:
        """A filing's papers, oldest first."""
        return papers_where(self._database, "filing_no", filing_no)

    def ids(self) -> frozenset[str]:
        """The ids of all papers that belong to something."""
        return frozenset(paper_id for (paper_id,) in self._database.execute("SELECT paper_id FROM papers"))


def papers_where(database: Database, column: str, value: str) -> tuple[PaperView, ...]:
    """The papers with that value in that column (draft_id or filing_no), oldest first."""
    rows = database.execute(
        "SELECT paper_id, paper, media_type, size, uploaded_at FROM papers"
        f" WHERE {column} = ? ORDER BY uploaded_at, rowid",
        [value],
    )
    return tuple(
        PaperView(paper_id, paper, media_type, size, moment(at))
        for paper_id, paper, media_type, size, at in rows.fetchall()
    )
