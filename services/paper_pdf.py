"""Whether an uploaded PDF can be read and does nothing but show pages, found out in a process of its own.

A PDF of a few kilobytes can keep a parser busy for minutes and fill the memory; a thread could not be stopped.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NullObject

from services.settings import PROJECT_DIR

MOST_PAGES = 50
LONGEST_WORK, LONGEST_WAIT = 10, 30  # seconds of a processor, seconds of waiting for one
MOST_MEMORY = 1_000_000_000  # bytes
# Readers accept what comes after the end mark, but no more than this.
TAIL = 1024
DAMAGED = "damaged"
VERDICTS = ("fine", "locked", "too_many_pages", "has_actions")
DOING_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
DOING_KEYS = ("/JS", "/JavaScript", "/XFA")


def verdict_on_pdf(content: bytes, longest_work: int = LONGEST_WORK) -> str:
    """fine, locked, too_many_pages, has_actions, or damaged; also damaged when reading it takes too much."""
    if b"%%EOF" not in content[-TAIL:]:
        return DAMAGED
    program = [sys.executable, "-W", "ignore", "-m", "services.paper_pdf", str(longest_work)]
    try:
        run = subprocess.run(
            program, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=LONGEST_WAIT, cwd=PROJECT_DIR, env={}, check=False,
        )
    except subprocess.TimeoutExpired:
        return DAMAGED
    verdict = run.stdout.decode("ascii", "replace").strip()
    return verdict if run.returncode == 0 and verdict in VERDICTS else DAMAGED


def read_pdf(content: bytes) -> str:
    """The verdict, without limits of time and memory. Raises whatever a damaged file makes the parser raise."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return "locked"
    pages = len(reader.pages)
    if pages == 0:
        return DAMAGED
    if pages > MOST_PAGES:
        return "too_many_pages"
    for page in reader.pages:
        float(page.mediabox.width)
    return "has_actions" if any(_does_something(entry) for entry in _dictionaries(reader)) else "fine"


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the file's root."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, IndirectObject):
            if entry.idnum in seen:
                continue
            seen.add(entry.idnum)
            entry = entry.get_object()
        if isinstance(entry, DictionaryObject):
            yield entry
            waiting.extend(entry.raw_get(key) for key in entry)
        elif isinstance(entry, list):
            waiting.extend(list.__iter__(entry))


def _does_something(entry: DictionaryObject) -> bool:
    if any(not isinstance(entry.get(key, NullObject()), NullObject) for key in DOING_KEYS):
        return True
    return entry.get("/S") in DOING_ACTIONS


def main() -> None:
    """Reads a PDF from standard input and prints the verdict; stops after the seconds of work that are given."""
    longest_work = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (longest_work, longest_work))
    with suppress(ValueError):  # macOS knows this limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    print(read_pdf(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
