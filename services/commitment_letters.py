"""Commitment letters: the wording from the policy packs, filled in for one person and day."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.errors import PackError
from rules_engine.fact_words import day_in_words
from rules_engine.packs import PACKS_DIR, read_yaml
from services.filing_records import CommitmentLetter

PLACEHOLDERS = frozenset(
    {"name", "id_number", "insured_region", "destination", "phone", "address", "date"}
)
_NEEDED_KEYS = ("id", "version", "effective_from", "citation", "verified_on", "title", "paragraphs")


@dataclass(frozen=True)
class LetterWording:
    """One region's letter before anyone's particulars are in it."""

    id: str
    version: str
    effective_from: date
    title: str
    paragraphs: tuple[str, ...]
    citation: Mapping[str, Any]
    verified_on: date

    def fill(self, values: Mapping[str, str], on: date) -> CommitmentLetter:
        """The letter as shown on that day; `values` for every placeholder but the date."""
        if on < self.effective_from:
            raise ValueError(f"Letter {self.id} is in force from {self.effective_from}, not on {on}.")
        filled = {**values, "date": day_in_words(on)}
        paragraphs = [paragraph.format_map(filled) for paragraph in self.paragraphs]
        text = "\n".join([self.title, "", *paragraphs])
        return CommitmentLetter(self.version, self.title, text, hashlib.sha256(text.encode()).hexdigest())


def load_letters(folder: Path = PACKS_DIR) -> dict[str, LetterWording]:
    """The letters by insured region's code. PackError names the file and the remedy."""
    return {
        path.parent.name.split("_")[0]: _letter(path)
        for path in sorted(folder.glob("regions/*/commitment_letter.yml"))
    }


def _letter(path: Path) -> LetterWording:
    where = f"{path.parent.name}/{path.name}"
    row = read_yaml(path).get("letter")
    if not isinstance(row, dict):
        raise PackError(where, "没有 letter:", "请把承诺书写在最外层的 letter: 下面")
    missing = [key for key in _NEEDED_KEYS if not row.get(key)]
    if missing:
        raise PackError(where, f"承诺书缺少 {'、'.join(missing)}", "请补上")
    paragraphs = tuple(str(paragraph).strip() for paragraph in row["paragraphs"])
    _check_placeholders(where, paragraphs)
    return LetterWording(**{key: row[key] for key in _NEEDED_KEYS if key != "paragraphs"}, paragraphs=paragraphs)


def _check_placeholders(where: str, paragraphs: tuple[str, ...]) -> None:
    formatter = string.Formatter()
    used = {name for text in paragraphs for _, name, _, _ in formatter.parse(text) if name is not None}
    if used != PLACEHOLDERS:
        wrong = "、".join(sorted(used ^ PLACEHOLDERS))
        remedy = "每个都要写到，也只能写这些：" + "、".join(sorted(PLACEHOLDERS))
        raise PackError(where, f"承诺书的空格不对：{wrong}", remedy)
