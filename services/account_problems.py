"""What is said when something about an account cannot be done: at the command line, at the login, on the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

SENTENCES = {
    "bad_id": "工号要用2到32个字母、数字、- 或 _，请换一个。",
    "bad_name": "姓名要写1到{most}个字，请重写。",
    "no_regions": "没有写负责哪个统筹区，请补上代码，如 371000。",
    "no_such_region": "{region} 还没有规定资料，账号不能负责它，请核对代码。现在有：{offered}。",
    "unknown_role": "没有这种角色。角色写 agent（接线）、officer（经办）或 admin（管理）。",
    "not_all_regions": "经办人员要写明负责哪几个统筹区，不能写全部。请补上代码，如 371000。",
    "account_exists": "已经有工号 {account_id}，请换一个。要换他的密码、停用他，在账号列表里做。",
    "account_not_found": "没有工号 {account_id}，请对照账号列表。",
    "last_admin": "这是最后一个在用的管理员，停用或换了角色就没有人能管账号了。请先再加一个管理员。",
    "password_too_short": "密码至少{least}个字符，请换个长一点的。",
    "password_too_long": "密码最多{most}个字符，请换个短一点的。",
    "passwords_differ": "两遍密码不一样，请重来。",
    "same_password": "新密码跟现在的一样，请换一个。",
    "wrong_password": "现在的密码不对，请再输一遍。还可以试{left}次。",
    "session_over": "登录已经结束。请重新登录。",
    "wrong_login": "工号或密码不对，请核对。还可以试{left}次。",
    "login_locked": "密码错了5次，这个工号先锁住。请{until}以后再试。",
    "account_disabled": "这个账号已经停用。要恢复，请找管理员。",
    "store_full": "服务器的磁盘满了，这一步没有存上。请告诉管理员，清理后再试。",
    "store_read_only": "服务器的数据库现在不能写，这一步没有存上。请告诉管理员。",
    "store_busy": "服务器正忙，这一步没有存上。请过几秒再试。",
    "store_failing": "服务器的磁盘出了故障，这一步没有存上。请告诉管理员。",
}


class AccountProblem(Exception):
    """Something cannot be done with that account; `code` is stable, `details` say with what."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def problem_sentence(problem: AccountProblem) -> str:
    """The problem in Chinese: what is wrong and what to do."""
    return SENTENCES[problem.code].format_map({name: _said(value) for name, value in problem.details.items()})


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.hour}点{value.minute:02d}分"
    return str(value)
