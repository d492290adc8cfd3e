"""What a worker began and what it was told is done, a line each; written past the process, so that a kill spares it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filing_office import Office

from services.filing_records import Draft, FilingView, PaperView, Receipt

# The calls that change something. All others are passed on unnoticed.
CHANGES = {
    "filings": {
        "keep", "open_draft", "fill", "clear_step", "add_paper", "drop", "confirm_review", "consent", "submit",
    },
    "course": {"withdraw", "request_end", "open_mend"},
    "desk": {"confirm", "return_", "decide_end"},
}


@dataclass(frozen=True)
class Journalled:
    """What stood in a worker's journal when it died."""

    done: tuple[dict[str, Any], ...]
    begun: dict[str, Any] | None  # the step that was never acknowledged

    @property
    def interrupted(self) -> str:
        """The name of the step in the middle of which the worker died; empty if it was between two."""
        return self.begun["step"] if self.begun else ""

    def may_have_moved(self, name: str) -> bool:
        """Whether that conversation or filing is what the interrupted step was about."""
        return self.begun is not None and name in self.begun["about"]


class Journal:
    """Appends lines. Each is one write into the page cache, where it outlives the process (not the machine)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Journal:
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def write(self, **line: Any) -> None:
        os.write(self._file, (json.dumps(line, ensure_ascii=False) + "\n").encode())


class _Recorder:
    """A service that notes every change before it is asked for and after it was acknowledged."""

    def __init__(self, service: Any, changes: set[str], journal: Journal) -> None:
        self._service, self._changes, self._journal = service, changes, journal

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._service, name)
        if name not in self._changes:
            return call

        def recorded(*arguments: Any, **named: Any) -> Any:
            token = named.get("token") or (arguments[1] if name == "submit" and len(arguments) > 1 else None)
            about = [one for one in arguments[:2] if isinstance(one, str)]
            self._journal.write(begin=name, about=about, uses=token)
            result = call(*arguments, **named)
            self._journal.write(end=name, **_facts(result, arguments))
            return result

        return recorded


def journalled(office: Office, journal: Journal) -> None:
    """From now on the office writes down what it begins and what is done."""
    for part, changes in CHANGES.items():
        object.__setattr__(office, part, _Recorder(getattr(office, part), changes, journal))


def journals(folder: Path, name: str = "*") -> list[Journalled]:
    """The journals of the workers with that name, in the order they were born."""
    return [_read(path) for path in sorted(folder.glob(f"{name}.journal"))]


def _read(path: Path) -> Journalled:
    done: list[dict[str, Any]] = []
    begun: dict[str, Any] | None = None
    # A kill may cut the last line off: then that step was not yet begun, or never acknowledged.
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]:
        entry = json.loads(line)
        if "begin" in entry:
            begun = {"step": entry["begin"], "about": entry["about"], "uses": entry["uses"]}
        elif begun:
            done.append({**entry, **begun})
            begun = None
    return Journalled(tuple(done), begun)


def _facts(result: Any, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """What the caller was told, as far as the store must stand by it."""
    if isinstance(result, Draft):
        return {
            "draft": result.draft_id, "conversation": result.conversation, "filled": sorted(result.filled),
            "is_reviewed": result.reviewed_at is not None, "is_consented": result.consent is not None,
            "papers": [paper.paper_id for paper in result.papers],
        }
    if isinstance(result, Receipt):
        return {"conversation": arguments[0], "filing_no": result.filing_no, "status": result.status}
    if isinstance(result, FilingView):
        return {"filing_no": result.filing_no, "status": result.status, "version": result.version}
    if isinstance(result, PaperView):
        return {"conversation": arguments[0], "paper": result.paper_id}
    return {"conversation": arguments[0], "kept": result} if result else {"conversation": arguments[0]}
