"""The first start: somebody must be able to sign in at the desk before anybody has been given an account."""

from __future__ import annotations

from services import bootstrap
from services.account_problems import AccountProblem, problem_sentence


def make_and_tell() -> None:
    """Makes an administrator where there is no account yet, and tells the password on the terminal, this once.

    It is printed and never logged. A start with accounts says nothing.
    """
    try:
        made = bootstrap.accounts().make_first_admin()
    except AccountProblem as problem:
        print(f"  服务台的管理员账号没有建成：{problem_sentence(problem)}", flush=True)
        return
    if made is not None:
        account_id, password = made
        at = f"http://{bootstrap.settings().host}:{bootstrap.settings().port}/desk"
        print(f"  服务台还没有账号，建了一个管理员。密码只在这里出现一次，请记下，登录后换一个：\n"
              f"    登录：{at}\n    工号：{account_id}\n    密码：{password}", flush=True)
