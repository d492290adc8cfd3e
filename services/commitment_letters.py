"""Commitment letters: the wording from the policy packs, filled in for one person and day."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
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
MAY_LEAVE_OUT = frozenset({"address"})  # not every region's filing asks for it
AGENT_PLACEHOLDERS = frozenset({"agent_name", "agent_id_number", "agent_relation"})
_NEEDED_KEYS = ("id", "version", "effective_from", "citation", "verified_on", "title", "paragraphs")
_AGENT_KEY = "agent_paragraphs"


@dataclass(frozen=True)
class LetterWording:
    """One region's letter before anyone's particulars are in it.

    `agent_paragraphs` follow the others where someone files for a member of the family.
    """

    id: str
    version: str
    effective_from: date
    title: str
    paragraphs: tuple[str, ...]
    citation: Mapping[str, Any]
    verified_on: date
    agent_paragraphs: tuple[str, ...] = ()

    def fill(self, values: Mapping[str, str], on: date) -> CommitmentLetter:
        """The letter as shown on that day; `values` for every placeholder but the date.

        The agent's paragraphs are there when `values` has an agent_name that isn't empty. Raises ValueError for a
        day before the letter was in force, or an agent where the letter has no words for one.
        """
        if on < self.effective_from:
            raise ValueError(f"Letter {self.id} is in force from {self.effective_from}, not on {on}.")
        has_agent = bool(values.get("agent_name"))
        if has_agent and not self.agent_paragraphs:
            raise ValueError(f"Letter {self.id} has no {_AGENT_KEY}, so nobody else can sign it.")
        filled = {**values, "date": day_in_words(on)}
        wording = (*self.paragraphs, *(self.agent_paragraphs if has_agent else ()))
        paragraphs = [paragraph.format_map(filled) for paragraph in wording]
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
    strange = [str(key) for key in row if key not in (*_NEEDED_KEYS, _AGENT_KEY)]
    if strange:
        raise PackError(where, f"键 {'、'.join(strange)} 不认识", f"可以用 {'、'.join((*_NEEDED_KEYS, _AGENT_KEY))}")
    paragraphs, agent = _texts(row["paragraphs"]), _texts(row.get(_AGENT_KEY, ()))
    _check_placeholders(where, "承诺书", paragraphs, PLACEHOLDERS, MAY_LEAVE_OUT)
    if agent:
        _check_placeholders(where, "承诺书的代办部分", agent, AGENT_PLACEHOLDERS)
    kept = {key: row[key] for key in _NEEDED_KEYS if key != "paragraphs"}
    return LetterWording(**kept, paragraphs=paragraphs, agent_paragraphs=agent)


def _texts(paragraphs: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(paragraph).strip() for paragraph in paragraphs)


def _check_placeholders(
    where: str, part: str, paragraphs: tuple[str, ...], names: frozenset[str], optional: frozenset[str] = frozenset()
) -> None:
    formatter = string.Formatter()
    used = {name for text in paragraphs for _, name, _, _ in formatter.parse(text) if name is not None}
    if used | optional != names:
        wrong = "、".join(sorted((used | optional) ^ names))
        remedy = "每个都要写到，也只能写这些：" + "、".join(sorted(names))
        if optional:
            remedy += f"（{'、'.join(sorted(optional))} 可以不写）"
        raise PackError(where, f"{part}的空格不对：{wrong}", remedy)
