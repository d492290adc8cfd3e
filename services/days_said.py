"""Days as people name them: 2021年11月, 去年三月, 前年."""

import re
from datetime import date


def visit_day(said: str, today: date) -> date | None:
    """The day (or the first day of the month or year) that an expression names; None if unreadable."""
    text = said
    for word, years in (("前年", 2), ("去年", 1), ("今年", 0)):
        text = text.replace(word, f"{today.year - years}年")
    digits = str.maketrans("零〇一二三四五六七八九两", "001234567892")
    text = re.sub(r"^[零〇一二三四五六七八九两]{4}", lambda m: m[0].translate(digits), text)
    year = re.match(r"((?:20)?\d{2})[年\-/.]", text)
    if not year:
        return None
    numbers = [_small_number(n) for n in re.findall(r"\d+|[一二三四五六七八九十]+", text[year.end():])]
    full_year = int(year[1]) if len(year[1]) == 4 else 2000 + int(year[1])
    month = numbers[0] if numbers else 1
    day = numbers[1] if len(numbers) > 1 else 1
    try:
        return date(full_year, month, day)
    except ValueError:
        return None


def _small_number(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
    value = "一二三四五六七八九".find(ones) + 1
    return value + 10 * ("一二三四五六七八九".find(tens) + 1 or 1) if "十" in said else value
