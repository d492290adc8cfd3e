"""Officers: accounts, passwords, locks and sessions, on a real store with a clock that the test moves."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from services.china_time import CHINA_TIME
from services.filing_desk import Officer
from services.officer_problems import SENTENCES, OfficerProblem, problem_sentence
from services.officer_store import OfficerStore
from services.officers import Officers

ROOT = Path(__file__).resolve().parents[2]
WEIHAI, HANGZHOU = "371000", "330100"
PASSWORD, ANOTHER = "碧海蓝天 1398-7", "another-password"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Watch:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(frozen=True)
class Agency:
    officers: Officers
    store: OfficerStore
    watch: Watch
    file: Path

    def problem_of(self, officer_id: str = "zhang01", password: str = "not the password") -> OfficerProblem:
        with pytest.raises(OfficerProblem) as caught:
            self.officers.log_in(officer_id, password)
        return caught.value

    def codes_of(self, attempts: int, officer_id: str = "zhang01") -> list[str]:
        return [self.problem_of(officer_id).code for _ in range(attempts)]


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    watch, file = Watch(), tmp_path / "officers.db"
    store = OfficerStore(file)
    officers = Officers(store, watch, QUICK)
    officers.add("zhang01", "张经办", [WEIHAI, HANGZHOU], PASSWORD)
    yield Agency(officers, store, watch, file)
    store.close()


def test_an_officer_logs_in_and_is_known_by_the_token(agency):
    token, begun = agency.officers.log_in("zhang01", PASSWORD)
    session = agency.officers.session(token)
    assert session.officer == begun.officer == Officer("zhang01", "张经办", frozenset({WEIHAI, HANGZHOU}))
    assert begun.expires_at == agency.watch.at + timedelta(hours=12)


def test_neither_password_nor_token_nor_what_was_typed_is_in_the_files(agency):
    token, _ = agency.officers.log_in("zhang01", PASSWORD)
    agency.problem_of("371002199001011237", "typed-into-the-wrong-box")
    files = b"".join(file.read_bytes() for file in agency.file.parent.iterdir())
    for secret in (PASSWORD, token, "371002199001011237", "typed-into-the-wrong-box"):
        assert secret.encode() not in files, secret
    assert b"$argon2id$" in files
    assert agency.file.stat().st_mode & 0o077 == 0


def test_the_installed_parameters_are_the_librarys_own(tmp_path):
    officers = Officers(store := OfficerStore(None), Watch())
    officers.add("zhang01", "张经办", [WEIHAI], PASSWORD)
    assert officers.log_in("zhang01", PASSWORD)
    assert store.officer("zhang01").password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_of_nine_characters_is_refused_and_one_of_ten_taken(agency):
    with pytest.raises(OfficerProblem) as caught:
        agency.officers.add("li02", "李", [WEIHAI], "123456789")
    assert problem_sentence(caught.value) == "密码至少10个字符，请换个长一点的。"
    agency.officers.add("li02", "李", [WEIHAI], "1234567890")
    agency.officers.add("wang3", "王", [WEIHAI], "密" * 256)
    with pytest.raises(OfficerProblem, match="password_too_long"):
        agency.officers.set_password("wang3", "密" * 257)
    agency.officers.log_in("wang3", "密" * 256)


@pytest.mark.parametrize(("composed", "typed"), [("café-café-1", "cafe\u0301-cafe\u0301-1"), ("a" * 10, "a" * 10)])
def test_a_password_may_be_typed_on_another_keyboard(agency, composed, typed):
    agency.officers.set_password("zhang01", composed)
    agency.officers.log_in("zhang01", typed)


@pytest.mark.parametrize(
    ("officer_id", "name", "regions", "code"),
    [
        ("a", "张", [WEIHAI], "bad_id"), ("zhang 01", "张", [WEIHAI], "bad_id"), ("张", "张", [WEIHAI], "bad_id"), ("z" * 33, "张", [WEIHAI], "bad_id"),
        ("li02", "  ", [WEIHAI], "bad_name"), ("li02", "张\x00", [WEIHAI], "bad_name"), ("li02", "张" * 31, [WEIHAI], "bad_name"),
        ("li02", "张", [], "no_regions"), ("li02", "张", [WEIHAI, "999999"], "unknown_region"), ("zhang01", "张", [WEIHAI], "officer_exists"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(agency, officer_id, name, regions, code):
    with pytest.raises(OfficerProblem) as caught:
        agency.officers.add(officer_id, name, regions, PASSWORD)
    assert caught.value.code == code
    assert [account.officer.id for account in agency.officers.accounts()] == ["zhang01"]
    assert "{" not in problem_sentence(caught.value)


@pytest.mark.parametrize("officer_id", ["zhang01", "nobody", "371002199001011237", "\x00", "\ud800", "' OR 1=1 --"])
def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour_whether_there_is_such_an_officer_or_not(agency, officer_id):
    for left in (4, 3, 2, 1):
        problem = agency.problem_of(officer_id)
        assert (problem.code, problem.details) == ("wrong_login", {"left": left})
    fifth = agency.problem_of(officer_id)
    assert fifth.code == "login_locked" and fifth.details["seconds"] == 900
    assert problem_sentence(fifth) == "密码错了5次，这个工号先锁住。请10点45分以后再试。"
    agency.watch.passes(minutes=14, seconds=59)
    assert agency.problem_of(officer_id, PASSWORD).details == {"until": fifth.details["until"], "seconds": 1}
    agency.watch.passes(seconds=1)
    assert agency.problem_of(officer_id).details == {"left": 4}


def test_while_locked_the_right_password_does_not_help_and_attempts_do_not_prolong_it(agency):
    agency.codes_of(5)
    for _ in range(14):
        agency.watch.passes(minutes=1)
        assert agency.problem_of(password=PASSWORD).code == "login_locked"
    agency.watch.passes(minutes=1)
    agency.officers.log_in("zhang01", PASSWORD)


def test_wrong_passwords_count_for_a_quarter_of_an_hour(agency):
    for _ in range(12):
        assert agency.problem_of().code == "wrong_login"
        agency.watch.passes(minutes=3, seconds=45)
    agency.watch.passes(minutes=15)
    assert agency.codes_of(4) == ["wrong_login"] * 4
    agency.watch.passes(minutes=14, seconds=59)
    assert agency.problem_of().code == "login_locked"
    agency.watch.passes(minutes=14, seconds=59)
    assert agency.problem_of().code == "login_locked"


def test_a_login_forgets_the_wrong_attempts_before_it_and_nobody_elses(agency):
    agency.officers.add("li02", "李", [WEIHAI], ANOTHER)
    agency.codes_of(4)
    agency.codes_of(4, "li02")
    agency.officers.log_in("zhang01", PASSWORD)
    assert agency.codes_of(4) == ["wrong_login"] * 4
    assert agency.problem_of("li02").code == "login_locked"


def test_guesses_sent_at_once_are_counted_before_they_are_checked(agency):
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda _: agency.problem_of().code, range(12)))
    assert codes.count("wrong_login") <= 4
    assert agency.problem_of(password=PASSWORD).code == "login_locked"


def test_locks_outlive_the_process(agency):
    agency.codes_of(5)
    again = Officers(OfficerStore(agency.file), agency.watch, QUICK)
    with pytest.raises(OfficerProblem, match="login_locked"):
        again.log_in("zhang01", PASSWORD)


def test_attempts_of_unknown_people_are_not_kept_for_ever(agency):
    for name in ("a", "b", "c"):
        agency.problem_of(name)
    agency.watch.passes(minutes=31)
    agency.problem_of("d")
    kept = agency.store._database.execute("SELECT count(*) FROM login_attempts").fetchone()
    assert kept == (1,)


def test_a_session_ends_after_twelve_hours_without_use_and_a_day_in_any_case(agency):
    token, _ = agency.officers.log_in("zhang01", PASSWORD)
    agency.watch.passes(hours=11, minutes=59)
    assert agency.officers.session(token).expires_at == agency.watch.at + timedelta(hours=12)
    agency.watch.passes(hours=11, minutes=59)
    assert agency.officers.session(token).expires_at == agency.watch.at + timedelta(minutes=2)
    agency.watch.passes(minutes=2)
    assert agency.officers.session(token) is None
    unused, _ = agency.officers.log_in("zhang01", PASSWORD)
    agency.watch.passes(hours=12)
    assert agency.officers.session(unused) is None


def test_logging_out_ends_this_session_and_no_other(agency):
    here, there = (agency.officers.log_in("zhang01", PASSWORD)[0] for _ in range(2))
    agency.officers.log_out(here)
    assert agency.officers.session(here) is None
    assert agency.officers.session(there) is not None
    agency.officers.log_out("never a token")


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 10_000])
def test_a_made_up_token_opens_nothing(agency, token):
    agency.officers.log_in("zhang01", PASSWORD)
    assert agency.officers.session(token) is None


def test_a_disabled_officer_is_out_at_once_and_only_the_password_tells(agency):
    token, _ = agency.officers.log_in("zhang01", PASSWORD)
    agency.officers.disable("zhang01")
    assert agency.officers.session(token) is None
    assert agency.problem_of(password=PASSWORD).code == "officer_disabled"
    assert agency.problem_of().code == "wrong_login"
    assert [account.is_active for account in agency.officers.accounts()] == [False]
    agency.officers.enable("zhang01")
    assert agency.officers.session(token) is None
    assert agency.officers.log_in("zhang01", PASSWORD)


def test_a_new_password_ends_sessions_and_opens_a_lock(agency):
    token, _ = agency.officers.log_in("zhang01", PASSWORD)
    agency.codes_of(5)
    agency.officers.set_password("zhang01", ANOTHER)
    assert agency.officers.session(token) is None
    assert agency.problem_of(password=PASSWORD).code == "wrong_login"
    agency.officers.log_in("zhang01", ANOTHER)


@pytest.mark.parametrize("step", ["disable", "enable", "check_known"])
def test_an_unknown_officer_is_named(agency, step):
    with pytest.raises(OfficerProblem) as caught:
        getattr(agency.officers, step)("nobody")
    assert problem_sentence(caught.value) == "没有工号 nobody。用 list 看看都有谁。"


def test_a_hash_with_old_parameters_is_renewed_at_the_next_login(agency):
    stronger = Officers(agency.store, agency.watch, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    old = agency.store.officer("zhang01").password_hash
    with pytest.raises(OfficerProblem):
        stronger.log_in("zhang01", "not the password")
    assert agency.store.officer("zhang01").password_hash == old
    stronger.log_in("zhang01", PASSWORD)
    assert "$m=128,t=2,p=1$" in agency.store.officer("zhang01").password_hash
    stronger.log_in("zhang01", PASSWORD)


def test_a_full_disk_is_told_and_those_who_are_in_go_on_reading(agency):
    token, _ = agency.officers.log_in("zhang01", PASSWORD)
    connection = agency.store._database.conn
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(OfficerProblem) as caught:
        for n in range(2_000):
            agency.officers.add(f"officer-{n}", "张" * 30, [WEIHAI], PASSWORD)
    assert caught.value.code == "store_full" and "磁盘满了" in problem_sentence(caught.value)
    agency.watch.passes(hours=1)
    assert agency.officers.session(token) is not None


def test_every_sentence_ends_and_tells_what_to_do():
    assert all(sentence.endswith("。") for sentence in SENTENCES.values())


def command(data: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "services.officers", *arguments], cwd=ROOT, env=environment, input=typed,
        capture_output=True, text=True, check=False,
    )


def test_accounts_are_kept_from_the_command_line_and_the_password_is_read_not_given(tmp_path):
    added = command(tmp_path, "add", "zhang01", "张经办", WEIHAI, HANGZHOU, typed=PASSWORD + "\n")
    assert (added.returncode, added.stdout) == (0, "已新增 zhang01，负责杭州（330100）、威海（371000）。\n"), added.stderr
    elsewhere = command(tmp_path, "add", "li02", "李", "110000", typed=PASSWORD)
    assert elsewhere.returncode == 1 and "110000 还没有能在这里办的备案" in elsewhere.stderr and "威海（371000）" in elsewhere.stderr
    assert command(tmp_path, "disable", "zhang01").stdout == "已停用 zhang01，登录也已经退出。\n"
    assert command(tmp_path, "list").stdout == "zhang01\t张经办\t杭州（330100）、威海（371000）\t已停用\n"
    short = command(tmp_path, "password", "zhang01", typed="short\n")
    assert (short.returncode, short.stderr) == (1, "密码至少10个字符，请换个长一点的。\n")
    assert command(tmp_path, "password", "zhang01", typed=ANOTHER + "\n").returncode == 0
    assert command(tmp_path, "enable", "zhang01").stdout == "已重新启用 zhang01。\n"
    Officers(OfficerStore(tmp_path / "officers.db"), Watch()).log_in("zhang01", ANOTHER)


def test_on_a_terminal_the_password_is_asked_twice(monkeypatch, tmp_path):
    from services import officer_accounts

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["碧海蓝天 1398-7", "碧海蓝天 1399-7"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    with pytest.raises(OfficerProblem, match="passwords_differ"):
        officer_accounts._asked_password()
