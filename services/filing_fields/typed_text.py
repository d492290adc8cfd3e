"""What people type, brought to one form before it is checked."""

from __future__ import annotations

import re
import unicodedata

# 幺 is how 1 is read aloud in numbers; 两 never is.
SPOKEN_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_SPACES_AND_DASHES = re.compile(r"[\s\-‐-―−_.·,。、/:]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

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
