"""A model of filings that a child could follow, beside which the real store is driven."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from filing_office import GAOYOU, HANGZHOU, URUMQI, WEIHAI

from rules_engine.filing_change import months_after

KINDS = [
    (WEIHAI, "long_term_residence"), (WEIHAI, "temporary_care"), (HANGZHOU, "long_term_residence"),
    (HANGZHOU, "referral"), (GAOYOU, "long_term_residence"), (URUMQI, "long_term_residence"),
    (URUMQI, "emergency_registration"),
]
AT_ONCE = {(HANGZHOU, "long_term_residence")}
# months a filing is held fast, and from which day they count; None: the agency is asked at any time
HELD = {
    (WEIHAI, "long_term_residence"): (6, "confirmed"), (HANGZHOU, "long_term_residence"): (3, "started"),
    (URUMQI, "long_term_residence"): (6, "confirmed"),
}
GOOD_FOR = {(HANGZHOU, "referral"): 12}
BY_THE_DAY = frozenset({"temporary_care", "emergency_registration"})
OPEN = ("submitted", "confirmed", "returned", "ending")


@dataclass
class Plain:
    """What the model knows of a filing."""

    who: int
    kind: tuple[str, str]
    status: str
    started: date
    confirmed: date | None = None
    follows: str | None = None
    purpose: str = "new"
    events: int = 1
    decided_keys: list[str] = field(default_factory=list)

    def ends(self) -> date | None:
        months = GOOD_FOR.get(self.kind)
        return months_after(self.started, months) if months and self.confirmed else None

    def shown(self, today: date) -> str:
        end = self.ends()
        return "expired" if self.status in ("confirmed", "ending") and end and end < today else self.status

    def held_to(self) -> date | None:
        if self.kind not in HELD or self.confirmed is None:
            return None
        months, counts_from = HELD[self.kind]
        return months_after(self.confirmed if counts_from == "confirmed" else self.started, months)
