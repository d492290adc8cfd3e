"""Lines of Markdown for reports: tables and shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a table, closed by an empty one; a stroke in a cell parts no columns."""
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows), ""]


def share(part: int, whole: int) -> str:
    """The share of the whole, as 12.5%; – where there is nothing to have a share of."""
    return f"{part / whole:.1%}" if whole else "–"


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "｜").replace("\n", " ") for cell in cells) + " |"
