"""Days as people name them: 下周三, 下个月初, 今年国庆, 十二月一号, 2021年11月, 去年三月."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

import cn2an
from lunardate import LunarDate

from rules_engine.filing_change import months_after

# dateparser was tried for this: it reads neither 下周一, 下个月1号, 月底 nor 十二月一号.
_WORDS = (
    ("大后天", 3), ("后天", 2), ("明天", 1), ("明日", 1), ("明儿", 1),
    ("大前天", -3), ("前天", -2), ("昨天", -1), ("昨日", -1), ("昨儿", -1),
    ("今天", 0), ("今日", 0), ("今儿", 0), ("当天", 0), ("即日", 0), ("现在", 0), ("马上", 0), ("立刻", 0), ("立即", 0),
)
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_SEPARATOR = r"[年\-/.]"
_YEARS_ON = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_FESTIVALS = (
    ("国庆节?|十一(?=假期|长假|放假)", "10月1日"), ("五一劳动节|劳动节|五一(?!路)", "5月1日"), ("元旦节?", "1月1日"),
)
# by the lunar calendar: month and day; New Year's Eve is the day before the first
_LUNAR = {
    "春节": (1, 1), "过年": (1, 1), "大年初一": (1, 1), "元宵": (1, 15), "端午": (5, 5), "中秋": (8, 15),
    "重阳": (9, 9),
}
_NEAR_MONTH = re.compile("(上+|下+|本|这)个?月(?:初|中旬|中|份)?")
_NEAR_DAY = re.compile(f"^[上下本这]|{'|'.join((*_LUNAR, '国庆', '五一', '元旦'))}")
Found = re.Match[str]


class DayUnclear(ValueError):
    """No day is named; `why`: needs_day (only a month, a week or a year), no_such_day, unreadable."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_day(said: str, today: date) -> date:
    """The day that a date, or Chinese words for one, names, in half width. Without a year: this year's. DayUnclear."""
    text = _in_figures(said)
    for pattern, reader in _READERS:
        found = re.search(pattern, text)
        if found:
            return reader(found, today)
    for word, days in _WORDS:
        if word in text:
            return today + timedelta(days=days)
    raise DayUnclear("needs_day" if re.search(r"月|周|星期|礼拜|年", text) else "unreadable")


def visit_day(said: str, today: date) -> date | None:
    """The day (or the first day of the month or year) that an expression names; None if unreadable."""
    if found := _NEAR_MONTH.fullmatch(said):
        year, month = _months_on(today, _steps(found[1]))
        return date(year, month, 1)
    if not _NEAR_DAY.search(said):
        return dated(said, today)
    try:
        return read_day(said, today)
    except DayUnclear:
        return None


def dated(said: str, today: date) -> date | None:
    """As visit_day, but only where the year is told: 2021年11月, 去年三月, 前年."""
    text = said
    for word, years in _YEARS_ON.items():
        text = text.replace(word, f"{today.year + years}年")
    digits = str.maketrans("零〇一二三四五六七八九两", "001234567892")
    text = _in_figures(re.sub(r"^[零〇一二三四五六七八九两]{4}", lambda m: m[0].translate(digits), text))
    found = re.match(r"((?:20)?\d{2})[年\-/.]的?(?:(\d{1,2})(?:[月\-/.](?:份?(\d{1,2}))?)?)?", text)
    if not found:
        return None
    year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    try:
        return date(year, int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def _in_figures(raw: str) -> str:
    text = raw.replace(" ", "").replace("号", "日").replace("礼拜天", "礼拜日")
    text = text.replace("半个月", "15天").replace("半年", "6个月")
    for festival, day in _FESTIVALS:
        text = re.sub(festival, day, text)
    # Numeral by numeral: cn2an.transform takes whole sentences, but prints what it cannot
    # read as a warning, and what people type has no place in a log.
    return re.sub("[零〇一二两三四五六七八九十百]+", _figure, text)


def _figure(numeral: re.Match[str]) -> str:
    try:
        return str(cn2an.cn2an(numeral[0].replace("两", "二"), "smart"))
    except (ValueError, KeyError):  # KeyError: cn2an trips over 一十零
        return numeral[0]


def _full_date(found: Found, today: date) -> date:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _month_and_day(found: Found, today: date) -> date:
    return _day(today.year + _YEARS_ON.get(found[1], 0), int(found[2]), int(found[3]))


def _lunar_day(found: Found, today: date) -> date:
    return _lunar(today.year + _YEARS_ON.get(found[1], 0), *_LUNAR[found[2]])


def _new_years_eve(found: Found, today: date) -> date:
    return _lunar(today.year + _YEARS_ON.get(found[1], 0), 1, 1) - timedelta(days=1)


def _lunar(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def _month_end(found: Found, today: date) -> date:
    month = int(found[1])
    return _end_of(today.year, month) if 1 <= month <= 12 else _day(today.year, month, 1)


def _day_of_near_month(found: Found, today: date) -> date:
    year, month = _months_on(today, _steps(found[1]))
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
        return monday + timedelta(days=7 * _steps(found[1]) + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _days_on(found: Found, today: date) -> date:
    days = _small(found[1]) * _UNITS[found[2]]
    return today + timedelta(days=days if found[3] == "后" else -days)


def _same_day_months_on(found: Found, today: date) -> date:
    return months_after(today, _small(found[1]))


def _year_end(found: Found, today: date) -> date:
    return date(today.year + (found[1] == "明"), 12, 31)


_YEAR = "(明年|后年|今年|去年|前年|)的?"
_READERS: tuple[tuple[str, Callable[[Found, date], date]], ...] = (
    (rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})[月\-/.](\d{{1,2}})(?!\d)", _full_date),
    (r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", _full_date),
    (rf"{_YEAR}(\d{{1,2}})[月\-/.](\d{{1,2}})(?!\d)", _month_and_day),
    (rf"{_YEAR}(?:除夕|大年30|年30)", _new_years_eve),
    (rf"{_YEAR}({'|'.join(_LUNAR)})", _lunar_day),
    (r"(?<!\d)(\d{1,2})月(?:份)?底", _month_end),
    (r"(?:本|这|当|(上+|下+))?个?月的?(底|\d{1,2}日)", _day_of_near_month),
    (r"(上+|下+|本|这)?个?(?:周|星期|礼拜)([1-6日天])", _weekday),
    (r"(\d{1,4})个?(天|日|周|星期|礼拜)(?:之|以)?([前后])", _days_on),
    (r"(\d{1,4})个?月(?:之|以)?后", _same_day_months_on),
    (r"(?<!\d)(\d{1,2})日", _day_alone),
    (r"(今|明|)年?年底", _year_end),
)


def _steps(words: str | None) -> int:
    """How many weeks or months on 上, 下下, 本 or nothing is."""
    return (words or "").count("下") - (words or "").count("上")


def _months_on(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DayUnclear("no_such_day") from None


def _small(number: str) -> int:
    if int(number) > 1200:
        raise DayUnclear("unreadable")
    return int(number)
