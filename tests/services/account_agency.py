"""What the tests of accounts share: accounts in a real store, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from services.account_problems import AccountProblem
from services.account_sign_in import SignIn
from services.account_store import AccountStore
from services.accounts import Accounts
from services.china_time import CHINA_TIME
from services.passwords import Passwords

WEIHAI, HANGZHOU = "371000", "330100"
ALL = (WEIHAI, HANGZHOU)
PASSWORD, ANOTHER = "碧海蓝天 1398-7", "another-password"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Watch:
    """The time the test says it is."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(frozen=True)
class Agency:
    """Accounts, how their people sign in, and where they are kept."""

    accounts: Accounts
    sign_in: SignIn
    store: AccountStore
    watch: Watch
    file: Path

    def problem_of(self, account_id: str = "zhang01", password: str = "not the password") -> AccountProblem:
        with pytest.raises(AccountProblem) as caught:
            self.sign_in.log_in(account_id, password)
        return caught.value

    def codes_of(self, attempts: int, account_id: str = "zhang01") -> list[str]:
        return [self.problem_of(account_id).code for _ in range(attempts)]

    def events(self, account_id: str | None = None) -> list[tuple[str, str, str]]:
        """Who did what at which account, the newest first."""
        return [(one.actor, one.event, one.account) for one in self.accounts.events(account_id)]


@contextmanager
def an_agency(file: Path, hasher: PasswordHasher | None = QUICK, watch: Watch | None = None) -> Iterator[Agency]:
    """The accounts in that file: nobody at first."""
    watch, store, passwords = watch or Watch(), AccountStore(file), Passwords(hasher)
    yield Agency(Accounts(store, watch, passwords, lambda: ALL), SignIn(store, watch, passwords, lambda: ALL), store, watch, file)
    store.close()


@contextmanager
def an_agency_of_zhang(folder: Path) -> Iterator[Agency]:
    """The accounts of an agency where 张经办 decides on filings of 威海 and 杭州."""
    with an_agency(folder / "officers.db") as agency:
        agency.accounts.add("zhang01", "张经办", [WEIHAI, HANGZHOU], PASSWORD, "officer")
        yield agency
