"""The accounts from the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from account_agency import ANOTHER, HANGZHOU, PASSWORD, WEIHAI, an_agency

from services.account_problems import AccountProblem

ROOT = Path(__file__).resolve().parents[2]


def command(data: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "services.accounts", *arguments], cwd=ROOT, env=environment, input=typed,
        capture_output=True, text=True, check=False,
    )


def test_accounts_are_kept_from_the_command_line_and_the_password_is_read_not_given(tmp_path):
    added = command(tmp_path, "add", "zhang01", "张经办", "--role", "officer", "--regions", WEIHAI, HANGZHOU, typed=PASSWORD + "\n")
    assert (added.returncode, added.stdout) == (0, "已新增 zhang01（经办），负责杭州（330100）、威海（371000）。\n"), added.stderr
    elsewhere = command(tmp_path, "add", "li02", "李", "--role", "officer", "--regions", "110000", typed=PASSWORD)
    assert elsewhere.returncode == 1 and "110000 还没有规定资料" in elsewhere.stderr and "威海（371000）" in elsewhere.stderr
    assert command(tmp_path, "disable", "zhang01").stdout == "已停用 zhang01，登录也已经退出。\n"
    assert command(tmp_path, "list").stdout == "zhang01\t张经办\t经办\t杭州（330100）、威海（371000）\t已停用\n"
    short = command(tmp_path, "password", "zhang01", typed="short\n")
    assert (short.returncode, short.stderr) == (1, "密码至少10个字符，请换个长一点的。\n")
    assert command(tmp_path, "password", "zhang01", typed=ANOTHER + "\n").returncode == 0
    assert command(tmp_path, "enable", "zhang01").stdout == "已重新启用 zhang01。\n"
    with an_agency(tmp_path / "officers.db") as agency:
        agency.sign_in.log_in("zhang01", ANOTHER)


def test_whoever_answers_has_all_regions_unless_some_are_named_and_an_officer_must_have_some(tmp_path):
    agent = command(tmp_path, "add", "li02", "李", "--role", "agent", typed=PASSWORD)
    assert agent.stdout == "已新增 li02（接线），负责全部。\n", agent.stderr
    nowhere = command(tmp_path, "add", "wang3", "王", "--role", "officer", typed=PASSWORD)
    assert (nowhere.returncode, nowhere.stderr) == (1, "没有写负责哪个统筹区，请补上代码，如 371000。\n")
    assert command(tmp_path, "role", "li02", "--role", "officer", "--regions", "321084").stdout == "已改 li02（经办），负责高邮（321084）。\n"


def test_on_a_terminal_the_password_is_asked_twice(monkeypatch, tmp_path):
    from services import account_commands

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["碧海蓝天 1398-7", "碧海蓝天 1399-7"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    with pytest.raises(AccountProblem, match="passwords_differ"):
        account_commands._asked_password()
