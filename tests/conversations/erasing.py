"""A conversation before and after 删除我的信息, down to the bytes of its ciphertexts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from left_behind import Files, files_of
from own_process import OwnProcess
from talking import Replies

SLICE = 32  # bytes of a ciphertext that nothing else has
SEALED = {
    "conversations.db": "SELECT sealed FROM entries WHERE conversation = ?",
    "filings.db": "SELECT ciphertext FROM draft_secrets JOIN drafts USING (draft_id) WHERE conversation = ?",
}


@dataclass
class Erased:
    """What could be found of the conversation before, and what is left of it by file and by table."""

    conversation: str
    slices: set[bytes]
    found_before: set[str]
    rows_left: int
    files_left: set[str]
    papers: tuple[int, int]

    def left_in(self, files: Files) -> set[str]:
        """The files that hold the conversation's name or a piece of its ciphertexts."""
        name = self.conversation.encode()
        return {file for file, content in files.items() if name in content or any(s in content for s in self.slices)}


def erase(process: OwnProcess, conversation: str, *steps: Callable[[], Replies]) -> Erased:
    """The conversation deleted by its person's last words."""
    blobs = [row[0] for name, query in SEALED.items() for row in _rows(process, name, query, conversation)]
    assert len(blobs) > 10
    slices = {blob[at : at + SLICE] for blob in blobs for at in range(20, len(blob) - SLICE, SLICE)}
    gone = Erased(conversation, slices, set(), 0, set(), (_papers(process), 0))
    gone.found_before = gone.left_in(files_of(process))
    for step in steps:
        replies = step()
    assert replies.customs("erased"), replies
    gone.files_left = gone.left_in(files_of(process))
    for table in ("entries", "tracker_events", "feedback"):
        query = f"SELECT count(*) FROM {table} WHERE conversation = ?"
        gone.rows_left += _rows(process, "conversations.db", query, conversation)[0][0]
    gone.papers = gone.papers[0], _papers(process)
    return gone


def _papers(process: OwnProcess) -> int:
    return len(list((process.data_dir / "papers").glob("*")))


def _rows(process: OwnProcess, name: str, query: str, *arguments: str) -> list[tuple]:
    database = sqlite3.connect(f"file:{process.data_dir / name}?mode=ro", uri=True)
    try:
        return database.execute(query, arguments).fetchall()
    finally:
        database.close()
