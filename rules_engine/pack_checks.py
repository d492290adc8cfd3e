"""What a pack must be before it may answer anyone: each fault is refused in words a policy officer understands."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any

from rules_engine import regions
from rules_engine.errors import PackError
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES
from rules_engine.provisions import Provision, exclude_each_other


def _as_rate(value: Any) -> Decimal:
    rate = Decimal(value)
    if not 0 <= rate <= 1:
        raise ValueError
    return rate


def _as_whole(value: Any) -> int:
    return int(Decimal(value))


# The unit says how a value is read: rates 0 to 1, yuan, months and days as whole numbers, words as they are.
VALUE_READERS: Mapping[str, Callable[[Any], Any]] = {
    "rate": _as_rate, "yuan": Decimal, "months": _as_whole, "days": _as_whole, "text": str, "none": lambda _: None,
}
PACK_KEYS = ("pack", "title", "pooling_area", "topic", "document", "provisions")
PROVISION_KEYS = ("id", "title", "unit", "versions")
VERSION_KEYS = ("effective_from", "effective_to", "value", "says", "citation", "verified_on")


def check_pack(where: str, content: Mapping[str, Any], topics: Iterable[str]) -> None:
    """Raises PackError for a missing key, an unquoted or unknown region code, a topic nobody lists."""
    _need(where, content, PACK_KEYS)
    code = content["pooling_area"]
    if not isinstance(code, str) or not re.fullmatch(r"\d{6}", code):
        raise PackError(where, f"统筹区代码 {code} 没有加引号或不是六位", "请写成 \"371000\" 这样，带引号")
    try:
        regions.region(code)
    except regions.UnknownRegion as fault:
        raise PackError(where, f"统筹区代码 {code} 不在行政区划表里", "请核对代码") from fault
    if content["topic"] not in topics:
        raise PackError(where, f"话题 {content['topic']} 没有登记", "请先写进 policy_packs/topics.yml")


def check_provision(where: str, row: dict[str, Any]) -> None:
    """Raises PackError for what one provision may not be; marks its versions with their unit."""
    _need(where, row, PROVISION_KEYS)
    if row["unit"] not in VALUE_READERS:
        raise PackError(where, f"单位 {row['unit']} 不认识", f"请用 {'、'.join(VALUE_READERS)} 之一")
    for name, wanted in row.get("when", {}).items():
        _check_condition(where, name, wanted)
    if not row["versions"]:
        raise PackError(where, "一个版本都没有", "请至少写一个版本")
    for version in row["versions"]:
        _check_version(where, row["unit"], version)
        version["_unit"] = row["unit"]
    _check_periods(where, row["versions"])


def _need(where: str, row: Mapping[str, Any], keys: Sequence[str]) -> None:
    missing = [key for key in keys if key not in row]
    if missing:
        raise PackError(where, f"缺少 {'、'.join(missing)}", "请补上")


def _check_condition(where: str, name: str, wanted: Any) -> None:
    if name not in FACT_NAMES:
        raise PackError(where, f"条件 {name} 不认识", f"请用 {'、'.join(ALLOWED_VALUES)} 之一")
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if name in ALLOWED_VALUES and value not in ALLOWED_VALUES[name]:
            raise PackError(where, f"条件 {name} 不能是 {value}", f"可以是 {'、'.join(map(str, ALLOWED_VALUES[name]))}")


def _check_version(where: str, unit: str, version: Mapping[str, Any]) -> None:
    if not (version.get("citation") or {}).get("article"):
        raise PackError(where, "没有写依据（citation 的 article）", "请写明出自文件的哪一条")
    _need(where, version, VERSION_KEYS)
    for key in ("effective_from", "verified_on"):
        if not isinstance(version[key], date):
            raise PackError(where, f"{key} 不是日期", "请写成 2022-01-01 这样，不加引号")
    if isinstance(version["value"], float):
        raise PackError(where, f"数值 {version['value']} 没有加引号", "请写成 \"0.10\" 这样，免得算钱时出误差")
    try:
        VALUE_READERS[unit](version["value"])
    except (InvalidOperation, ValueError, TypeError) as fault:
        raise PackError(where, f"数值 {version['value']} 不合单位 {unit}", "比例写 0 到 1 之间的数，例如 \"0.10\"") from fault


def _check_periods(where: str, versions: Sequence[Mapping[str, Any]]) -> None:
    for earlier, later in zip(versions, versions[1:], strict=False):
        ends, starts = earlier["effective_to"], later["effective_from"]
        if ends is None or starts <= ends:
            raise PackError(where, f"两个版本的日期重叠（后一个从 {starts} 起）", "请给前一个版本写上 effective_to")
        if starts != ends + timedelta(days=1):
            raise PackError(where, f"{ends} 到 {starts} 之间没有版本", "请把日期接上；确实没有规定的，另写一条说明")


def check_region(provisions: Sequence[Provision]) -> None:
    """Raises PackError for the same id twice, or two provisions that can both apply to one case."""
    seen: set[str] = set()
    for provision in provisions:
        if provision.id in seen:
            raise PackError(provision.id, "同一个id写了两次", "请改掉其中一个")
        seen.add(provision.id)
    for one, other in combinations(provisions, 2):
        if _may_clash(one, other) and not exclude_each_other(one, other):
            raise PackError(
                f"{one.id} 和 {other.id}", "两条规定会同时适用于一种情况",
                "请把条件（when）写得互不相交，或写明哪一条是例外（exception_to）",
            )


def _may_clash(one: Provision, other: Provision) -> bool:
    if one.topic != other.topic or one.is_overview != other.is_overview:
        return False
    if one.is_overview and len(one.when) != len(other.when):
        return False  # the one with more conditions goes first
    if other.id in one.exceptions_to or one.id in other.exceptions_to:
        return False
    return any(
        a.covers(b.effective_from) or b.covers(a.effective_from) for a in one.versions for b in other.versions
    )
