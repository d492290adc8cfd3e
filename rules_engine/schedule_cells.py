"""The cells of a table of figures in a pack: each is read, or refused in words that name the cell."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

HOW = "写法见 docs/tasks/add_a_benefit_schedule.md"
MOST_DECIMALS = -2  # the exponent of a cent


class BadTable(ValueError):
    """A table that cannot be read as it is written. In Chinese: policy officers read it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}。{remedy}")
        self.problem, self.remedy = problem, remedy


def need_keys(where: str, value: Any, keys: Sequence[str]) -> None:
    """Raises BadTable unless the value is a mapping with exactly these keys."""
    need_mapping(where, value, f"要有 {'、'.join(keys)}，{HOW}")
    _refuse_others(where, value, keys, f"请改正或删去；可以用 {'、'.join(keys)}")
    missing = [key for key in keys if key not in value]
    if missing:
        raise BadTable(f"{where}缺少 {'、'.join(missing)}", f"请补上，{HOW}")


def need_mapping(where: str, value: Any, remedy: str) -> None:
    """Raises BadTable, with that remedy, unless the value is a mapping."""
    if not isinstance(value, Mapping):
        raise BadTable(f"{where}没有写成「键: 值」", remedy)


def known_keys(where: str, value: Any, words: Mapping[str, str]) -> None:
    """Raises BadTable unless the value is a mapping that has no keys but these; it may lack some."""
    need_mapping(where, value, f"可以用 {_choices(words)}；一个都没有的写 {{}}")
    _refuse_others(where, value, words, f"可以用 {_choices(words)}")


def _refuse_others(where: str, value: Mapping[Any, Any], keys: Iterable[str], remedy: str) -> None:
    strange = [str(key) for key in value if key not in keys]
    if strange:
        raise BadTable(f"{where}里的 {'、'.join(strange)} 不认识", remedy)


def listed(where: str, value: Any) -> Sequence[Any]:
    """The rows of a list that has at least one. Raises BadTable."""
    if not isinstance(value, (list, tuple)) or not value:
        raise BadTable(f"{where} 下面一条都没有", f"请至少写一条，{HOW}")
    return value


def one_of(where: str, value: Any, words: Mapping[str, str]) -> str:
    """The value, which must be one of these words. Raises BadTable, which says what each means."""
    if not isinstance(value, str) or value not in words:
        raise BadTable(f"{where} 不能是 {as_written(value)}", f"可以是 {_choices(words)}")
    return value


def amount(where: str, value: Any) -> Decimal:
    """Yuan, quoted, to the cent at most. Raises BadTable."""
    number = _number(where, value, "请写元，例如 \"40000\"，不写逗号和「万」")
    if number.as_tuple().exponent < MOST_DECIMALS:  # type: ignore[operator]  # finite, so a number
        raise BadTable(f"{where} 是 {value}，比分还小", "金额最多写两位小数")
    return number


def amount_or_none(where: str, value: Any) -> Decimal | None:
    """The same, None where the table says null. Raises BadTable."""
    return None if value is None else amount(where, value)


def rate(where: str, value: Any) -> Decimal:
    """A share of 1, quoted. Raises BadTable."""
    remedy = "比例写 0 到 1 之间的数，报80%写成 \"0.80\""
    number = _number(where, value, remedy)
    if number > 1:
        raise BadTable(f"{where} 是 {value}，大于 1", remedy)
    return number


def _number(where: str, value: Any, remedy: str) -> Decimal:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise BadTable(f"{where} 是 {value}，没有加引号", f"请写成 \"{value}\" 这样，免得算钱时出误差")
    if value is None:
        raise BadTable(f"{where} 是 null", f"没有公开数字的，这一级整个不写，也不填 0；{HOW}")
    try:
        number = Decimal(value if isinstance(value, str) else "?")
    except InvalidOperation as fault:
        raise BadTable(f"{where} 是 {value}，不是数", remedy) from fault
    if not number.is_finite() or number < 0:
        raise BadTable(f"{where} 是 {value}，不能用", remedy)
    return number


def rising(limits: Sequence[Decimal | None]) -> None:
    """Raises BadTable unless the bands follow each other upwards and only the last is open."""
    for place, (low, high) in enumerate(pairwise(limits), 1):
        if low is None:
            raise BadTable(f"bands 第{place}段的 up_to 是 null，后面却还有一段", "只有最后一段能写 null（没有上限）")
        if high is not None and low >= high:
            raise BadTable(f"bands 的分段没有由小到大：{low} 后面是 {high}", "请按 up_to 从小到大排")


def as_written(value: Any) -> str:
    """The value as it stands in the file: null, "2" with its quotes, 2 without."""
    return "null" if value is None else f'"{value}"' if isinstance(value, str) and value.isdecimal() else str(value)


def _choices(words: Mapping[str, str]) -> str:
    return "、".join(f"{word}（{meaning}）" for word, meaning in words.items())
