"""A filing number, the last four of an ID number and a phone in what someone typed, in whatever order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from services import masking
from services.filing_numbers import read_filing_number

_GAP = r"[\s\-－—–_.]{0,2}"
_NUMBER = re.compile(rf"(?<!\d)\d{{6}}{_GAP}\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d(?!\d)")
# Called a filing number, but with a digit too few or too many.
_NAMED = re.compile(r"备案(?:编)?号[码是为:：\s]*(\d[\d\-－—–_.]{15,30}\d)(?!\d)")
_MOBILE = r"(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"
_FIXED = r"[(（]?0\d{2,3}[)）]?[\s-]?\d{7,8}"
_PHONE = re.compile(rf"(?<!\d)(?:{_MOBILE}|{_FIXED})(?!\d)")
_COUNTRY = re.compile(r"^\+?86[\s-]?(?=1)")
_WHOLE_ID = re.compile(r"(?<![0-9A-Za-z])\d{14}(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_LAST_FOUR = re.compile(r"(?<![0-9A-Za-z])(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_HIDDEN = "****"


@dataclass(frozen=True)
class LookUpSaid:
    """What was typed of the three. `filing_no` is grouped when its check digit is right, else as typed."""

    filing_no: str | None
    id_last_four: str | None
    phone: str | None

    @property
    def is_whole(self) -> bool:
        """Whether a filing can be looked for with it."""
        return bool(self.filing_no and self.id_last_four and self.phone)

    @property
    def is_readable(self) -> bool:
        """Whether what is called a filing number can be one; else it may be an ID number."""
        return self.filing_no is not None and read_filing_number(self.filing_no) is not None

    @property
    def in_one_line(self) -> str:
        """All that was said as it may be kept under a token, to be read again by look_up_said."""
        return " ".join(part for part in (f"备案号{self.filing_no}", self.id_last_four, self.phone) if part)


def look_up_said(text: str, filing_no: str | None = None) -> LookUpSaid:
    """What a message tells for a look-up; `filing_no`: the number that was said before this message."""
    rest = unicodedata.normalize("NFKC", text)
    found = next((m for m in _NUMBER.finditer(rest) if read_filing_number(m[0])), None)
    found = found or _NUMBER.search(rest) or _NAMED.search(rest)
    if found:
        filing_no = read_filing_number(found[0]) or re.sub(r"\D", "", found[0])
        rest = f"{rest[:found.start()]} {rest[found.end():]}"
    whole_id = _WHOLE_ID.search(rest)
    if whole_id:
        rest = f"{rest[:whole_id.start()]} {rest[whole_id.end():]}"
    phone = _PHONE.search(rest)
    if phone:
        rest = f"{rest[:phone.start()]} {rest[phone.end():]}"
    last_four = whole_id or _LAST_FOUR.search(rest)
    return LookUpSaid(
        filing_no, last_four[1].upper() if last_four else None, _COUNTRY.sub("", phone[0]) if phone else None
    )


def shown_look_up(said: LookUpSaid) -> str:
    """The look-up as the history shows it: the number, which is no secret to its owner, and the rest hidden."""
    digits = re.sub(r"\D", "", said.phone or "")
    number = said.filing_no if said.is_readable else masking.mask_id_number(said.filing_no or "")
    parts = [number, _HIDDEN if said.id_last_four else None, masking.mask_phone(digits) if digits else None]
    return " ".join(part for part in parts if part)
