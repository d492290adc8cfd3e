"""What the desk's routes work with; `app.state.desk` holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from server.desk_sessions import password_slots
from server.slots import Slots
from services import bootstrap
from services.account_sign_in import SignIn
from services.accounts import Accounts
from services.filing_desk import FilingDesk
from services.filing_policy import FilingPolicy
from services.filing_records import FilingPaper


@dataclass(frozen=True)
class Desk:
    """Accounts, filings and the clock."""

    accounts: Accounts
    sign_in: SignIn
    filings: FilingDesk
    policy: FilingPolicy
    pdf: Callable[[FilingPaper], bytes]
    now: Callable[[], datetime]
    password_slots: Slots = field(default_factory=password_slots)


def open_desk() -> Desk:
    """The desk of this installation."""
    return Desk(
        bootstrap.accounts(), bootstrap.sign_in(), bootstrap.filing_desk(), bootstrap.filing_policy(),
        bootstrap.documents().of, bootstrap.now,
    )
