"""What is wrong with a request's input, in Chinese, without repeating what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rules_engine.schedules import COMPONENT_WORDS
from services.cost_form import TITLES as COST_TITLES

TITLES = {
    **COMPONENT_WORDS, **COST_TITLES, "sheet": "结算单", "skipped": "不知道的情况",
    "amount": "金额", "rate": "先付比例", "pooled_fund_amount": "统筹基金支付",
    "critical_illness_amount": "大病保险支付", "patient_total_amount": "个人一共付", "fund_total_amount": "医保一共付",
    "base": "现在的情形", "variants": "另外的情形", "changes": "变了的情况", "title": "名称",
    "officer_id": "工号", "password": "密码", "on": "日期", "version": "版本号", "reason": "原因",
    "fields": "要补正的项目", "agreed": "是否同意", "id_number": "身份证号", "status": "状态",
    "region": "统筹区代码", "after": "翻页的位置", "limit": "每页份数", "filing_no": "备案号",
    "paper_id": "材料编号", "phone": "电话", "note": "说明", "name": "姓名", "role": "角色", "regions": "统筹区",
    "present": "现在的密码", "account": "工号", "code": "客服码", "subject": "问题", "kind": "种类", "days": "天数",
    "done": "办没办", "state": "办没办", "format": "文件格式", "from": "开始那天", "to": "结束那天",
    "reading_id": "对话", "q": "查询的话", "topic": "话题", "facts": "情况", "without": "不算的情况",
    "skip": "不知道的情况",
    "Idempotency-Key": "请求头 Idempotency-Key",
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
    return f"{title_of(key)}{fault}。", {"faults": faults}


def title_of(key: str) -> str:
    """What the key's field is called; the request as a whole where it is none of ours."""
    return TITLES.get(key.rsplit(".", 1)[-1], WHOLE)


def _key(error: Mapping[str, Any]) -> str:
    """Where it is, down to the last name of ours (sheet.deductible): others were made up by the caller."""
    where = [part for part in error["loc"][1:] if part in TITLES or isinstance(part, int)]
    while where and isinstance(where[-1], int):
        where.pop()
    return ".".join(map(str, where))


def _fault(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "value_error":  # our own checks say it themselves
        return str(context["error"])
    return FAULTS.get(kind, ELSE).format_map(context)
