"""Who works at the desk: what an account's role lets them do, and for which areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["agent", "officer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_TITLES: dict[Role, str] = {"agent": "接线", "officer": "经办", "admin": "管理"}
MAY_DECIDE: tuple[Role, ...] = ("officer", "admin")
# Whoever decides is named for certain places; whoever answers questions may be asked about any.
MAY_HAVE_ALL_REGIONS: tuple[Role, ...] = ("agent", "admin")
ALL_REGIONS = "*"


@dataclass(frozen=True)
class Account:
    """Who is asking, as what, and for which insured regions (codes of pooling areas) they see filings."""

    id: str
    name: str
    regions: frozenset[str]
    role: Role

    @property
    def may_decide(self) -> bool:
        """Whether they see the queue, and confirm, return and end filings of their regions."""
        return self.role in MAY_DECIDE

    @property
    def is_admin(self) -> bool:
        """Whether they keep accounts and figures."""
        return self.role == "admin"
