"""`python -m services.accounts`: the desk's accounts, kept by whoever may log in on the server's machine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Sequence

from rules_engine import regions
from services import bootstrap
from services.account_problems import AccountProblem, problem_sentence
from services.accounts import Accounts
from services.desk_account import ALL_REGIONS, MAY_HAVE_ALL_REGIONS, ROLE_TITLES, ROLES, Account


def main(arguments: Sequence[str] | None = None) -> None:
    """Does what the command line says and tells the outcome. Exits with 1 where it could not be done."""
    given = _parser().parse_args(arguments)
    command: Callable[[Accounts, argparse.Namespace], str] = given.command
    try:
        print(command(bootstrap.accounts(), given))
    except AccountProblem as problem:
        sys.exit(problem_sentence(problem))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.accounts", description="服务台的账号。密码在终端上输入，或从标准输入读一行。"
    )
    commands = parser.add_subparsers(required=True, metavar="命令")
    add = commands.add_parser("add", help="新增一个账号")
    add.add_argument("account_id", metavar="工号", help="2到32个字母、数字、- 或 _")
    add.add_argument("name", metavar="姓名")
    _take_role(add)
    add.set_defaults(command=_add)
    role = commands.add_parser("role", help="换角色和统筹区，下一次操作起算")
    role.add_argument("account_id", metavar="工号")
    _take_role(role)
    role.set_defaults(command=_role)
    commands.add_parser("list", help="列出所有账号").set_defaults(command=_list)
    for name, command, about in (
        ("disable", _disable, "停用：马上退出，不能再登录"),
        ("enable", _enable, "停用之后重新启用"),
        ("password", _password, "换密码：原来的登录都退出"),
    ):
        one = commands.add_parser(name, help=about)
        one.add_argument("account_id", metavar="工号")
        one.set_defaults(command=command)
    return parser


def _take_role(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=ROLES, required=True, help="agent 接线、officer 经办、admin 管理")
    parser.add_argument(
        "--regions", nargs="+", metavar="代码", help="负责的统筹区，如 371000；可以写几个。接线和管理不写就是全部"
    )


def _add(accounts: Accounts, given: argparse.Namespace) -> str:
    codes = _regions_of(given)
    account = accounts.add(given.account_id, given.name, codes, _asked_password(), given.role)
    return f"已新增 {_described(account)}。"


def _role(accounts: Accounts, given: argparse.Namespace) -> str:
    accounts.set_role(given.account_id, given.role, _regions_of(given))
    return f"已改 {_described(accounts.found(given.account_id).account)}。"


def _list(accounts: Accounts, _: argparse.Namespace) -> str:
    rows = [
        (
            one.account.id, one.account.name, ROLE_TITLES[one.account.role], _places(one.account.regions),
            "在用" if one.is_active else "已停用",
        )
        for one in accounts.listed()
    ]
    nobody = "还没有账号。新增：python -m services.accounts add <工号> <姓名> --role officer --regions <统筹区代码>"
    return "\n".join("\t".join(row) for row in rows) or nobody


def _disable(accounts: Accounts, given: argparse.Namespace) -> str:
    accounts.disable(given.account_id)
    return f"已停用 {given.account_id}，登录也已经退出。"


def _enable(accounts: Accounts, given: argparse.Namespace) -> str:
    accounts.enable(given.account_id)
    return f"已重新启用 {given.account_id}。"


def _password(accounts: Accounts, given: argparse.Namespace) -> str:
    accounts.found(given.account_id)
    accounts.set_password(given.account_id, _asked_password())
    return f"已换 {given.account_id} 的密码，原来的登录都退出了。"


def _regions_of(given: argparse.Namespace) -> list[str]:
    """The regions that were named; all of them where none need be named."""
    if given.regions is None:
        return [ALL_REGIONS] if given.role in MAY_HAVE_ALL_REGIONS else []
    return list(given.regions)


def _described(account: Account) -> str:
    return f"{account.id}（{ROLE_TITLES[account.role]}），负责{_places(account.regions)}"


def _places(codes: Iterable[str]) -> str:
    named = ("全部" if code == ALL_REGIONS else f"{regions.short_name(code)}（{code}）" for code in sorted(codes))
    return "、".join(named)


def _asked_password() -> str:
    """The password from the terminal, typed twice, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("密码（至少10个字符，输入时不显示）：")
    if getpass.getpass("再输入一遍：") != password:
        raise AccountProblem("passwords_differ")
    return password
