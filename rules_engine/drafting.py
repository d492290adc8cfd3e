"""A drafting aid: figures, periods, phones, channels and papers that a leaflet may state, for a person to check.

A draft is no pack and cannot be loaded as one: nothing in it answers anybody before somebody has checked it
against the document and written it as a provision.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules_engine.drafting_lines import Paragraph, paragraphs, sentences
from rules_engine.drafting_patterns import Found, find, words
from rules_engine.drafting_values import value_and_unit
from rules_engine.errors import PolicyError

KINDS = {
    "share": "比例", "amount": "金额", "period": "期限", "in_force": "执行日期", "date": "日期", "count": "数目",
    "phone": "电话", "website": "网址", "channel": "渠道", "paper": "材料", "refused": "不受理、不报销",
}
# what a kind is mostly about, as a weight beside the words of the sentence
TOPICS_OF_KINDS = {
    "share": "share_borne", "phone": "contact", "channel": "channels", "paper": "materials", "website": "policy_source",
}
REPEATED_WITHOUT_NEWS = frozenset({"channel", "paper", "website"})
IN_SENTENCE, IN_HEADING, OF_KIND = 3, 2, 3
AFTER_DATE = 4
AROUND = 16  # signs shown on each side of what was found
HEADER = """\
# 草稿：从文件里挑出来的，一条都没有核对，不能直接当规定用。
# 对着原文看 line 那一行；对的，用自己的话写进政策包，把这里的 checked 改成 true，或删掉这一条。
# topic 和 clause 是猜的。没挑出来的不等于文件没写。
"""


class UnreadableLeaflet(PolicyError):
    """A file that is no plain text, or a draft that would be overwritten. In Chinese: policy officers read it."""


@dataclass(frozen=True)
class Proposal:
    """One thing that may be a fact. `quote` is what stands around it, shortened; topic and clause are guesses."""

    kind: str
    text: str
    line: int
    clause: str
    topic: str
    quote: str
    value: str | None = None
    unit: str = ""
    checked: bool = False


def draft(text: str) -> list[Proposal]:
    """What may be facts in the text, in its order. A channel or paper is named once in each clause."""
    proposals: list[Proposal] = []
    seen: set[tuple[str, str, str]] = set()
    heading = ""
    for paragraph in paragraphs(text):
        if paragraph.begins_clause:
            heading = paragraph.text
        for found in find(paragraph.text):
            proposal = _proposal(paragraph, found, heading, proposals)
            key = (proposal.kind, proposal.text, proposal.clause)
            if proposal.kind not in REPEATED_WITHOUT_NEWS or key not in seen:
                proposals.append(proposal)
            seen.add(key)
    return proposals


def as_yaml(source: str, proposals: Sequence[Proposal]) -> str:
    """The draft as a file to work through."""
    from ruamel.yaml import YAML

    content = {"draft": {"source": source, "checked": False}, "proposals": [_row(one) for one in proposals]}
    out = io.StringIO()
    yaml = YAML()
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, out)
    return HEADER + out.getvalue()


def command_lines(leaflet: Path, out: Path | None) -> Iterator[str]:
    """The draft itself, or what was written into `out`. Raises UnreadableLeaflet."""
    if out and out.exists():
        raise UnreadableLeaflet(f"{out} 已经有了，里面也许有核对过的。请换一个名字。")
    proposals = draft(_text_of(leaflet))
    if not out:
        yield as_yaml(leaflet.name, proposals)
        return
    out.write_text(as_yaml(leaflet.name, proposals), encoding="utf-8")
    counted = Counter(proposal.kind for proposal in proposals)
    parts = "，".join(f"{title}{counted[kind]}处" for kind, title in KINDS.items() if counted[kind])
    yield f"从 {leaflet.name} 挑出{len(proposals)}处：{parts or '什么也没有'}。"
    yield f"写在 {out}，一条都没有核对。请对着原文一条条看，再写进政策包。"


def _text_of(leaflet: Path) -> str:
    if not leaflet.is_file():
        raise UnreadableLeaflet(f"没有 {leaflet} 这个文件。请核对名字。")
    content = leaflet.read_bytes()
    if b"\0" not in content and not content.startswith(b"%PDF"):
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UnreadableLeaflet(f"{leaflet} 不是纯文字的文件。PDF、Word、图片请先转成 .txt 再试。")


def _proposal(paragraph: Paragraph, found: Found, heading: str, before: Sequence[Proposal]) -> Proposal:
    text = paragraph.text[found.start : found.end].strip()
    start, end = next(span for span in sentences(paragraph) if span[0] <= found.start < span[1])
    value, unit = value_and_unit(found.kind, text, [one.value or "" for one in before if one.kind == "phone"])
    return Proposal(
        kind=_kind(found, paragraph.text), text=text, line=paragraph.lines[found.start], clause=paragraph.clause,
        topic=_topic(found.kind, paragraph.text[start:end], heading),
        quote=_shortened(paragraph.text, found, start, end), value=value, unit=unit,
    )


def _kind(found: Found, text: str) -> str:
    """A date after which «起执行» or the like comes is the day something takes effect."""
    after = text[found.start : found.end + AFTER_DATE]
    return "in_force" if found.kind == "date" and any(word in after for word in words()["in_force"]) else found.kind


def _topic(kind: str, sentence: str, heading: str) -> str:
    """The topic whose words stand most in the sentence and its heading; "" where none does."""
    weights = Counter({topic: _weight(cues, sentence, heading) for topic, cues in words()["topics"].items()})
    if kind in TOPICS_OF_KINDS:
        weights[TOPICS_OF_KINDS[kind]] += OF_KIND
    topic, weight = weights.most_common(1)[0]
    return topic if weight else ""


def _weight(cues: Sequence[str], sentence: str, heading: str) -> int:
    return sum(IN_SENTENCE * (cue in sentence) + IN_HEADING * (cue in heading) for cue in cues)


def _shortened(text: str, found: Found, start: int, end: int) -> str:
    """What stands around it within its sentence."""
    first, last = max(start, found.start - AROUND), min(max(end, found.end), found.end + AROUND)
    shown = text[first:last].strip()
    return f"{'…' if first > start else ''}{shown}{'…' if last < end else ''}"


def _row(proposal: Proposal) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": KINDS[proposal.kind], "text": proposal.text, "line": proposal.line, "clause": proposal.clause,
        "topic": proposal.topic, "quote": proposal.quote,
    }
    known = {"value": proposal.value, "unit": proposal.unit}
    return row | {name: value for name, value in known.items() if value} | {"checked": proposal.checked}
