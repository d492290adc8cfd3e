"""A leaflet's text as it was meant to be read: broken lines joined, print doubled by a scan made single.

Every character keeps the number of the line it stands on, so that a person can look it up.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

CHINESE_NUMBER = "[一二三四五六七八九十百]+"
# headings by depth: 一、 （一） 1、 （1） ①
MARKERS = (
    re.compile(rf"(?:第?({CHINESE_NUMBER})(?:[、.．]|[条章节])|第({CHINESE_NUMBER})问)"),
    re.compile(rf"[（(]({CHINESE_NUMBER})[)）]"),
    re.compile(r"(\d{1,2})[、.．](?!\d)"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
NUMBERED, BRACKETED = 2, (1, 3)
ENDS_SENTENCE = "。！？；：!?;:"
GOES_ON = "，、,（(《“-—"
PAGE_NUMBER = re.compile(r"[-—·\s]*\d{1,3}[-—·\s]*")
DOUBLED_PHONE = re.compile(r"(0\d{2,3})\1[-—]{2}(\d{7,8})\2")
MARKDOWN_SIGNS = re.compile(r"^\s*#+\s*|\*\*")
FULL_WIDTH_SHARE = 3, 4  # a line reaches this much of the next one's width: it was broken by the margin
LONG_LINE = 15
SMALLEST_DOUBLED = 4


@dataclass
class Paragraph:
    """Lines that belong together; `lines` has one line number per character, `clause` is such as 二（二）5."""

    text: str = ""
    lines: list[int] = field(default_factory=list)
    clause: str = ""
    begins_clause: bool = False

    def add(self, text: str, number: int) -> None:
        """The next line, joined on without a space."""
        self.text += text
        self.lines += [number] * len(text)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str
    is_title: bool

    @property
    def depth(self) -> int | None:
        """How deep the heading is that this line begins with, None where it begins with none."""
        return next((depth for depth, marker in enumerate(MARKERS) if marker.match(self.text)), None)


def paragraphs(text: str) -> list[Paragraph]:
    """The text's paragraphs in order, each with the clause it stands in."""
    lines = [line for number, raw in enumerate(text.splitlines(), 1) if (line := _cleaned(number, raw)).text]
    found: list[Paragraph] = []
    clauses = _Clauses()
    for index, line in enumerate(lines):
        if not index or not _goes_on(lines[index - 1], line, found[-1].text):
            found.append(Paragraph())
        found[-1].add(line.text, line.number)
    titles = {line.number for line in lines if line.is_title}
    for paragraph in found:
        paragraph.begins_clause = any(marker.match(paragraph.text) for marker in MARKERS)
        paragraph.clause = clauses.of(paragraph, paragraph.lines[0] in titles)
    return found


def _cleaned(number: int, raw: str) -> _Line:
    """One width of letters and digits, no spaces inside Chinese, doubled print made single."""
    is_title = raw.lstrip().startswith("#")
    text = MARKDOWN_SIGNS.sub("", "".join(map(_half_width, raw))).strip()
    text = re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text).replace("\t", " ")
    text = DOUBLED_PHONE.sub(r"\1-\2", _undoubled(text))
    return _Line(number, "" if PAGE_NUMBER.fullmatch(text) else text, is_title)


def _half_width(sign: str) -> str:
    """Letters, digits and % in half width; Chinese punctuation stays as it is."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and (plain.isalnum() or plain in "%/-") and sign not in "①②③④⑤⑥⑦⑧⑨⑩" else sign


def _undoubled(text: str) -> str:
    """The line once, where the scan has every piece of it twice in a row: 电话电话：：05140514 is 电话：0514."""
    pieces = [_single(piece) for piece in text.split(" ")]
    is_doubled = all(piece is not None for piece in pieces) and len(text) >= SMALLEST_DOUBLED
    return "".join(piece or "" for piece in pieces) if is_doubled else text


def _single(piece: str) -> str | None:
    """The piece with each doubled stretch once, None where not all of it is doubled."""
    best: list[str | None] = [""]  # for each length from the start
    for end in range(1, len(piece) + 1):
        best.append(None)
        for half in range(end // 2, 0, -1):
            start = end - 2 * half
            before = best[start]
            if before is not None and piece[start : start + half] == piece[start + half : end]:
                best[end] = before + piece[start : start + half]
                break
    return best[-1]


def _goes_on(line: _Line, following: _Line, so_far: str) -> bool:
    """Whether a line break is only where the margin was: the sentence goes on in the following line."""
    if line.is_title or following.is_title or following.depth is not None or line.text[-1] in ENDS_SENTENCE:
        return False
    is_open = so_far.count("（") > so_far.count("）") or so_far.count("《") > so_far.count("》")
    if line.text[-1] in GOES_ON or following.text[0] in "，、。）)》" or is_open:
        return True
    if " " in line.text or " " in following.text:  # a row of a table
        return False
    reach, whole = FULL_WIDTH_SHARE
    is_full = len(line.text) * whole >= reach * len(following.text)
    return is_full or (line.depth is None and len(line.text) >= LONG_LINE)


class _Clauses:
    """Follows the headings through the text, and names the clause a paragraph stands in."""

    def __init__(self) -> None:
        self.open: list[tuple[int, str]] = []
        self.questions_depth: int | None = None  # how deep the marks of numbered questions look

    def of(self, paragraph: Paragraph, is_title: bool) -> str:
        """The clause after this paragraph's own heading, if it has one: 二（二）5."""
        for depth, marker in enumerate(MARKERS):
            found = marker.match(paragraph.text)
            if found:
                self._enter(self._true_depth(depth, paragraph, is_title), self._label(depth, found))
                break
        return re.sub(r"(?<=\d)\|(?=\d)", ".", "|".join(label for _, label in self.open)).replace("|", "")

    def _true_depth(self, depth: int, paragraph: Paragraph, is_title: bool) -> int:
        """Numbered questions (1、……？) stand at the top, whatever came before them."""
        if depth == NUMBERED and not is_title and ("？" in paragraph.text or "?" in paragraph.text):
            self.questions_depth = depth
        elif depth < NUMBERED:
            self.questions_depth = None
        return 0 if is_title or depth == self.questions_depth else depth

    def _enter(self, depth: int, label: str) -> None:
        self.open = [*(one for one in self.open if one[0] < depth), (depth, label)]

    @staticmethod
    def _label(depth: int, found: re.Match[str]) -> str:
        number = next(group for group in found.groups() if group)
        return f"（{number}）" if depth in BRACKETED else number


def sentences(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends in the paragraph's text."""
    start = 0
    for found in re.finditer(r"[^。！？；!?;]+[。！？；!?;]*", paragraph.text):
        start, end = found.span()
        yield start, end
