"""What people type, brought to one form before it is checked."""

from __future__ import annotations

import re
import unicodedata

# 幺 is how 1 is read aloud in numbers; 两 never is.
SPOKEN_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_SPACES_AND_DASHES = re.compile(r"[\s\-‐-―−_.·,。、/:]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

# Before a number that is the answer; and what makes it somebody else's, or one that was.
_MEANS_IT = re.compile(r"(?:^|是|改成|改为|换成|成|啊|哦|嗯)$")
_OF_ANOTHER = re.compile("不是|不要|别|原来|以前|之前|妈|爸|爹|娘|儿|女|爱人|老伴|老公|老婆|他|她|家")

HAN = r"〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"


def tidy(raw: str) -> str:
    """Half-width, no invisible characters, single spaces, trimmed."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw))
    return " ".join(visible.split())


def without_lead(text: str, lead: str) -> str:
    """`text` without an opening such as 我的电话是; `lead` is a pattern."""
    return re.sub(rf"^(?:{lead})[\s:是为]*", "", text)


def digits_typed(text: str) -> str:
    """`text` with spoken digits as figures and without the marks people put between them."""
    return _SPACES_AND_DASHES.sub("", text).translate(SPOKEN_DIGITS)


def number_at_the_end(text: str, digits: str) -> str | None:
    """The one number of that pattern with which digits_typed's `text` ends, words before it: 打错了是138….

    None where there is another number, none, or one that may be somebody else's, or no longer right.
    """
    match = re.fullmatch(rf"(?P<before>[^0-9]*)(?P<number>{digits})(?:对吧|吧|啊|呀|哈|哦)*", text)
    if match is None or not _MEANS_IT.search(match["before"]) or _OF_ANOTHER.search(match["before"]):
        return None
    return match["number"]
