"""A settled bill: each component with its amount, what it was worked out from, and what is left after it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from rules_engine.decision import Step
from rules_engine.money import NOTHING

PATIENT, FUND = "patient", "fund"


class Piece(NamedTuple):
    """The part of a component that falls into one band: its cost, the fund's rate there, both yuan and 0–1."""

    amount: Decimal
    rate: Decimal


class Part(NamedTuple):
    """One component of a bill, in yuan.

    `base` and `rate`: of what, and which share, where it is a share. `limit`: the deductible or ceiling that
    holds. `pieces`: the bands that were used. `taken_over`: what critical illness insurance took off it.
    `step` is the provision it rests on, None for what the bill itself says. `remaining`: the cost not yet dealt with.
    """

    name: str
    payer: str
    amount: Decimal
    remaining: Decimal
    base: Decimal = NOTHING
    rate: Decimal | None = None
    limit: Decimal | None = None
    pieces: tuple[Piece, ...] = ()
    taken_over: Decimal = NOTHING
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """All parts of a bill, in the order they were worked out; they add up to the total."""

    total_amount: Decimal
    parts: tuple[Part, ...]

    def amount(self, name: str) -> Decimal:
        """The component's amount in yuan, 0.00 where there is none of that name."""
        return sum((part.amount for part in self.parts if part.name == name), NOTHING)

    @property
    def patient_amount(self) -> Decimal:
        """What the patient pays in all, yuan."""
        return sum((part.amount for part in self.parts if part.payer == PATIENT), NOTHING)

    @property
    def fund_amount(self) -> Decimal:
        """What the funds pay in all, yuan."""
        return sum((part.amount for part in self.parts if part.payer == FUND), NOTHING)
