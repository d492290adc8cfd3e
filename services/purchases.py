"""What one purchase costs: medicine from a pharmacy elsewhere, or one Class B item. No deductible, no bands.

The documents state the share that is taken first, or that the personal account pays; the benefit of what is left
is not printed, so the fund's part is said as «at most».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.decide import decide
from rules_engine.decision import Decision, Outcome
from rules_engine.fact_words import amount_in_words
from rules_engine.facts import Facts
from rules_engine.money import NOTHING, in_words, to_cents
from rules_engine.packs import PackSet

PHARMACY, CLASS_B = "pharmacy", "class_b_share"
FROM_ACCOUNT = "earlier_years_account"  # the value word of the provisions that let the account pay
DECISIVE = ("drug_kind", "has_valid_filing")


@dataclass(frozen=True)
class Purchase:
    """A purchase worked out, yuan. `upfront`: borne first; `rest`: what the benefit applies to.

    `account` and `cash`: where the account pays (`account` None: its balance was not told). `ask`: the fact to ask for.
    """

    amount: Decimal
    decision: Decision
    upfront: Decimal | None = None
    rest: Decimal = NOTHING
    account: Decimal | None = None
    cash: Decimal | None = None
    ask: str | None = None

    @property
    def is_from_account(self) -> bool:
        """Whether the personal account pays, and the fund nothing."""
        return self.decision.outcome is Outcome.DECIDED and self.decision.value == FROM_ACCOUNT


def purchase(
    topic: str, facts: Facts, amount: Decimal, on: date, packs: PackSet, balance: Decimal | None = None
) -> Purchase:
    """The purchase under the topic's rules (PHARMACY or CLASS_B); `balance` is that of the account, yuan.

    Source: the provision in the decision's first step.
    """
    decision = decide(topic, facts, on, packs)
    if decision.outcome is not Outcome.DECIDED:
        return Purchase(amount, decision, ask=next(iter(decision.missing), None))
    step = decision.steps[0]
    if step.unit == "rate":
        upfront = to_cents(amount * step.value)
        return Purchase(amount, decision, upfront, amount - upfront)
    if step.value == FROM_ACCOUNT:
        paid = None if balance is None else min(balance, amount)
        return Purchase(amount, decision, account=paid, cash=None if paid is None else amount - paid)
    asks = next((name for name in DECISIVE if name in decision.may_differ_by), None)
    return Purchase(amount, decision, ask=asks)


def purchase_line(bought: Purchase, words: Mapping[str, Any]) -> str:
    """The purchase in words (policy_packs/cost_words.yml, purchases); "" where there is nothing to reckon."""
    said, amount = words["purchases"], in_words(bought.amount)
    if bought.upfront is not None:
        rate = amount_in_words(bought.decision.value, "rate")
        key = "share" if bought.upfront else "no_share"
        return str(said[key].format(
            amount=amount, rate=rate, upfront=in_words(bought.upfront), rest=in_words(bought.rest),
        ))
    if bought.is_from_account:
        if bought.account is None or bought.cash is None:
            return str(said["account_untold"].format(amount=amount))
        return str(said["account"].format(
            amount=amount, account=in_words(bought.account), cash=in_words(bought.cash),
        ))
    return ""
