"""Signing in at the desk: locks, sessions, own passwords, on a real store with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from account_agency import ALL, ANOTHER, HANGZHOU, PASSWORD, WEIHAI, Agency, an_agency, an_agency_of_zhang
from argon2 import PasswordHasher

from services.account_problems import AccountProblem, problem_sentence
from services.account_sign_in import SignIn
from services.desk_account import Account
from services.passwords import Passwords


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    with an_agency_of_zhang(tmp_path) as opened:
        yield opened


def test_an_officer_logs_in_and_is_known_by_the_token(agency):
    token, begun = agency.sign_in.log_in("zhang01", PASSWORD)
    session = agency.sign_in.session(token)
    assert session.account == begun.account == Account("zhang01", "张经办", frozenset({WEIHAI, HANGZHOU}), "officer")
    assert begun.expires_at == agency.watch.at + timedelta(hours=12)


@pytest.mark.parametrize(("composed", "typed"), [("café-café-1", "cafe\u0301-cafe\u0301-1"), ("a" * 10, "a" * 10)])
def test_a_password_may_be_typed_on_another_keyboard(agency, composed, typed):
    agency.accounts.set_password("zhang01", composed)
    agency.sign_in.log_in("zhang01", typed)


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
    agency.sign_in.log_in("zhang01", PASSWORD)


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
    agency.accounts.add("li02", "李", [WEIHAI], ANOTHER, "officer")
    agency.codes_of(4)
    agency.codes_of(4, "li02")
    agency.sign_in.log_in("zhang01", PASSWORD)
    assert agency.codes_of(4) == ["wrong_login"] * 4
    assert agency.problem_of("li02").code == "login_locked"


def test_guesses_sent_at_once_are_counted_before_they_are_checked(agency):
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda _: agency.problem_of().code, range(12)))
    assert codes.count("wrong_login") <= 4
    assert agency.problem_of(password=PASSWORD).code == "login_locked"


def test_locks_outlive_the_process(agency):
    agency.codes_of(5)
    with an_agency(agency.file, watch=agency.watch) as again, pytest.raises(AccountProblem, match="login_locked"):
        again.sign_in.log_in("zhang01", PASSWORD)


def test_attempts_of_unknown_people_are_not_kept_for_ever(agency):
    for name in ("a", "b", "c"):
        agency.problem_of(name)
    agency.watch.passes(minutes=31)
    agency.problem_of("d")
    kept = agency.store._database.execute("SELECT count(*) FROM login_attempts").fetchone()
    assert kept == (1,)


def test_a_session_ends_after_twelve_hours_without_use_and_a_day_in_any_case(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.watch.passes(hours=11, minutes=59)
    assert agency.sign_in.session(token).expires_at == agency.watch.at + timedelta(hours=12)
    agency.watch.passes(hours=11, minutes=59)
    assert agency.sign_in.session(token).expires_at == agency.watch.at + timedelta(minutes=2)
    agency.watch.passes(minutes=2)
    assert agency.sign_in.session(token) is None
    unused, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.watch.passes(hours=12)
    assert agency.sign_in.session(unused) is None


def test_logging_out_ends_this_session_and_no_other(agency):
    here, there = (agency.sign_in.log_in("zhang01", PASSWORD)[0] for _ in range(2))
    agency.sign_in.log_out(here)
    assert agency.sign_in.session(here) is None
    assert agency.sign_in.session(there) is not None
    agency.sign_in.log_out("never a token")


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 10_000])
def test_a_made_up_token_opens_nothing(agency, token):
    agency.sign_in.log_in("zhang01", PASSWORD)
    assert agency.sign_in.session(token) is None


def test_a_disabled_officer_is_out_at_once_and_only_the_password_tells(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.accounts.disable("zhang01")
    assert agency.sign_in.session(token) is None
    assert agency.problem_of(password=PASSWORD).code == "account_disabled"
    assert agency.problem_of().code == "wrong_login"
    assert [account.is_active for account in agency.accounts.listed()] == [False]
    agency.accounts.enable("zhang01")
    assert agency.sign_in.session(token) is None
    assert agency.sign_in.log_in("zhang01", PASSWORD)


def test_a_new_password_ends_sessions_and_opens_a_lock(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.codes_of(5)
    agency.accounts.set_password("zhang01", ANOTHER)
    assert agency.sign_in.session(token) is None
    assert agency.problem_of(password=PASSWORD).code == "wrong_login"
    agency.sign_in.log_in("zhang01", ANOTHER)


def test_a_hash_with_old_parameters_is_renewed_at_the_next_login(agency):
    stronger = SignIn(agency.store, agency.watch, Passwords(PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)), lambda: ALL)
    old = agency.store.account("zhang01").password_hash
    with pytest.raises(AccountProblem):
        stronger.log_in("zhang01", "not the password")
    assert agency.store.account("zhang01").password_hash == old
    stronger.log_in("zhang01", PASSWORD)
    assert "$m=128,t=2,p=1$" in agency.store.account("zhang01").password_hash
    stronger.log_in("zhang01", PASSWORD)


# --- one's own password ---


def test_whoever_changes_their_password_stays_in_and_is_out_everywhere_else(agency):
    here, there = (agency.sign_in.log_in("zhang01", PASSWORD)[0] for _ in range(2))
    token, session = agency.sign_in.change_password(here, PASSWORD, ANOTHER)
    assert agency.sign_in.session(token).account == session.account
    assert agency.sign_in.session(here) is None and agency.sign_in.session(there) is None
    assert agency.problem_of(password=PASSWORD).code == "wrong_login"
    agency.sign_in.log_in("zhang01", ANOTHER)
    assert ("zhang01", "password_changed", "zhang01") in agency.events()


@pytest.mark.parametrize(
    ("present", "new", "code"),
    [("not the password", ANOTHER, "wrong_password"), (PASSWORD, PASSWORD, "same_password"), (PASSWORD, "short", "password_too_short")],
)
def test_a_password_that_cannot_be_changed_so_stays(agency, present, new, code):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    with pytest.raises(AccountProblem) as caught:
        agency.sign_in.change_password(token, present, new)
    assert caught.value.code == code and "{" not in problem_sentence(caught.value)
    assert agency.sign_in.session(token) is not None
    agency.sign_in.log_in("zhang01", PASSWORD)


def test_whoever_finds_a_screen_left_open_cannot_try_passwords_out(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    codes = []
    for _ in range(6):
        with pytest.raises(AccountProblem) as caught:
            agency.sign_in.change_password(token, "not the password", ANOTHER)
        codes.append(caught.value.code)
    assert codes == ["wrong_password"] * 4 + ["login_locked"] * 2
    assert agency.problem_of(password=PASSWORD).code == "login_locked"


def test_without_a_session_no_password_is_changed(agency):
    with pytest.raises(AccountProblem, match="session_over"):
        agency.sign_in.change_password("made up", PASSWORD, ANOTHER)
    agency.sign_in.log_in("zhang01", PASSWORD)


def test_signing_out_everywhere_ends_all_sessions_of_this_account_and_no_other(agency):
    agency.accounts.add("li02", "李", [WEIHAI], ANOTHER, "officer")
    other, _ = agency.sign_in.log_in("li02", ANOTHER)
    mine = [agency.sign_in.log_in("zhang01", PASSWORD)[0] for _ in range(3)]
    agency.sign_in.log_out_everywhere("zhang01")
    assert [agency.sign_in.session(token) for token in mine] == [None] * 3
    assert agency.sign_in.session(other) is not None
