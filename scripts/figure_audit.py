"""Looks through replies for figures that no document of the region gives, and for another region's documents."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import cn2an

from rules_engine import packs, regions
from services import bootstrap

FIGURE = re.compile(r"\d+(?:\.\d+)?%|\d[\d,]*元|\d+个?月(?!\d)|\d+天|\d{3,4}-\d{7,8}|(?<!\d)12\d{3}(?!\d)")

COMPUTED = ("cost", "cost_text", "cost_note")


@cache
def figures_of(area: str) -> frozenset[str]:
    """Every figure that the area's packs, the national ones or the words around answers give."""
    policy = bootstrap.answers().packs
    words = [str(value) for value in packs.read_yaml(packs.PACKS_DIR / "frame.yml")["frame"].values()]
    for code in {area, regions.NATIONAL}:
        for provision in policy.provisions(code):
            words.append(provision.note)
            for version in provision.versions:
                words += [version.wording.says, version.wording.detail, *version.wording.to_do]
        words += [contact.phone for contact in policy.contacts_for(code)]
    return frozenset(figure for text in words for figure in FIGURE.findall(text))


@cache
def documents_of(area: str) -> frozenset[str]:
    """The documents that may be cited for the area."""
    return bootstrap.answers().documents_of(area)


def foreign_figures(bubbles: list[dict[str, Any]], said: str) -> Iterator[str]:
    """A line for each figure or source that is neither the region's, nor the country's, nor the person's own."""
    areas = [b["custom"]["region"] for b in bubbles if b.get("custom", {}).get("kind") == "answer"]
    if not areas or not areas[0]:
        return
    for bubble in bubbles:
        if bubble.get("custom", {}).get("kind") in COMPUTED:
            continue  # sums are worked out, and compared with cases worked out by hand
        for citation in bubble.get("custom", {}).get("citations", ()):
            if citation["document"] not in documents_of(areas[0]):
                yield f"引了别处的文件：{citation['document']}"
        text = re.sub(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|不是[^。]{1,12}，是", "", bubble.get("text", ""))
        for figure in FIGURE.findall(text):
            if figure not in figures_of(areas[0]) and not _was_said(figure, said):
                yield f"没有出处的数字：{figure}（{regions.short_name(areas[0])}）"


def _was_said(figure: str, said: str) -> bool:
    """Whether the person named the figure, in digits or in Chinese (八个月)."""
    in_chinese = re.sub(r"\d+", lambda match: str(cn2an.an2cn(match[0])), figure)
    return figure in said or in_chinese in said
