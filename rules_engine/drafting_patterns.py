"""What in a leaflet may be a fact of a provision: patterns over words, for shares, periods, phones, papers.

Words come from jieba and are matched by spaCy's matchers. Both take a while to load and the engine does
without them, so they are imported by the functions that use them, for the command `draft` only.
"""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules_engine.packs import read_yaml

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span

WORDS_FILE = Path(__file__).with_name("drafting_words.yml")
DIGITS = "一二三四五六七八九十百千两半"
UNITS = "个工作日|工作日|个自然日|个月|万元|小时|元|天|日|月|年|家"
# What jieba must not cut or glue together: addresses, numbers, units after a number, what follows a unit.
WHOLE = re.compile(
    r"(?:https?://)?(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org)(?![A-Za-z])(?:/[\w./?=&%-]*)?"
    rf"|百分之[{DIGITS}点零]+|百分之\d+(?:\.\d+)?|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|[〇零一二三四五六七八九]{{4}}(?=年)|半(?=年)"
    rf"|[{DIGITS}]+(?=个工作日|工作日|个自然日|个月|万元|元|[天日年](?:内|以|有)|月底|月\d)"
    rf"|(?<=[\d{DIGITS}〇])(?:{UNITS})|(?<=[\d{DIGITS}个作][月日天年])(?:以上|以内|之内|内|底前|底|前|末|有效|起)|[A-Za-z]+"
)
NUMBER = rf"^(?:\d[\d,]*(?:\.\d+)?|[{DIGITS}]+)$"
YEAR = r"^(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4})$"
NOUN_TAGS = ("n", "nr", "ns", "nt", "nz", "vn", "j", "an", "l", "i", "eng", "ng", "f", "s", "b")
PHONE = re.compile(
    r"(?<![\d.A-Za-z-])(?P<first>(?:0\d{2,3}[-—– ]{1,2}|[（(]0\d{2,3}[）)] ?)\d{3,4} ?\d{4}|0\d{9,11}"
    r"|[48]00-?\d{3}-?\d{4}|1[3-9]\d-?\d{4}-?\d{4}"
    r"|(?<=话)[:： ]*\d{7,8}|12\d{3})(?P<more>(?:[/、,，或 ]+\d{7,8}(?!\d))*)(?![\d.]|-\d)"
)


@dataclass(frozen=True)
class Found:
    """A stretch of a paragraph that may be a fact: its kind, and where it stands in the text."""

    kind: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many signs it has."""
        return self.end - self.start


def find(text: str) -> list[Found]:
    """What may be a fact in one paragraph, in the order of the text; of two overlapping ones of a kind the longer."""
    from spacy.util import filter_spans

    doc = _as_doc(text)
    by_kind: dict[str, list[Span]] = {}
    for span in (*_matcher()(doc, as_spans=True), *_phrases()(doc, as_spans=True), *_forms(doc)):
        by_kind.setdefault(span.label_, []).append(span)
    found = [
        Found(kind, span.start_char, span.end_char) for kind, spans in by_kind.items() for span in filter_spans(spans)
    ]
    return sorted(_without_covered(found), key=lambda one: (one.start, one.kind))


def words() -> Mapping[str, Any]:
    """The lists of drafting_words.yml."""
    return _words()


@cache
def _words() -> dict[str, Any]:
    return read_yaml(WORDS_FILE)


def _without_covered(found: Sequence[Found]) -> Iterator[Found]:
    """Leaves out a date or period that overlaps a longer one: 31日前 in 12月31日前."""
    dated = [one for one in found if one.kind in ("date", "period")]
    for one in found:
        overlapping = (other for other in dated if other.start < one.end and one.start < other.end)
        rivals = [other for other in overlapping if other.kind != one.kind]
        if one not in dated or all(one.length > other.length for other in rivals):
            yield one


@cache
def _language() -> "Language":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies warn about each other
        import spacy

        return spacy.blank("zh")


@cache
def _tagger() -> Any:
    """jieba's tagger with a dictionary of its own, which has our words as nouns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    for name in ("nouns", "channel_heads", "paper_heads"):
        for word in _words()[name]:
            cutter.add_word(word, tag="n")
    for name in ("deadlines", "refused", "shares", "limits"):
        for word in _words()[name]:
            cutter.add_word(word, tag="d")
    return jieba.posseg.POSTokenizer(cutter)


def _as_doc(text: str) -> "Doc":
    """The text as a spaCy Doc whose tokens are jieba's words, numbers and units apart; no character is lost."""
    from spacy.tokens import Doc

    cut = [(word, tag) for piece, is_whole in _pieces(text) for word, tag in _tagged(piece, is_whole)]
    return Doc(
        _language().vocab, words=[word for word, _ in cut], spaces=[False] * len(cut), tags=[tag for _, tag in cut]
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for match in WHOLE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match.group(), True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def _tagged(piece: str, is_whole: bool) -> list[tuple[str, str]]:
    if is_whole:
        is_name = piece.isalpha() and piece.isascii()
        return [(piece, "eng" if is_name else "m")]
    return [(pair.word, pair.flag) for pair in _tagger().lcut(piece)]


@cache
def _matcher() -> "Matcher":
    from spacy.matcher import Matcher

    matcher = Matcher(_language().vocab)
    for kind, patterns in _patterns().items():
        matcher.add(kind, patterns, greedy="LONGEST")
    return matcher


def _patterns() -> dict[str, list[list[dict[str, Any]]]]:
    nouns = {"TAG": {"IN": list(NOUN_TAGS)}, "OP": "{0,5}"}
    maybe, some = {"OP": "?"}, {"OP": "+"}
    name = [_one_of("“") | maybe, nouns, _one_of("”") | maybe, {"IS_SPACE": True} | maybe]
    return {
        "share": [
            [_like(NUMBER), _one_of("%", "％")], [_like("^百分之.")], [_like(NUMBER), _one_of("个"), _one_of("百分点")],
        ],
        "amount": [[_like(NUMBER), _one_of("元", "万元")]],
        "count": [[_like(r"^\d+$"), _one_of("家")]],
        "period": _periods(),
        "date": _dates(),
        "website": [[_like(r"\.(?:com|cn|net|org)\b")]],
        "channel": [[*name, _one_of(*_words()["channel_heads"]) | some]],
        "paper": [[nouns, _one_of(*_words()["paper_heads"]) | some, _one_of("原件", "复印件", "材料") | maybe]],
    }


def _periods() -> list[list[dict[str, Any]]]:
    number, whole, day = _like(NUMBER), _like(r"^\d{1,2}$|^十?[一二三四五六七八九十]$"), _one_of("日", "号")
    since = _one_of("之日起", "当日起") | {"OP": "?"}
    about, each_year = _one_of(*_words()["limits"]), _one_of("每年", "次年", "当年", "每")
    units = _one_of("个月", "个工作日", "工作日", "个自然日", "天", "小时")
    limit = _one_of("以上", "以内", "之内", "内", "有效", "前", "后", "起", "之前", "之后", "止")
    optional = {"OP": "?"}
    return [
        [since, about | optional, number, units, limit | optional],
        [since, about | optional, number, _one_of("日", "年"), limit], [since, about, number, _one_of("日", "年")],
        [number, _one_of("日")], [_one_of("半"), _one_of("年"), limit | optional],
        [each_year | optional, whole, _one_of("月"), _one_of("底", "底前", "末", "前"), limit | optional],
        [each_year, whole, _one_of("月"), whole, day, limit | optional],
        [_one_of("每月"), number, day, limit | optional],
    ]


def _dates() -> list[list[dict[str, Any]]]:
    year, number = [_like(YEAR), _one_of("年")], _like(r"^\d{1,2}$|^[一二三四五六七八九十]{1,3}$")
    month, day = [number, _one_of("月")], [number, _one_of("日", "号"), _one_of("前", "起", "止", "后") | {"OP": "?"}]
    end = [_one_of("底", "底前", "末"), _one_of("前") | {"OP": "?"}]
    dotted = [_like(r"^20\d\d\.(?:0?[1-9]|1[0-2])$")]
    return [[*year, *month, *day], [*year, *month], [*month, *day], year, [*year, *end], dotted]


def _one_of(*texts: str) -> dict[str, Any]:
    return {"TEXT": {"IN": list(texts)}}


def _like(pattern: str) -> dict[str, Any]:
    return {"TEXT": {"REGEX": pattern}}


@cache
def _phrases() -> Any:
    from spacy.matcher import PhraseMatcher

    matcher = PhraseMatcher(_language().vocab)
    for kind, name in (("period", "deadlines"), ("refused", "refused"), ("share", "shares")):
        matcher.add(kind, [_as_doc(word) for word in _words()[name]])
    return matcher


def _forms(doc: "Doc") -> Iterator["Span"]:
    """Phones, and forms between 《 and 》: written sign by sign, so read from the characters."""
    for match in re.finditer(r"《[^》]{2,40}(?:表|书|函|协议)》", doc.text):
        yield from _span(doc, match.span(), "paper")
    for number in phones(doc.text):
        yield from _span(doc, number, "phone")


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand; a further number after a slash (0991-4680625/4680662) is one of its own."""
    for match in PHONE.finditer(text):
        yield match.span("first")
        if match["more"]:
            start = match.start("more")
            yield from ((start + one.start(), start + one.end()) for one in re.finditer(r"\d{7,8}", match["more"]))


def _span(doc: "Doc", where: tuple[int, int], kind: str) -> Iterator["Span"]:
    span = doc.char_span(*where, label=kind, alignment_mode="expand")
    if span is not None:
        yield span
