"""`python -m services.officers`: officers' accounts, kept by whoever may log in on the server's machine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Sequence

from rules_engine import regions
from rules_engine.filing_kinds import load_filing_kinds
from services import bootstrap
from services.officer_problems import OfficerProblem, problem_sentence
from services.officers import Officers


def main(arguments: Sequence[str] | None = None) -> None:
    """Does what the command line says and tells the outcome. Exits with 1 where it could not be done."""
    given = _parser().parse_args(arguments)
    command: Callable[[Officers, argparse.Namespace], str] = given.command
    try:
        print(command(bootstrap.officers(), given))
    except OfficerProblem as problem:
        sys.exit(problem_sentence(problem))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.officers", description="经办人员的账号。密码在终端上输入，或从标准输入读一行。"
    )
    commands = parser.add_subparsers(required=True, metavar="命令")
    add = commands.add_parser("add", help="新增一个账号")
    add.add_argument("officer_id", help="工号：2到32个字母、数字、- 或 _")
    add.add_argument("name", help="姓名")
    add.add_argument("regions", nargs="+", help="负责的统筹区代码，如 371000；可以写几个")
    add.set_defaults(command=_add)
    commands.add_parser("list", help="列出所有账号").set_defaults(command=_list)
    for name, command, about in (
        ("disable", _disable, "停用：马上退出，不能再登录"),
        ("enable", _enable, "停用之后重新启用"),
        ("password", _password, "换密码：原来的登录都退出"),
    ):
        one = commands.add_parser(name, help=about)
        one.add_argument("officer_id", help="工号")
        one.set_defaults(command=command)
    return parser


def _add(officers: Officers, given: argparse.Namespace) -> str:
    offered = load_filing_kinds().regions()
    for code in given.regions:
        if code not in offered:
            raise OfficerProblem("nothing_to_file", region=code, offered=_places(offered))
    officer = officers.add(given.officer_id, given.name, given.regions, _asked_password())
    return f"已新增 {officer.id}，负责{_places(officer.regions)}。"


def _list(officers: Officers, _: argparse.Namespace) -> str:
    rows = [
        (one.officer.id, one.officer.name, _places(one.officer.regions), "在用" if one.is_active else "已停用")
        for one in officers.accounts()
    ]
    nobody = "还没有账号。新增：python -m services.officers add <工号> <姓名> <统筹区代码>"
    return "\n".join("\t".join(row) for row in rows) or nobody


def _disable(officers: Officers, given: argparse.Namespace) -> str:
    officers.disable(given.officer_id)
    return f"已停用 {given.officer_id}，登录也已经退出。"


def _enable(officers: Officers, given: argparse.Namespace) -> str:
    officers.enable(given.officer_id)
    return f"已重新启用 {given.officer_id}。"


def _password(officers: Officers, given: argparse.Namespace) -> str:
    officers.check_known(given.officer_id)
    officers.set_password(given.officer_id, _asked_password())
    return f"已换 {given.officer_id} 的密码，原来的登录都退出了。"


def _places(codes: Iterable[str]) -> str:
    return "、".join(f"{regions.short_name(code)}（{code}）" for code in sorted(codes))


def _asked_password() -> str:
    """The password from the terminal, typed twice, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("密码（至少10个字符，输入时不显示）：")
    if getpass.getpass("再输入一遍：") != password:
        raise OfficerProblem("passwords_differ")
    return password
