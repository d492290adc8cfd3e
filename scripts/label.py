"""Adds questions that people asked in vain to the training examples, with the label and the name of who read them.

    python -m scripts.label questions-2026-11-23.csv --by 张三 [--ask]

The file is the desk's export with one more column, 标为: a topic's title (转诊), the name of an intent (ask_referral,
out_of_scope), or nothing where it is not decided. With --ask those rows are shown and asked for, one by one.
What is taken stands in data/nlu/reviewed.yml; an unknown label writes nothing at all. docs/tasks/label_questions.md
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from rules_engine import regions
from services import bootstrap
from understanding.normaliser import normalised

ROOT = Path(__file__).resolve().parent.parent
REVIEWED = Path("data/nlu/reviewed.yml")
TEXT, LABEL, HEARD_AS = "问题", "标为", "话题"
HELD_OUT = "tests/held_out"
ANNOTATION = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
HIDDEN = re.compile(r"〔|\*")  # what stands for something masked was said by nobody
Row = Mapping[str, str]


LABELS_ARE = "能用的名字：policy_packs/topics.yml 的 title，domain.yml 的意图。"


class BadFile(Exception):
    """Why nothing was taken, in Chinese, a line for each fault."""


@dataclass(frozen=True)
class Example:
    intent: str
    text: str  # normalised, its places annotated


@dataclass(frozen=True)
class Sorted:
    """The rows: what is to be added, what is left out and why, and how many are not decided."""

    taken: tuple[Example, ...]
    left_out: tuple[str, ...]
    undecided: int


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of the export. BadFile where it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise BadFile(f"读不了 {path}：{fault}。请用服务台「待答问题」导出的 CSV，存成 UTF-8。") from None
    if not rows or TEXT not in rows[0]:
        raise BadFile(f"{path} 里没有「{TEXT}」这一列。请用服务台「待答问题」导出的 CSV。")
    return rows


def labels(root: Path = ROOT) -> dict[str, str]:
    """Label → intent: every intent by its name, every topic by its title."""
    yaml = YAML(typ="safe")
    rows = yaml.load(root / "domain.yml")["intents"]
    intents = {row if isinstance(row, str) else next(iter(row)) for row in rows}
    topics = yaml.load(root / "policy_packs/topics.yml")["topics"]
    titles = {str(row["title"]): f"ask_{topic}" for topic, row in topics.items() if f"ask_{topic}" in intents}
    return {intent: intent for intent in intents} | titles


def known_texts(root: Path = ROOT) -> dict[str, str]:
    """Normalised text → the file it stands in: what is trained on already, and what only measures."""
    found = {}
    for path in [*sorted((root / "data/nlu").rglob("*.yml")), *sorted((root / HELD_OUT).rglob("*.yml"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            said = ANNOTATION.sub(r"\1", re.sub(r"^[\s-]*(?:user:|text:)?\s*", "", line)).strip("\"' ")
            found[normalised(said)] = path.relative_to(root).as_posix()
    return found


def sort_out(rows: Iterable[Row], named: Mapping[str, str], known: Mapping[str, str]) -> Sorted:
    """What of the rows is taken. BadFile names every label there is not."""
    taken: dict[str, Example] = {}
    left_out, unknown, undecided = [], [], 0
    for line, row in enumerate(rows, start=2):
        said, label = (row.get(TEXT) or "").strip().removeprefix("'"), (row.get(LABEL) or "").strip()
        if not label or not said:
            undecided += 1
            continue
        text = normalised(said)
        if label not in named:
            unknown.append(f"第{line}行：没有「{label}」这个话题或意图。")
        elif HIDDEN.search(said):
            left_out.append(f"第{line}行：有遮住的字，不是人说的原话。")
        elif text in known:
            left_out.append(f"第{line}行：{known[text]} 里已经有一样的。")
        elif taken.setdefault(text, Example(named[label], annotated(text))).intent != named[label]:
            unknown.append(f"第{line}行：同一句话前面标的是 {taken[text].intent}。")
    if unknown:
        raise BadFile("\n".join([*unknown, f"什么都没有写。{LABELS_ARE}"]))
    return Sorted(tuple(taken.values()), tuple(left_out), undecided)


def annotated(text: str) -> str:
    """The text with its places annotated as training examples have them; whose they are is left to the reader."""
    kept, end = [], 0
    for place in regions.find_in(text):
        kept += [text[end:place.start], f'[{place.text}]{{"entity": "region"}}']
        end = place.end
    return "".join(kept) + text[end:]


def add(examples: Iterable[Example], by: str, on: date, path: Path) -> None:
    """Writes the examples behind those that are there; each says who labelled it and when."""
    yaml = YAML(typ="safe")
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 1000
    whole = yaml.load(path) if path.is_file() else {"version": "3.1", "nlu": []}
    blocks = {block["intent"]: block for block in whole["nlu"]}
    for example in examples:
        if example.intent not in blocks:
            blocks[example.intent] = {"intent": example.intent, "examples": []}
            whole["nlu"].append(blocks[example.intent])
        metadata = {"labelled_by": by, "labelled_on": on.isoformat()}
        blocks[example.intent]["examples"].append({"text": example.text, "metadata": metadata})
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        yaml.dump(whole, file)
    unfinished.replace(path)


def asked(rows: Iterable[dict[str, str]], named: Mapping[str, str], ask: Callable[[str], str]) -> list[dict[str, Any]]:
    """The rows, those without a label asked for: Enter leaves one undecided, q the rest."""
    given, stopped = [], False
    for row in rows:
        while not stopped and not (row.get(LABEL) or "").strip():
            heard = row.get(HEARD_AS) or "没听懂"
            label = ask(f"\n{row[TEXT]}\n（当时听成：{heard}）标为，回车跳过，q 到此为止：").strip()
            stopped = label == "q"
            if stopped or not label:
                break
            row = row | {LABEL: label} if label in named else row
        given.append(row)
    return given


def main() -> int:
    """Adds what is labelled; 0 when it did, 2 when the file or a label won't do."""
    parser = argparse.ArgumentParser(description="把标好的问题加进训练例句")
    parser.add_argument("file", type=Path, help="服务台导出的 CSV，加了一列「标为」")
    parser.add_argument("--by", required=True, help="谁标的")
    parser.add_argument("--ask", action="store_true", help="没标的一句一句问")
    options = parser.parse_args()
    try:
        named, rows = labels(), read_rows(options.file)
        found = sort_out(asked(rows, named, input) if options.ask else rows, named, known_texts())
    except BadFile as fault:
        print(fault, file=sys.stderr)
        return 2
    if found.taken:
        add(found.taken, options.by, bootstrap.today(), ROOT / REVIEWED)
    print(*found.left_out, sep="\n")
    print(f"加了{len(found.taken)}句，不要的{len(found.left_out)}句，没标的{found.undecided}句。")
    print("接着：cp models/assistant.tar.gz /tmp/before.tar.gz，make model，再用 scripts.compare_models 比一比。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
