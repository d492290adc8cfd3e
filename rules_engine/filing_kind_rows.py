"""What one row of a filing_kinds.yml may say, key by key."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from rules_engine import regions
from rules_engine.errors import PackError, UnknownRegion
from rules_engine.facts import ALLOWED_VALUES
from rules_engine.filing_kind import (
    COUNTS_FROM,
    DECIDED_BY,
    ELSEWHERE,
    FIELDS,
    KINDS,
    STARTS,
    VALIDITIES,
    FilingKind,
)
from rules_engine.schedule_cells import as_written

HOW = "请照 docs/tasks/add_a_filing_kind.md 的样子写"
NEEDED = (
    "kind", "title", "situation", "decided_by", "article", "effective_from", "effective_to", "verified_on",
)
NEEDED_HERE = ("fields", "place", "starts", "validity", "life")
MAY_HAVE = (
    "reasons", "reason_groups", "knock_outs", "papers", "renewal", "letter", "counts_from", "notes_before",
    "notes_after",
)
WHO = ("filed_for", "name", "id_number", "phone", "treatment_region")  # nothing can be filed without
SCOPES = ALLOWED_VALUES["destination_scope"][1:]  # nobody files for their own pooling area
# How a filing starts → the field that tells the day; nobody is asked for the day of handing in.
DAY_OF = {"on_or_after_filing": "starts_on", "admission_day": "admitted_on"}


def keys(where: str, row: Any, needed: Sequence[str], may_have: Sequence[str] = ()) -> None:
    """Raises PackError unless the row is a mapping with these keys and no others."""
    missing = [key for key in needed if key not in mapping(where, row)]
    if missing:
        raise PackError(where, f"缺少 {'、'.join(missing)}", "请补上")
    strange = [str(key) for key in row if key not in (*needed, *may_have)]
    if strange:
        known = "、".join((*needed, *may_have))
        raise PackError(where, f"键 {'、'.join(strange)} 不认识", f"请改正或删去；可以用 {known}")


def mapping(where: str, row: Any) -> Mapping[str, Any]:
    """The row. Raises PackError unless it is a mapping."""
    if not isinstance(row, Mapping):
        raise PackError(where, "这里应该是「键: 值」", HOW)
    return row


def listed(where: str, found: Any) -> list[Any]:
    """The list. Raises PackError for anything else."""
    if not isinstance(found, list):
        raise PackError(where, "这里应该是清单", "请写成 [甲, 乙] 这样，带方括号，或一行一个、前面加短横")
    return found


def words(where: str, found: Any) -> tuple[str, ...]:
    """The words of a list. Raises PackError for another thing in it."""
    return tuple(text(where, "其中一项", one) for one in listed(where, found))


def text(where: str, key: str, value: Any) -> str:
    """The text, trimmed. Raises PackError for none, or something else."""
    if not isinstance(value, str) or not value.strip():
        gap = " " if key.isascii() else ""
        raise PackError(where, f"{key}{gap}不能是 {as_written(value) or '空的'}", "请写文字；像数字的，加上引号")
    return value.strip()


def flag(where: str, key: str, value: Any) -> bool:
    """The answer. Raises PackError for anything but true and false."""
    if not isinstance(value, bool):
        raise PackError(where, f"{key} 不能是 {as_written(value)}", "是写 true，不是写 false，不加引号")
    return value


def known_facts(where: str, row: Any) -> dict[str, Any]:
    """The facts with their values. Raises PackError for a name or value that no rule knows."""
    for name, value in mapping(where, row).items():
        one_of(where, "其中一项", name, ALLOWED_VALUES)
        if isinstance(value, (list, dict)) or value not in ALLOWED_VALUES[name]:
            allowed = "、".join(str(one).lower() if isinstance(one, bool) else str(one) for one in ALLOWED_VALUES[name])
            raise PackError(where, f"{name} 不能是 {value}", f"可以是 {allowed}")
    return dict(row)


def check_region(where: str, code: Any) -> None:
    """Raises PackError for a code without quotes, unknown, or of another folder."""
    if not isinstance(code, str) or not re.fullmatch(r"\d{6}", code):
        raise PackError(where, f"统筹区代码 {code} 没有加引号或不是六位", "请写成 \"371000\" 这样，带引号")
    if not where.startswith(f"{code}_"):
        raise PackError(where, f"统筹区代码 {code} 跟文件夹的名字对不上", "请改代码，或把文件移到那个地区的文件夹")


def check_kind(where: str, row: Any) -> None:
    """Raises PackError for what one kind may not be."""
    if mapping(where, row).get("decided_by") == ELSEWHERE:
        keys(where, row, (*NEEDED, "elsewhere_topic"), ("notes_before",))
    else:
        keys(where, row, (*NEEDED, *NEEDED_HERE), MAY_HAVE)
    text(where, "title", row["title"])
    one_of(where, "kind", row["kind"], KINDS)
    one_of(where, "decided_by", row["decided_by"], DECIDED_BY)
    one_of(where, "situation", row["situation"], ALLOWED_VALUES["situation"])
    for key in ("effective_from", "effective_to", "verified_on"):
        is_open_end = key == "effective_to" and row[key] is None
        if not is_open_end and not isinstance(row[key], date):
            raise PackError(where, f"{key} 不是日期", "请写成 2022-01-01 这样，不加引号")
    if row["decided_by"] != ELSEWHERE:
        _check_what_is_asked(where, row)
        _check_place(f"{where} 的 place", row["place"])
        _check_validity(where, row["validity"])


def one_of(where: str, key: str, value: Any, allowed: Sequence[str] | Mapping[str, Any]) -> None:
    """Raises PackError for a value that isn't one of these."""
    if not isinstance(value, str) or value not in allowed:
        gap = " " if key.isascii() else ""
        raise PackError(where, f"{key}{gap}不能是 {value}", f"可以是 {'、'.join(allowed)}")


def _check_what_is_asked(where: str, row: Mapping[str, Any]) -> None:
    fields = listed(f"{where} 的 fields", row["fields"])
    for name in fields:
        one_of(f"{where} 的 fields", "其中一项", name, FIELDS)
    twice = [name for name in dict.fromkeys(fields) if fields.count(name) > 1]
    if twice:
        raise PackError(f"{where} 的 fields", f"{'、'.join(twice)} 写了两次", "请删去一个")
    left_out = [name for name in WHO if name not in fields]
    if left_out:
        raise PackError(f"{where} 的 fields", f"缺少 {'、'.join(left_out)}", "每种备案都要问，请补上")
    if fields[0] != "filed_for":
        raise PackError(f"{where} 的 fields", "第一个不是 filed_for", "先问给谁办，请移到最前面")
    one_of(where, "starts", row["starts"], STARTS)
    if row.get("counts_from") is not None:
        one_of(where, "counts_from", row["counts_from"], COUNTS_FROM)
    _check_days(where, row["starts"], fields)
    _check_reasons(where, row, fields)


def _check_days(where: str, starts: str, fields: Sequence[str]) -> None:
    day = DAY_OF.get(starts)
    if day and day not in fields:
        raise PackError(where, f"starts 是 {starts}，fields 里却没有 {day}", f"请在 fields 里加上 {day}，或改 starts")
    if starts != "on_or_after_filing" and "starts_on" in fields:
        raise PackError(where, f"starts 是 {starts}，不用问 starts_on", "请从 fields 里删去，或改 starts")
    if "discharged_on" in fields and "care_stage" not in fields:
        raise PackError(where, "fields 里有 discharged_on，没有 care_stage", "先问出院了没有，请加上 care_stage")


def _check_reasons(where: str, row: Mapping[str, Any], fields: Sequence[str]) -> None:
    reasons = mapping(f"{where} 的 reasons", row.get("reasons", {}))
    for reason, title in reasons.items():
        text(f"{where} 的 reasons", str(reason), title)
    if bool(reasons) != ("reason" in fields):
        raise PackError(where, "reasons 和 fields 里的 reason 只有一个", "要问原因，两个都写；不问，两个都删")
    for reason, group in mapping(f"{where} 的 reason_groups", row.get("reason_groups", {})).items():
        one_of(f"{where} 的 reason_groups", "其中一项", reason, reasons)
        one_of(f"{where} 的 reason_groups", reason, group, ALLOWED_VALUES["person_group"])


def _check_place(where: str, row: Any) -> None:
    keys(where, row, ("scope",), ("province_level",))
    for scope in listed(f"{where} 的 scope", row["scope"]):
        one_of(where, "scope", scope, SCOPES)
    if not row["scope"]:
        raise PackError(where, "scope 下面一个都没有", f"可以是 {'、'.join(SCOPES)}")
    for code in listed(f"{where} 的 province_level", row.get("province_level", [])):
        if not isinstance(code, str):
            raise PackError(where, f"代码 {code} 没有加引号", "请写成 \"310000\" 这样，带引号")
        try:
            is_province = regions.region(code).level == "province"
        except UnknownRegion as fault:
            raise PackError(where, f"代码 {code} 不在行政区划表里", "请核对代码") from fault
        if not is_province:
            raise PackError(where, f"{code} 不是省级", "这里只写选到省级的地方，例如 \"310000\"")


def _check_validity(where: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        one_of(where, "validity", value, [name for name in VALIDITIES if name != "months"])
        return
    keys(f"{where} 的 validity", value, ("months",))
    if type(value["months"]) is not int or value["months"] < 1:
        written = as_written(value["months"])
        raise PackError(where, f"validity 的 months 不能是 {written}", "月数写整数，例如 12，不加引号")


def check_periods(where: str, kinds: Sequence[FilingKind]) -> None:
    """Raises PackError where a kind's periods overlap, leave days out or end before they start."""
    for kind in dict.fromkeys(one.kind for one in kinds):
        versions = sorted((one for one in kinds if one.kind == kind), key=lambda one: one.effective_from)
        for one in versions:
            if one.effective_to is not None and one.effective_to < one.effective_from:
                raise PackError(f"{where} 的 {kind}", f"在 {one.effective_to} 结束，却到 {one.effective_from} 才开始",
                                "请核对两个日期")
        for earlier, later in pairwise(versions):
            if earlier.effective_to is None or later.effective_from != earlier.effective_to + timedelta(days=1):
                raise PackError(f"{where} 的 {kind}", f"后一份从 {later.effective_from} 起，跟前一份接不上",
                                "前一份的 effective_to 要是后一份前一天；同一天不能有两份")
