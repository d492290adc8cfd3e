"""The day a filing shall begin, from a date or from Chinese words for one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

import cn2an

from rules_engine.filing_change import months_after
from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import tidy
from services.filing_records import FieldProblem

# dateparser was tried for this: it reads neither 下周一, 下个月1号, 月底 nor 十二月一号.
_WORDS = (
    ("大后天", 3), ("后天", 2), ("明天", 1), ("明日", 1), ("明儿", 1),
    ("大前天", -3), ("前天", -2), ("昨天", -1), ("昨日", -1), ("昨儿", -1),
    ("今天", 0), ("今日", 0), ("今儿", 0), ("当天", 0), ("即日", 0), ("现在", 0), ("马上", 0), ("立刻", 0), ("立即", 0),
)
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_SEPARATOR = r"[年\-/.]"
Found = re.Match[str]


def check_starts_on(raw: str, asked: Asked) -> str:
    """The day as YYYY-MM-DD, not before today.

    Without a year the date is in this year: one that has passed is not silently moved to
    the next, because a slip of the month is as likely.
    """
    today = asked.today
    day = read_day(raw, today)
    if day < today:
        raise FieldProblem(
            "starts_on_before_today",
            field="starts_on",
            given=day.isoformat(),
            today=today.isoformat(),
            next_year=_same_day_next(day, today).isoformat(),
        )
    return day.isoformat()


def read_day(raw: str, today: date) -> date:
    """The day that a date, or Chinese words for one, names. FieldProblem starts_on_… when it names none."""
    return _read(_in_figures(raw), today)


def _in_figures(raw: str) -> str:
    text = tidy(raw).replace(" ", "").replace("号", "日").replace("礼拜天", "礼拜日")
    text = text.replace("半个月", "15天").replace("半年", "6个月").replace("元旦", "1月1日")
    # Numeral by numeral: cn2an.transform takes whole sentences, but prints what it cannot
    # read as a warning, and what people type has no place in a log.
    return re.sub("[零〇一二两三四五六七八九十百]+", _figure, text)


def _figure(numeral: re.Match[str]) -> str:
    try:
        return str(cn2an.cn2an(numeral[0].replace("两", "二"), "smart"))
    except (ValueError, KeyError):  # KeyError: cn2an trips over 一十零
        return numeral[0]


def _read(text: str, today: date) -> date:
    for pattern, reader in _READERS:
        found = re.search(pattern, text)
        if found:
            return reader(found, today)
    for word, days in _WORDS:
        if word in text:
            return today + timedelta(days=days)
    if re.search(r"月|周|星期|礼拜|年", text):
        raise _problem("starts_on_needs_day")
    raise _problem("starts_on_unreadable")


def _full_date(found: Found, today: date) -> date:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _month_and_day(found: Found, today: date) -> date:
    years_on = {"前年": -2, "去年": -1, "明年": 1, "后年": 2}.get(found[1], 0)
    return _day(today.year + years_on, int(found[2]), int(found[3]))


def _month_end(found: Found, today: date) -> date:
    month = int(found[1])
    return _end_of(today.year, month) if 1 <= month <= 12 else _day(today.year, month, 1)


def _day_of_near_month(found: Found, today: date) -> date:
    year, month = _months_on(today, len(found[1] or ""))
    return _end_of(year, month) if found[2] == "底" else _day(year, month, int(found[2][:-1]))


def _day_alone(found: Found, today: date) -> date:
    # 15日 said on the 22nd can only mean next month: the start is always ahead.
    number = int(found[1])
    year, month = _months_on(today, 0 if number >= today.day else 1)
    return _day(year, month, number)


def _weekday(found: Found, today: date) -> date:
    wanted = 6 if found[2] in "日天" else int(found[2]) - 1
    if found[1]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 * found[1].count("下") + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _days_on(found: Found, today: date) -> date:
    return today + timedelta(days=_small(found[1]) * _UNITS[found[2]])


def _same_day_months_on(found: Found, today: date) -> date:
    return months_after(today, _small(found[1]))


def _year_end(found: Found, today: date) -> date:
    return date(today.year + (found[1] == "明"), 12, 31)


_READERS: tuple[tuple[str, Callable[[Found, date], date]], ...] = (
    (rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})[月\-/.](\d{{1,2}})(?!\d)", _full_date),
    (r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", _full_date),
    (r"(明年|后年|今年|去年|前年|)的?(\d{1,2})[月\-/.](\d{1,2})(?!\d)", _month_and_day),
    (r"(?<!\d)(\d{1,2})月(?:份)?底", _month_end),
    (r"(?:本|这|当|(下+))?个?月的?(底|\d{1,2}日)", _day_of_near_month),
    (r"(下+|本|这)?个?(?:周|星期|礼拜)([1-6日天])", _weekday),
    (r"(\d{1,4})个?(天|日|周|星期|礼拜)(?:之|以)?后", _days_on),
    (r"(\d{1,4})个?月(?:之|以)?后", _same_day_months_on),
    (r"(?<!\d)(\d{1,2})日", _day_alone),
    (r"(今|明|)年?年底", _year_end),
)


def _months_on(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _problem("starts_on_no_such_day") from None


def _same_day_next(day: date, today: date) -> date:
    """The same month and day, the next time it comes (29 February: 1 March)."""
    for year in (today.year, today.year + 1):
        leap_less = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        candidate = date(year, 3, 1) if leap_less else date(year, day.month, day.day)
        if candidate >= today:
            return candidate
    raise AssertionError("a day of the year comes again within a year")


def _small(number: str) -> int:
    if int(number) > 1200:
        raise _problem("starts_on_unreadable")
    return int(number)


def _problem(code: str) -> FieldProblem:
    return FieldProblem(code, field="starts_on")
