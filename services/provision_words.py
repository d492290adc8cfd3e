"""Provisions in words: their value, their period, their condition."""

from collections.abc import Mapping
from typing import Any

from rules_engine.fact_words import TITLES, amount_in_words, value_in_words
from rules_engine.schedule_printing import TABLES, table_lines


def value_shown(value: Any, unit: str, words: Mapping[str, str]) -> str:
    """A provision's value as people say it (10%, 6个月, 不用备案), a table line by line; "" where it has none."""
    if value is None or unit == "none":
        return ""
    if unit in TABLES:
        return "\n".join(line.rstrip() for line in table_lines(value, unit))
    return words.get(value, str(value)) if unit == "text" else amount_in_words(value, unit)


def condition_shown(when: Mapping[str, Any]) -> str:
    """When a provision holds: 就医情形＝转诊；去哪里＝跨省; "" where it always does."""
    return "；".join(f"{TITLES[name]}＝{_either(name, wanted)}" for name, wanted in when.items())


def _either(name: str, wanted: Any) -> str:
    return "或".join(value_in_words(name, one) for one in (wanted if isinstance(wanted, (list, tuple)) else (wanted,)))
