"""What lies in the running server's folder for the tests of the desk: filings that were handed in, accounts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher
from desk import REGIONS
from filing_office import Office, an_office, another_person

from services.account_store import AccountStore
from services.accounts import Accounts
from services.china_time import CHINA_TIME
from services.desk_account import Role
from services.passwords import Passwords

PASSWORD = "a password for tests"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
_people = itertools.count(120_000)  # born in 1962: nobody who files in the chat page is


@contextmanager
def the_office(data_dir: Path) -> Iterator[Office]:
    """The parts that file, on the server's own store and by the present time."""
    with an_office(data_dir) as office:
        office.clock.at = datetime.now(CHINA_TIME)
        yield office


def file(data_dir: Path, region: str = "", **person: str) -> tuple[str, dict[str, str]]:
    """A filing that waits to be confirmed (of 威海, or a long-term one of that region), and whose it is."""
    number = next(_people)
    whose = {**another_person(number), **person}
    with the_office(data_dir) as office:
        conversation = f"desk-{number}"
        filed = office.file("long_term_residence", region, conversation, **whose) if region else office.submitted(conversation, **whose)
    return filed, whose


def apply_for_end(data_dir: Path, filing_no: str) -> None:
    """The person of a confirmed filing wants it ended, at a time when that may be."""
    with the_office(data_dir) as office:
        office.clock.at = office.clock.at.replace(year=office.clock.at.year + 1)
        conversation = office.store.filings.get(filing_no).conversation
        office.course.request_end(conversation, filing_no)


def add_account(data_dir: Path, account_id: str, role: Role, name: str = "测试账号", *regions: str) -> str:
    """The id of an account that signs in with PASSWORD."""
    store = AccountStore(data_dir / "officers.db")
    now = datetime.now(CHINA_TIME)
    accounts = Accounts(store, lambda: now, Passwords(QUICK), lambda: REGIONS)
    if account_id not in {one.account.id for one in accounts.listed()}:
        accounts.add(account_id, name, regions or ["*"], PASSWORD, role)
    store.close()
    return account_id
