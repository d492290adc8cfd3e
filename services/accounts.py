"""Accounts of the desk: who there is, as what, for which areas. How they sign in is in account_sign_in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from rules_engine import regions as divisions
from services.account_problems import AccountProblem
from services.account_store import AccountEvent, AccountRow, AccountStore
from services.desk_account import ALL_REGIONS, MAY_HAVE_ALL_REGIONS, ROLES, Account, Role
from services.passwords import Passwords, made_up_password

LONGEST_NAME = 30
ACCOUNT_ID = re.compile(r"[A-Za-z0-9_-]{2,32}")
FIRST_ADMIN, FIRST_ADMINS_NAME = "admin", "管理员"
ON_THE_MACHINE = ""  # who acts from the command line: whoever may log in on the server's machine
MOST_EVENTS = 200
EVENT_TITLES = {
    "signed_in": "登录", "signed_out": "退出", "signed_out_everywhere": "所有登录都退出", "wrong_password": "密码输错",
    "locked": "密码错了太多次，锁住", "password_changed": "换了自己的密码", "added": "新增账号", "disabled": "停用",
    "enabled": "重新启用", "role_set": "改角色和统筹区", "password_set": "给了新密码",
}


@dataclass(frozen=True)
class Listed:
    """An account as it was given out (its regions may be `*`), and whether its person may sign in."""

    account: Account
    is_active: bool


class Accounts:
    """The accounts of this installation. `all_regions`: those there are to choose from.

    `by` is the id of whoever makes a change; every change is written down.
    """

    def __init__(
        self, store: AccountStore, now: Callable[[], datetime], passwords: Passwords,
        all_regions: Callable[[], Collection[str]],
    ) -> None:
        self._store, self._now, self._passwords, self._all_regions = store, now, passwords, all_regions

    def add(
        self, account_id: str, name: str, regions: Iterable[str], password: str, role: Role, by: str = ON_THE_MACHINE
    ) -> Account:
        """The new account.

        AccountProblem bad_id, bad_name(most), unknown_role, no_regions, not_all_regions,
        no_such_region(region, offered), password_too_short(least), password_too_long(most),
        account_exists(account_id).
        """
        account = Account(account_id, name.strip(), frozenset(regions), role)
        _check_described(account, self._all_regions())
        password_hash = self._passwords.hash(password)
        with self._store.transaction():
            if self._store.account(account_id) is not None:
                raise AccountProblem("account_exists", account_id=account_id)
            self._add(account, password_hash, by)
        return account

    def make_first_admin(self) -> tuple[str, str] | None:
        """Id and password of an administrator who was made because there was no account at all; None if there was.

        However many processes start at once, one of them makes it.
        """
        if self.listed():
            return None
        password = made_up_password()
        password_hash = self._passwords.hash(password)
        with self._store.transaction():
            if self._store.accounts():
                return None
            self._add(Account(FIRST_ADMIN, FIRST_ADMINS_NAME, frozenset({ALL_REGIONS}), "admin"), password_hash, "")
        return FIRST_ADMIN, password

    def listed(self) -> tuple[Listed, ...]:
        """Every account, by id."""
        with self._store.transaction():
            return tuple(Listed(row.account, row.is_active) for row in self._store.accounts())

    def found(self, account_id: str) -> Listed:
        """The account with this id. AccountProblem account_not_found."""
        with self._store.transaction():
            row = self._known(account_id)
            return Listed(row.account, row.is_active)

    def offered_regions(self) -> tuple[str, ...]:
        """The regions that an account may be given."""
        return tuple(self._all_regions())

    def disable(self, account_id: str, by: str = ON_THE_MACHINE) -> None:
        """Its person is out at once and cannot sign in again. AccountProblem account_not_found, last_admin."""
        with self._store.transaction():
            self._check_not_last_admin(self._known(account_id))
            self._store.set_active(account_id, False)
            self._store.end_sessions_of(account_id)
            self._log(by, "disabled", account_id)

    def enable(self, account_id: str, by: str = ON_THE_MACHINE) -> None:
        """Its person can sign in again. AccountProblem account_not_found."""
        with self._store.transaction():
            self._known(account_id)
            self._store.set_active(account_id, True)
            self._log(by, "enabled", account_id)

    def set_role(self, account_id: str, role: Role, regions: Iterable[str], by: str = ON_THE_MACHINE) -> None:
        """What the account may do from now on, and where; it is so at its person's next request.

        AccountProblem account_not_found, last_admin, and as `add`.
        """
        with self._store.transaction():
            row = self._known(account_id)
            account = Account(account_id, row.account.name, frozenset(regions), role)
            _check_described(account, self._all_regions())
            if not account.is_admin:
                self._check_not_last_admin(row)
            self._store.set_role(account)
            self._log(by, "role_set", account_id, account)

    def set_password(self, account_id: str, password: str, by: str = ON_THE_MACHINE) -> None:
        """A new password; sessions begun with the old one end, wrong attempts are forgotten.

        AccountProblem account_not_found, password_too_short(least), password_too_long(most).
        """
        self.found(account_id)
        password_hash = self._passwords.hash(password)
        with self._store.transaction():
            self._store.set_password_hash(account_id, password_hash)
            self._store.end_sessions_of(account_id)
            self._store.forget_attempts_of(account_id)
            self._log(by, "password_set", account_id)

    def events(self, account_id: str | None = None, limit: int = MOST_EVENTS) -> tuple[AccountEvent, ...]:
        """Who signed in and what was changed about accounts, the newest first; of one account, or of all."""
        with self._store.transaction():
            return self._store.events(account_id, limit)

    def _add(self, account: Account, password_hash: str, by: str) -> None:
        self._store.add(AccountRow(account, password_hash, is_active=True), self._now())
        self._log(by, "added", account.id, account)

    def _check_not_last_admin(self, row: AccountRow) -> None:
        """Without an administrator nobody could let anybody in again but at the server's machine."""
        active = {one.account.id for one in self._store.accounts() if one.account.is_admin and one.is_active}
        if active == {row.account.id}:
            raise AccountProblem("last_admin")

    def _log(self, by: str, event: str, account_id: str, account: Account | None = None) -> None:
        detail = {"role": account.role, "regions": sorted(account.regions)} if account else {}
        self._store.log(AccountEvent(self._now(), by, event, account_id, detail))

    def _known(self, account_id: str) -> AccountRow:
        row = self._store.account(account_id) if ACCOUNT_ID.fullmatch(account_id) else None
        if row is None:
            raise AccountProblem("account_not_found", account_id=account_id)
        return row


def with_regions_named(account: Account, all_regions: Collection[str]) -> Account:
    """The account with `*` written out as the regions there are today."""
    if ALL_REGIONS not in account.regions:
        return account
    return Account(account.id, account.name, frozenset(all_regions), account.role)


def _check_described(account: Account, offered: Collection[str]) -> None:
    if not ACCOUNT_ID.fullmatch(account.id):
        raise AccountProblem("bad_id")
    if not account.name or len(account.name) > LONGEST_NAME or not account.name.isprintable():
        raise AccountProblem("bad_name", most=LONGEST_NAME)
    if account.role not in ROLES:
        raise AccountProblem("unknown_role")
    if not account.regions:
        raise AccountProblem("no_regions")
    if ALL_REGIONS in account.regions and account.role not in MAY_HAVE_ALL_REGIONS:
        raise AccountProblem("not_all_regions")
    for code in sorted(account.regions - {ALL_REGIONS}):
        if code not in offered:
            raise AccountProblem("no_such_region", region=code, offered=_places(offered))


def _places(codes: Collection[str]) -> str:
    return "、".join(f"{divisions.short_name(code)}（{code}）" for code in sorted(codes))


if __name__ == "__main__":
    from services.account_commands import main

    main()
