"""Numbers by which people name a filing aloud: 371000-261122-4821-0937-6."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date

from stdnum import luhn

RANDOM_DIGITS = 8
_GROUPS = re.compile(r"(\d{6})(\d{6})(\d{4})(\d{4})(\d)")


def random_digits() -> str:
    """Eight digits that cannot be guessed from other numbers."""
    return f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"


def filing_number(insured_region: str, day: date, digits: str) -> str:
    """Region, day, random digits and a check digit, grouped for reading aloud."""
    body = f"{insured_region}{day:%y%m%d}{digits}"
    return _grouped(body + luhn.calc_check_digit(body))


def read_filing_number(text: str) -> str | None:
    """The filing number in `text` however it was spaced; None if a digit is wrong or missing."""
    digits = re.sub(r"[\s\-－—–_.]", "", unicodedata.normalize("NFKC", text))
    if not _GROUPS.fullmatch(digits) or not luhn.is_valid(digits):
        return None
    return _grouped(digits)


def _grouped(digits: str) -> str:
    return _GROUPS.sub(r"\1-\2-\3-\4-\5", digits)
