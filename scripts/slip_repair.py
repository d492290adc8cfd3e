"""How often `put_right` changes what was no slip, and how often it mends one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice

import opencc

from scripts.markdown import share, table
from scripts.spoken_words import is_word, like_sounding
from understanding.slips import WORDS, put_right

LISTED = 10  # kinds of change to a word, and as many to a place
CARRIERS = 3  # sentences that each slip is put in
MENDED, MADE_OTHER, LEFT_A_WORD, LEFT = "改对", "改成别的", "没动，它自己是个词", "没动"
Change = tuple[str, str]  # what was written, and what it was made


def changes(texts: Iterable[str]) -> list[Change]:
    """The texts that are changed, with what becomes of them. In simplified characters, as the normaliser hands them."""
    simplified = (_to_simplified().convert(text) for text in texts)
    return [(text, fixed) for text in simplified if (fixed := put_right(text)) != text]


def stretches(change: Change) -> list[Change]:
    """Each run of changed characters, and what it was made."""
    runs = groupby(zip(*change, strict=True), key=lambda pair: pair[0] == pair[1])
    changed = [tuple(zip(*run, strict=True)) for is_same, run in runs if not is_same]
    return [("".join(said), "".join(made)) for said, made in changed]


def slips_of(word: str) -> Iterator[str]:
    """The word with one character replaced by each that sounds like it."""
    for at in range(len(word)):
        for sign in like_sounding(word, at):
            yield word[:at] + sign + word[at + 1:]


def outcome(before: str, slip: str, after: str, word: str) -> str:
    """What becomes of a slip of the word between these."""
    fixed = put_right(before + slip + after)[len(before):len(before) + len(word)]
    if fixed == word:
        return MENDED
    if fixed != slip:
        return MADE_OTHER
    return LEFT_A_WORD if is_word(slip) else LEFT


def repair(texts: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """What becomes of every slip of every word: by itself, and in sentences of the texts that have the word."""
    alone, within = Counter[str](), Counter[str]()
    for word in WORDS:
        carriers = list(islice((text for text in texts if word in text), CARRIERS))
        for slip in slips_of(word):
            alone[outcome("", slip, "", word)] += 1
            for before, _, after in (text.partition(word) for text in carriers):
                within[outcome(before, slip, after, word)] += 1
    return alone, within


def slip_lines(texts_by_source: Mapping[str, Sequence[str]]) -> list[str]:
    """The chapter on slips: what is changed in each source's texts, and what is mended."""
    changed = {source: changes(texts) for source, texts in texts_by_source.items()}
    rows = [[source, len(texts), len(changed[source]), share(len(changed[source]), len(texts))]
            for source, texts in texts_by_source.items()]
    found = [change for ones in changed.values() for change in ones]
    repaired = repair([text for texts in texts_by_source.values() for text in texts])
    outcomes = [[kind, *(f"{counted[kind]}（{share(counted[kind], counted.total())}）" for counted in repaired)]
                for kind in (MENDED, MADE_OTHER, LEFT_A_WORD, LEFT)]
    head = ["原来", "改成", "几处", "例子"]
    return [
        "平常的句子改了多少。训练例句里有些是故意写错的，所以改动的不都是误改，要看下面列的。", "",
        *table(["句子", "共", "改了", "占"], rows),
        "改动里有 WORDS 里没有的字，是改成了地名的：", "", *table(head, _kinds(found, is_place=True)),
        "其余最常见的改动：", "", *table(head, _kinds(found, is_place=False)),
        "把 WORDS 里的词换一个同音字，改回来多少：", "", *table(["结果", "单独一个词", "在句子里"], outcomes),
    ]


def _kinds(found: Iterable[Change], *, is_place: bool) -> list[list[object]]:
    """The commonest kinds of change that make a place's name (or one of our words), with how often and an example."""
    examples: dict[Change, list[str]] = {}
    for change in found:
        for said, made in stretches(change):
            if is_place == bool(set(made) - set("".join(WORDS))):
                examples.setdefault((said, made), []).append(change[0])
    kinds = sorted(examples.items(), key=lambda kind: -len(kind[1]))[:LISTED]
    return [[said, made, len(texts), texts[0]] for (said, made), texts in kinds]


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
