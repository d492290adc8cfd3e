"""What a pack must be before it may answer anyone: each fault is refused in words a policy officer understands.

This module looks at what is written; whether provisions contradict each other is for pack_conflicts.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from rules_engine import regions
from rules_engine.errors import PackError, UnknownRegion
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES, REGION_FACTS
from rules_engine.provisions import Provision
from rules_engine.schedule_cells import BadTable
from rules_engine.schedules import as_critical_illness, as_schedule

PACK_KEYS = ("pack", "title", "pooling_area", "topic", "document", "provisions")
PROVISION_KEYS = ("id", "title", "unit", "versions")
PROVISION_MAY_HAVE = ("topic", "when", "overview", "stated", "exception_to", "conflict")
VERSION_KEYS = ("effective_from", "effective_to", "value", "says", "citation", "verified_on")
VERSION_MAY_HAVE = ("to_do", "detail")
DOCUMENT_KEYS = ("title", "short_name", "issued_on")
DOCUMENT_MAY_HAVE = ("issued_as", "in_force_from", "source_kind")
CONTACT_KEYS = ("name", "phone", "region")
SLIP_KEYS = ("where", "printed", "reading", "because", "says")
SOURCE_KINDS = ("leaflet", "secondary")  # the document itself, or public figures at second hand
NATIONAL_FOLDER = "national"


def _as_rate(value: Any) -> Decimal:
    rate = Decimal(value)
    if not 0 <= rate <= 1:
        raise ValueError
    return rate


def _as_whole(value: Any) -> int:
    number = Decimal(value)
    if number != int(number):
        raise ValueError
    return int(number)


def _as_word(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _as_nothing(value: Any) -> None:
    if value is not None:
        raise ValueError


# The unit says how a value is read: rates 0 to 1, yuan, months and days as whole numbers, words as they are.
VALUE_READERS: Mapping[str, Callable[[Any], Any]] = {
    "rate": _as_rate, "yuan": Decimal, "months": _as_whole, "days": _as_whole, "text": _as_word, "none": _as_nothing,
    "schedule": as_schedule, "critical_illness": as_critical_illness,
}
HOW_TO_WRITE = {
    "rate": "比例写 0 到 1 之间的数，例如 \"0.10\"", "yuan": "金额写数字，例如 \"600\"",
    "months": "月数写整数，例如 \"6\"", "days": "天数写整数，例如 \"30\"",
    "text": "请写一个词，要加引号的加上引号", "none": "没有数值的写 null，有数值的请改单位",
}


def check_pack(where: str, content: Mapping[str, Any], topics: Container[str]) -> None:
    """Raises PackError for a missing key, an unquoted or unknown region code, a topic nobody lists."""
    need(where, content, PACK_KEYS)
    _refuse_others(where, content, PACK_KEYS)
    code = content["pooling_area"]
    if not isinstance(code, str) or not re.fullmatch(r"\d{6}", code):
        raise PackError(where, f"统筹区代码 {code} 没有加引号或不是六位", "请写成 \"371000\" 这样，带引号")
    _check_place(where, code)
    _check_topic(where, content["topic"], topics)
    _need_list(where, "provisions", content["provisions"])


def _check_place(where: str, code: str) -> None:
    if where.startswith(f"{NATIONAL_FOLDER}/"):
        if code != regions.NATIONAL:
            raise PackError(where, f"national 文件夹里的代码不能是 {code}", f"请写 \"{regions.NATIONAL}\"")
        return
    try:
        regions.region(code)
    except UnknownRegion as fault:
        raise PackError(where, f"统筹区代码 {code} 不在行政区划表里", "请核对代码") from fault
    if not where.startswith(f"{code}_"):
        raise PackError(where, f"统筹区代码 {code} 跟文件夹的名字对不上", "请改代码，或把文件移到那个地区的文件夹")


def check_provision(
    where: str, row: Mapping[str, Any], topics: Container[str], slips: Container[str] = frozenset()
) -> None:
    """Raises PackError for what one provision may not be."""
    need(where, row, PROVISION_KEYS)
    _refuse_others(where, row, (*PROVISION_KEYS, *PROVISION_MAY_HAVE))
    if row["unit"] not in VALUE_READERS:
        raise PackError(where, f"单位 {row['unit']} 不认识", f"请用 {'、'.join(VALUE_READERS)} 之一")
    if "topic" in row:
        _check_topic(where, row["topic"], topics)
    if "conflict" in row and row["conflict"] not in slips:
        raise PackError(where, f"conflicts.yml 里没有 {row['conflict']}", "请先在 conflicts.yml 里写明原文错在哪")
    for name, wanted in row.get("when", {}).items():
        _check_condition(where, name, wanted)
    _need_list(where, "versions", row["versions"])
    for version in row["versions"]:
        _check_version(where, row["unit"], version)
    _check_periods(where, row["versions"])


def check_document(where: str, name: str, documents: Mapping[str, Any]) -> None:
    """Raises PackError for a document that documents.yml does not hold, or not fully."""
    if name not in documents:
        raise PackError(where, f"documents.yml 里没有文件 {name}", "请先在 documents.yml 里登记这份文件")
    listed = f"{where.split('/')[0]}/documents.yml 的 {name}"
    need(listed, documents[name], DOCUMENT_KEYS)
    _refuse_others(listed, documents[name], (*DOCUMENT_KEYS, *DOCUMENT_MAY_HAVE))
    kind = documents[name].get("source_kind", SOURCE_KINDS[0])
    if kind not in SOURCE_KINDS:
        raise PackError(
            listed, f"source_kind 不能是 {kind}", "可以是 leaflet（原文）、secondary（转载的公开数字）；不写就是原文"
        )


def check_value_words(provisions: Iterable[Provision], words: Container[str]) -> None:
    """Raises PackError for a value that is an English word without its Chinese."""
    for provision in provisions:
        for version in provision.versions:
            if provision.unit == "text" and re.fullmatch(r"[a-z_]+", version.value) and version.value not in words:
                raise PackError(
                    provision.id, f"数值 {version.value} 没有中文", "请先写进 policy_packs/value_words.yml"
                )


def check_contact(where: str, row: Any, topics: Container[str]) -> None:
    """Raises PackError for a contact without name, phone or region, or for a topic nobody lists."""
    need(where, row, CONTACT_KEYS)
    _refuse_others(where, row, (*CONTACT_KEYS, "topics", "said_as"))
    if not isinstance(row["phone"], str):
        raise PackError(where, f"电话 {row['phone']} 没有加引号", "请写成 \"12393\" 这样，带引号")
    for topic in row.get("topics", ()):
        _check_topic(where, topic, topics)


def check_slips(where: str, slips: Any) -> None:
    """Raises PackError unless each slip tells where it stands, what is printed, which reading holds and why."""
    need(where, slips, ())
    for name, row in slips.items():
        need(f"{where} 的 {name}", row, SLIP_KEYS)
        _refuse_others(f"{where} 的 {name}", row, SLIP_KEYS)


def need(where: str, row: Any, keys: Sequence[str]) -> None:
    """Raises PackError unless the row is a mapping that has these keys."""
    if not isinstance(row, Mapping):
        raise PackError(where, "这里应该是「键: 值」", "请照 policy_packs/README.md 的样子写")
    missing = [key for key in keys if key not in row]
    if missing:
        raise PackError(where, f"缺少 {'、'.join(missing)}", "请补上")


def _refuse_others(where: str, row: Mapping[str, Any], keys: Sequence[str]) -> None:
    strange = [str(key) for key in row if key not in keys]
    if strange:
        raise PackError(where, f"键 {'、'.join(strange)} 不认识", f"请改正或删去；可以用 {'、'.join(keys)}")


def _need_list(where: str, key: str, found: Any) -> None:
    if not isinstance(found, list) or not found:
        raise PackError(where, f"{key} 下面一条都没有", "请至少写一条，前面加短横")


def _check_topic(where: str, topic: Any, topics: Container[str]) -> None:
    if topic not in topics:
        raise PackError(where, f"话题 {topic} 没有登记", "请先写进 policy_packs/topics.yml")


def _check_condition(where: str, name: str, wanted: Any) -> None:
    if name not in FACT_NAMES:
        raise PackError(where, f"条件 {name} 不认识", f"请用 {'、'.join(ALLOWED_VALUES)} 之一")
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if name in REGION_FACTS:
            _check_region_condition(where, name, value)
        if name in ALLOWED_VALUES and value not in ALLOWED_VALUES[name]:
            allowed = "、".join(str(one).lower() if isinstance(one, bool) else one for one in ALLOWED_VALUES[name])
            raise PackError(where, f"条件 {name} 不能是 {value}", f"可以是 {allowed}")


def _check_region_condition(where: str, name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise PackError(where, f"条件 {name} 的代码 {value} 没有加引号", "请写成 \"310000\" 这样，带引号")
    try:
        regions.region(value)
    except UnknownRegion as fault:
        raise PackError(where, f"条件 {name} 的代码 {value} 不在行政区划表里", "请核对代码") from fault


def _check_version(where: str, unit: str, version: Any) -> None:
    need(where, version, ())
    citation = version.get("citation")
    if not isinstance(citation, Mapping) or not citation.get("article"):
        raise PackError(where, "没有写依据（citation 的 article）", "请写明出自文件的哪一条")
    need(where, version, VERSION_KEYS)
    _refuse_others(where, version, (*VERSION_KEYS, *VERSION_MAY_HAVE))
    for key in ("effective_from", "effective_to", "verified_on"):
        is_open_end = key == "effective_to" and version[key] is None
        if not is_open_end and not isinstance(version[key], date):
            raise PackError(where, f"{key} 不是日期", "请写成 2022-01-01 这样，不加引号")
    _check_value(where, unit, version["value"])


def _check_value(where: str, unit: str, value: Any) -> None:
    if isinstance(value, float):
        raise PackError(where, f"数值 {value} 没有加引号", "请写成 \"0.10\" 这样，免得算钱时出误差")
    try:
        VALUE_READERS[unit](value)
    except BadTable as fault:
        raise PackError(where, fault.problem, fault.remedy) from fault
    except (InvalidOperation, OverflowError, ValueError, TypeError) as fault:
        raise PackError(where, f"数值 {value} 不合单位 {unit}", HOW_TO_WRITE[unit]) from fault


def _check_periods(where: str, versions: Sequence[Mapping[str, Any]]) -> None:
    for version in versions:
        starts, ends = version["effective_from"], version["effective_to"]
        if ends is not None and ends < starts:
            raise PackError(where, f"版本在 {ends} 结束，却到 {starts} 才开始", "请核对两个日期")
    for earlier, later in pairwise(versions):
        ends, starts = earlier["effective_to"], later["effective_from"]
        if ends is None or starts <= ends:
            raise PackError(where, f"两个版本的日期重叠（后一个从 {starts} 起）", "请给前一个版本写上 effective_to")
        if starts != ends + timedelta(days=1):
            raise PackError(where, f"{ends} 到 {starts} 之间没有版本", "请把日期接上；确实没有规定的，另写一条说明")
