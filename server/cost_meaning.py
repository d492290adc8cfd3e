"""What a message means in the light of sums of money: whether a bill is to be reckoned, gone on with, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rules_engine.facts import ALLOWED_VALUES
from services.cost_said import AMOUNTS

DIFFERENCE = "ask_cost_difference"
COST, SHARE, INFORM = "ask_cost_estimate", "ask_share_borne", "inform"
COST_TOPIC = COST.removeprefix("ask_")
TOTALS = frozenset({"total_amount", "in_scope_amount"})
FACTS = frozenset({"region", *ALLOWED_VALUES})
# With a sum named, these ask what it comes to; without one, or a word of reckoning, a cost question asks shares.
NEAR_COST = frozenset({
    SHARE, "ask_deductible", "ask_cost_parts", INFORM, "follow_up", "nlu_fallback", "out_of_scope",
})
# Topics that a supposed situation is easily taken for while a bill is being reckoned.
BESIDE_COST = NEAR_COST | {
    "ask_referral", "ask_emergency", "ask_late_filing", "ask_filing_needed", "ask_hospital", "ask_long_term_definition",
    "ask_temporary_definition", "ask_direct_settlement", "ask_outpatient", "ask_return_home", "ask_filing_eligibility",
}
RECKONED = frozenset({COST_TOPIC, "pharmacy", "cost_parts"})  # topics in which a sum alone goes on with them
PURCHASES = {"drug_kind": "ask_pharmacy", "class_b_item": "ask_cost_parts"}
WHY = frozenset({"ask_why", "ask_cost_parts", "ask_detail"})
OF_A_STAY = re.compile(r"住院|出院|总共|一共|总费用|手术|总额|共花")
ABOUT_MONEY = re.compile(r"结算|单子|钱|报|付|算|费|块|元")
TELLS_APART = re.compile(r"不一样|区别|分[三几]|[啥什]么?意思|有啥不同|有什么不同|差别")
ASKS_HOW_MUCH = re.compile(r"多少|几|吗|对不对|是不是|[?？]")
RECKONS = re.compile(r"算|账|单子|准备|带多少|花多少|多少钱|几个钱|多付|少付|估")
SUPPOSES = re.compile(
    r"^那(?:到|去|在)|^(?:那|那么|哦|噢)?(?:要是|如果|假如|若是|万一|换|改|就当|算|按)|呢\W*$|要是|如果|就当"
)
ASKS_ELSE = re.compile(
    r"要不要|怎么|咋|什么|啥|哪|材料|能不能|可不可以|多久|几天|吗|比例|几成|起付线|门槛|封顶"
)
COMPONENT = re.compile(
    r"(?:统筹|基金|医保|大病|自付|自己|起付线|门槛).{0,4}(?:付|出|报|扣|掏)[了的]?(?:是|有|能)?(?:多少|几个?钱|几千|几万)"
)


def meant_of_a_bill(
    intent: str, text: str, kinds: Collection[str], topics: Sequence[str], topic: str | None
) -> str:
    """The intent in the light of the sums named: 花了两万五能报多少 asks what it comes to.

    `kinds`: the closed entities of the message; `topics`: the intents that are topics, the likeliest first;
    `topic`: what is being spoken of.
    """
    names_total, in_cost = not TOTALS.isdisjoint(kinds), topic == COST_TOPIC
    if names_total and "abroad" in kinds:
        return "ask_exclusions"  # 在大阪看牙花了一千多，能报吗: nothing to reckon
    if "public_figures" in kinds:
        return "ask_deductible"
    if in_cost and intent in WHY and "claimed_rate" in kinds:
        return SHARE  # 为什么要先付20%
    is_stay = in_cost or bool(OF_A_STAY.search(text)) or "hospital_level" in kinds
    if names_total and not is_stay and not PURCHASES.keys().isdisjoint(kinds):
        return next(asks for kind, asks in PURCHASES.items() if kind in kinds)
    if in_cost and _goes_on(intent, text, kinds):
        return INFORM
    if in_cost and intent in NEAR_COST and COMPONENT.search(text):
        return COST  # 统筹基金付了多少
    if intent == "ask_deductible" and "deductible_amount" in kinds and not ASKS_HOW_MUCH.search(text):
        return INFORM  # 我打电话问了，起付线是900
    if intent == DIFFERENCE and not in_cost and not ABOUT_MONEY.search(text) and AMOUNTS.isdisjoint(kinds):
        return next((name for name in topics if name not in (COST, DIFFERENCE)), intent)
    if intent == "ask_cost_parts" and TELLS_APART.search(text):
        return intent
    if intent in NEAR_COST and names_total:
        return INFORM if topic in RECKONED else COST
    if intent == COST and not (names_total or in_cost or RECKONS.search(text)):
        return next((name for name in topics if name != COST), SHARE)
    return intent


def _goes_on(intent: str, text: str, kinds: Collection[str]) -> bool:
    """Whether the same bill is meant with another sum, or in another situation: 不备案直接去呢."""
    if intent in NEAR_COST and not AMOUNTS.isdisjoint(kinds):
        return True
    if intent == "start_filing" and "has_valid_filing" in kinds:
        return True  # 办了备案: told, not asked for
    supposes = bool(SUPPOSES.search(text)) and not ASKS_ELSE.search(text)
    return intent in BESIDE_COST and supposes and not FACTS.isdisjoint(kinds)
