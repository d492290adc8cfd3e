"""What is wrong with a request's input, in Chinese, without repeating what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

TITLES = {
    "officer_id": "工号", "password": "密码", "on": "确认日期", "version": "版本号", "reason": "原因",
    "fields": "要补正的项目", "agreed": "是否同意", "id_number": "身份证号", "status": "状态",
    "region": "统筹区代码", "after": "翻页的位置", "limit": "每页份数", "filing_no": "备案号",
    "paper_id": "材料编号", "Idempotency-Key": "请求头 Idempotency-Key",
}
WHOLE = "请求"
# pydantic's error → what is wrong and what to do; {…} is filled from the error's own context
FAULTS = {
    "missing": "没有填",
    "extra_forbidden": "有接口里没有的键，请去掉",
    "string_too_short": "至少要{min_length}个字",
    "string_too_long": "最多{max_length}个字",
    "too_long": "最多{max_length}个",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "literal_error": "只能是 {expected}",
    "json_invalid": "不是正确的 JSON，请检查引号、逗号和编码",
    "model_attributes_type": "要是一个 JSON 对象，Content-Type 要写 application/json",
}
ELSE = "格式不对，请对照接口说明"


def bad_input(errors: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
    """One sentence on the first fault, and all of them by key as {key: what is wrong}."""
    faults: dict[str, str] = {}
    for error in errors:
        faults.setdefault(_key(error), _fault(error))
    key, fault = next(iter(faults.items()))
    return f"{TITLES.get(key, WHOLE)}{fault}。", {"faults": faults}


def _key(error: Mapping[str, Any]) -> str:
    """The name of what is wrong, if it is one of ours: others were made up by the caller."""
    return next((part for part in error["loc"] if part in TITLES), "")


def _fault(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "value_error":  # our own checks say it themselves
        return str(context["error"])
    return FAULTS.get(kind, ELSE).format_map(context)
