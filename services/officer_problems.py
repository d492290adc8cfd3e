"""What is said when something about an officer cannot be done: at the command line and at the login."""

from __future__ import annotations

from datetime import datetime
from typing import Any

SENTENCES = {
    "bad_id": "工号要用2到32个字母、数字、- 或 _，请换一个。",
    "bad_name": "姓名要写1到{most}个字，请重写。",
    "no_regions": "没有写负责哪个统筹区，请补上代码，如 371000。",
    "unknown_region": "没有 {region} 这个区划代码，请核对六位数字。",
    "nothing_to_file": "{region} 还没有能在这里办的备案，请核对代码。现在有：{offered}。",
    "officer_exists": "已经有工号 {officer_id}。换密码用 password，停用用 disable。",
    "officer_not_found": "没有工号 {officer_id}。用 list 看看都有谁。",
    "password_too_short": "密码至少{least}个字符，请换个长一点的。",
    "password_too_long": "密码最多{most}个字符，请换个短一点的。",
    "passwords_differ": "两遍密码不一样，请重来。",
    "wrong_login": "工号或密码不对，请核对。还可以试{left}次。",
    "login_locked": "密码错了5次，这个工号先锁住。请{until}以后再试。",
    "officer_disabled": "这个账号已经停用。要恢复，请找管理员。",
    "store_full": "服务器的磁盘满了，这一步没有存上。请告诉管理员，清理后再试。",
    "store_read_only": "服务器的数据库现在不能写，这一步没有存上。请告诉管理员。",
    "store_busy": "服务器正忙，这一步没有存上。请过几秒再试。",
    "store_failing": "服务器的磁盘出了故障，这一步没有存上。请告诉管理员。",
}


class OfficerProblem(Exception):
    """Something cannot be done with that officer; `code` is stable, `details` say with what."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def problem_sentence(problem: OfficerProblem) -> str:
    """The problem in Chinese: what is wrong and what to do."""
    return SENTENCES[problem.code].format_map({name: _said(value) for name, value in problem.details.items()})


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.hour}点{value.minute:02d}分"
    return str(value)
