"""How a person is reached: phone and postal address."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberType

from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import HAN, digits_typed, number_at_the_end, tidy, without_lead
from services.filing_records import FieldProblem

CHINA = 86
MOBILE_DIGITS = 11
FIXED_DIGITS = (10, 12)  # with the area code and its 0
LOCAL_DIGITS = (7, 8)  # without
ADDRESS_MIN, ADDRESS_MAX = 5, 100

_PHONE_LEAD = "(?:我|本人)?的?(?:联系)?(?:电话|手机)(?:号码?|的?号)?|打"
_ADDRESS_LEAD = "(?:我|本人)?的?(?:通讯|联系|现住|居住|收件|家庭)?(?:地址|住址)|我?(?:现在)?住在"


def check_phone(raw: str, asked: Asked) -> str:
    """A mainland mobile number (13812345678) or a fixed one with its area code (0631-5231234)."""
    return spelled_phone(raw)


def spelled_phone(raw: str) -> str:
    """The number as filings keep it, whatever way it was typed. FieldProblem where it is none."""
    text = digits_typed(without_lead(tidy(raw), _PHONE_LEAD)).replace("(", "").replace(")", "")
    number = _national(text) if re.fullmatch(r"\+?[0-9]+", text) else _only_number_in(text)
    _check_length(number)
    return _spelled(number)


def _national(text: str) -> str:
    """Digits as dialled within the mainland."""
    if not text.startswith(("+", "00")):
        # 8613812345678 without the plus: no mainland number is dialled like that.
        return text[2:] if re.fullmatch(r"861[0-9]{10}", text) else text
    international = text if text.startswith("+") else "+" + text[2:]
    try:
        parsed = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        raise _phone_problem("phone_invalid") from None
    if parsed.country_code != CHINA:
        raise _phone_problem("phone_not_chinese", country_code=str(parsed.country_code))
    number = str(parsed.national_number)
    return number if number.startswith("1") and len(number) >= MOBILE_DIGITS else "0" + number


def _only_number_in(text: str) -> str:
    """The mobile number that a message ends in: 改成138….  Raises where there is none, or it is not surely meant."""
    found = number_at_the_end(text, f"1[0-9]{{{MOBILE_DIGITS - 1}}}")
    if found is None:
        raise _phone_problem("phone_not_a_number")
    return found


def _check_length(number: str) -> None:
    if number.startswith("0"):
        shortest, longest = FIXED_DIGITS
    elif len(number) in LOCAL_DIGITS and not number.startswith("1"):
        raise _phone_problem("phone_needs_area_code")
    else:
        shortest = longest = MOBILE_DIGITS
    if len(number) < shortest:
        raise _phone_problem("phone_too_short", given=len(number), needed=shortest)
    if len(number) > longest:
        raise _phone_problem("phone_too_long", given=len(number), needed=longest)


def _spelled(number: str) -> str:
    parsed = phonenumbers.parse(number, "CN")
    kind = phonenumbers.number_type(parsed)
    if kind == PhoneNumberType.MOBILE:
        return number
    if kind != PhoneNumberType.FIXED_LINE:
        raise _phone_problem("phone_invalid")
    area = phonenumbers.length_of_geographical_area_code(parsed)
    return f"{number[: area + 1]}-{number[area + 1 :]}"


def _phone_problem(code: str, **details: int | str) -> FieldProblem:
    return FieldProblem(code, field="phone", **details)


def check_address(raw: str, asked: Asked) -> str:
    """The postal address in one line."""
    address = without_lead(tidy(raw), _ADDRESS_LEAD).strip(" 。,、")
    if len(address) < ADDRESS_MIN:
        raise FieldProblem("address_too_short", field="address", minimum=ADDRESS_MIN)
    if len(address) > ADDRESS_MAX:
        raise FieldProblem("address_too_long", field="address", maximum=ADDRESS_MAX)
    if not re.search(f"[{HAN}]", address):
        raise FieldProblem("address_no_han", field="address")
    return address
