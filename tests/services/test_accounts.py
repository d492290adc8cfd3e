"""Accounts of the desk: who is added as what, who is put out, and what is written down of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from account_agency import ALL, ANOTHER, PASSWORD, WEIHAI, Agency, an_agency, an_agency_of_zhang

from services.account_problems import SENTENCES, AccountProblem, problem_sentence
from services.accounts import Listed
from services.desk_account import Account

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    with an_agency_of_zhang(tmp_path) as opened:
        yield opened


def test_a_password_of_nine_characters_is_refused_and_one_of_ten_taken(agency):
    with pytest.raises(AccountProblem) as caught:
        agency.accounts.add("li02", "李", [WEIHAI], "123456789", "officer")
    assert problem_sentence(caught.value) == "密码至少10个字符，请换个长一点的。"
    agency.accounts.add("li02", "李", [WEIHAI], "1234567890", "officer")
    agency.accounts.add("wang3", "王", [WEIHAI], "密" * 256, "officer")
    with pytest.raises(AccountProblem, match="password_too_long"):
        agency.accounts.set_password("wang3", "密" * 257)
    agency.sign_in.log_in("wang3", "密" * 256)


@pytest.mark.parametrize(
    ("officer_id", "name", "regions", "code"),
    [
        ("a", "张", [WEIHAI], "bad_id"), ("zhang 01", "张", [WEIHAI], "bad_id"), ("张", "张", [WEIHAI], "bad_id"), ("z" * 33, "张", [WEIHAI], "bad_id"),
        ("li02", "  ", [WEIHAI], "bad_name"), ("li02", "张\x00", [WEIHAI], "bad_name"), ("li02", "张" * 31, [WEIHAI], "bad_name"),
        ("li02", "张", [], "no_regions"), ("li02", "张", ["*"], "not_all_regions"), ("li02", "张", [WEIHAI, "999999"], "no_such_region"), ("zhang01", "张", [WEIHAI], "account_exists"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(agency, officer_id, name, regions, code):
    with pytest.raises(AccountProblem) as caught:
        agency.accounts.add(officer_id, name, regions, PASSWORD, "officer")
    assert caught.value.code == code
    assert [one.account.id for one in agency.accounts.listed()] == ["zhang01"]
    assert "{" not in problem_sentence(caught.value)


@pytest.mark.parametrize("step", ["disable", "enable", "found"])
def test_an_unknown_officer_is_named(agency, step):
    with pytest.raises(AccountProblem) as caught:
        getattr(agency.accounts, step)("nobody")
    assert problem_sentence(caught.value) == "没有工号 nobody，请对照账号列表。"


def test_a_full_disk_is_told_and_those_who_are_in_go_on_reading(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    connection = agency.store._database.conn
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(AccountProblem) as caught:
        for n in range(2_000):
            agency.accounts.add(f"officer-{n}", "张" * 30, [WEIHAI], PASSWORD, "officer")
    assert caught.value.code == "store_full" and "磁盘满了" in problem_sentence(caught.value)
    agency.watch.passes(hours=1)
    assert agency.sign_in.session(token) is not None


def test_every_sentence_ends_and_tells_what_to_do():
    assert all(sentence.endswith("。") for sentence in SENTENCES.values())


def test_the_installed_parameters_are_the_librarys_own(tmp_path):
    with an_agency(tmp_path / "officers.db", hasher=None) as agency:
        agency.accounts.add("zhang01", "张经办", [WEIHAI], PASSWORD, "officer")
        assert agency.sign_in.log_in("zhang01", PASSWORD)
        assert agency.store.account("zhang01").password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_neither_password_nor_token_nor_what_was_typed_is_in_the_files(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.problem_of("371002199001011237", "typed-into-the-wrong-box")
    files = b"".join(file.read_bytes() for file in agency.file.parent.iterdir())
    for secret in (PASSWORD, token, "371002199001011237", "typed-into-the-wrong-box"):
        assert secret.encode() not in files, secret
    assert b"$argon2id$" in files
    assert agency.file.stat().st_mode & 0o077 == 0


# --- roles ---


@pytest.mark.parametrize(
    ("role", "regions", "may_decide", "is_admin"),
    [("agent", ["*"], False, False), ("officer", [WEIHAI], True, False), ("admin", ["*"], True, True), ("agent", [WEIHAI], False, False)],
)
def test_each_role_may_do_its_own_and_all_regions_are_written_out(agency, role, regions, may_decide, is_admin):
    agency.accounts.add("li02", "李", regions, PASSWORD, role)
    account = agency.sign_in.log_in("li02", PASSWORD)[1].account
    assert (account.role, account.may_decide, account.is_admin) == (role, may_decide, is_admin)
    assert account.regions == frozenset(ALL if regions == ["*"] else regions)
    assert next(one.account.regions for one in agency.accounts.listed() if one.account.id == "li02") == frozenset(regions)


def test_a_role_that_there_is_not_is_refused(agency):
    with pytest.raises(AccountProblem, match="unknown_role"):
        agency.accounts.add("li02", "李", [WEIHAI], PASSWORD, "king")


def test_a_change_of_role_holds_at_the_next_request(agency):
    token, _ = agency.sign_in.log_in("zhang01", PASSWORD)
    agency.accounts.set_role("zhang01", "agent", ["*"], by="admin1")
    assert agency.sign_in.session(token).account == Account("zhang01", "张经办", frozenset(ALL), "agent")
    assert agency.events()[0] == ("admin1", "role_set", "zhang01")
    assert agency.accounts.events()[0].detail == {"role": "agent", "regions": ["*"]}


def test_the_last_administrator_stays_one(agency):
    agency.accounts.add("boss", "管", ["*"], PASSWORD, "admin")
    for step in (lambda: agency.accounts.disable("boss"), lambda: agency.accounts.set_role("boss", "agent", ["*"])):
        with pytest.raises(AccountProblem, match="last_admin"):
            step()
    agency.accounts.add("boss2", "管", ["*"], PASSWORD, "admin")
    agency.accounts.disable("boss")
    with pytest.raises(AccountProblem, match="last_admin"):
        agency.accounts.disable("boss2")


def test_whoever_had_an_account_before_there_were_roles_is_an_officer(tmp_path):
    file = tmp_path / "officers.db"
    with sqlite3.connect(file) as old:
        old.executescript(BEFORE_ROLES)
    old.close()
    with an_agency(file) as agency:
        assert agency.accounts.listed() == (Listed(Account("zhang01", "张经办", frozenset({WEIHAI}), "officer"), True),)
        assert agency.accounts.make_first_admin() is None


BEFORE_ROLES = """
CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT);
INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES
 ('officer_store', 'create_officers', '2026-11-22'), ('officer_store', 'create_sessions', '2026-11-22'),
 ('officer_store', 'create_login_attempts', '2026-11-22');
CREATE TABLE officers (officer_id TEXT PRIMARY KEY, name TEXT NOT NULL, regions TEXT NOT NULL, password_hash TEXT NOT NULL,
 is_active INTEGER NOT NULL, added_at TEXT NOT NULL) STRICT;
CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, officer_id TEXT NOT NULL REFERENCES officers(officer_id),
 begun_at TEXT NOT NULL, used_at TEXT NOT NULL) STRICT;
CREATE TABLE login_attempts (id INTEGER PRIMARY KEY, login TEXT NOT NULL, at TEXT NOT NULL) STRICT;
INSERT INTO officers VALUES ('zhang01', '张经办', '["371000"]', '$argon2id$v=19$m=64,t=1,p=1$x$y', 1, '2026-11-22T02:30:00.000000+00:00');
"""


# --- the first administrator ---


def test_without_any_account_an_administrator_is_made_whose_password_nobody_chose(tmp_path):
    with an_agency(tmp_path / "officers.db") as agency:
        account_id, password = agency.accounts.make_first_admin()
        assert account_id == "admin" and len(set(password)) > 5 and len(password) == 19
        assert agency.sign_in.log_in("admin", password)[1].account == Account("admin", "管理员", frozenset(ALL), "admin")
        assert agency.accounts.make_first_admin() is None
        assert password.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert agency_has_no_first_admin(tmp_path / "officers.db")


def agency_has_no_first_admin(file: Path) -> bool:
    with an_agency(file) as again:
        return again.accounts.make_first_admin() is None


MAKING = """
import sys
from datetime import datetime
from pathlib import Path
from services.account_store import AccountStore
from services.accounts import Accounts
from services.china_time import CHINA_TIME
from services.passwords import Passwords
store = AccountStore(Path(sys.argv[1]))
print(Accounts(store, lambda: datetime(2026, 11, 22, tzinfo=CHINA_TIME), Passwords(), tuple).make_first_admin())
"""


def test_of_processes_that_start_at_once_one_makes_the_administrator(tmp_path):
    file = tmp_path / "officers.db"
    processes = [
        subprocess.Popen([sys.executable, "-c", MAKING, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4
    assert sorted(line == "None" for line in told) == [False, True, True, True]


# --- what is written down ---


def test_every_change_and_every_sign_in_is_written_down_and_stays(agency):
    agency.accounts.add("li02", "李", ["*"], PASSWORD, "agent", by="boss")
    token, _ = agency.sign_in.log_in("li02", PASSWORD)
    agency.problem_of("li02")
    agency.problem_of("nobody")
    agency.sign_in.log_out(token)
    agency.accounts.set_password("li02", ANOTHER, by="boss")
    agency.accounts.disable("li02", by="boss")
    agency.accounts.enable("li02", by="boss")
    assert agency.events("li02") == [
        ("boss", "enabled", "li02"), ("boss", "disabled", "li02"), ("boss", "password_set", "li02"), ("li02", "signed_out", "li02"),
        ("li02", "wrong_password", "li02"), ("li02", "signed_in", "li02"), ("boss", "added", "li02"),
    ]
    assert len(agency.events()) == 8 and agency.events()[-1] == ("", "added", "zhang01")
    for change in ("DELETE FROM account_events", "UPDATE account_events SET actor = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            agency.store._database.execute(change)


def test_the_newest_events_are_shown_and_no_more_than_asked(agency):
    for _ in range(30):
        agency.sign_in.log_out(agency.sign_in.log_in("zhang01", PASSWORD)[0])
    assert [one.event for one in agency.accounts.events(limit=3)] == ["signed_out", "signed_in", "signed_out"]
