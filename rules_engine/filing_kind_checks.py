"""Whether the kinds of filing agree with the provisions they point at; faults are told to policy officers."""

from rules_engine import regions
from rules_engine.decide import decide
from rules_engine.decision import Outcome
from rules_engine.errors import PackError
from rules_engine.facts import facts_from
from rules_engine.filing_change import LIMIT_FACT
from rules_engine.filing_kind import FilingKind, KnockOut, LifeRule
from rules_engine.filing_kinds import FILE, FilingKinds
from rules_engine.packs import PackSet
from rules_engine.provisions import Provision

PERMANENT, NOT_STATED = "permanent", "not_stated"


def check_kinds(kinds: FilingKinds, packs: PackSet) -> None:
    """Raises PackError for the first kind that names a topic, value or provision the packs do not have, or differs."""
    for region in kinds.regions():
        for kind in kinds.by_region[region]:
            _check_kind(f"{regions.short_name(region)}（{region}）的 {FILE} 的 {kind.kind}", kind, packs)


def _check_kind(where: str, kind: FilingKind, packs: PackSet) -> None:
    if not kind.can_be_filed_here:
        _check_topic(f"{where} 的 elsewhere_topic", str(kind.elsewhere_topic), packs)
        return
    for question in kind.knock_outs:
        _check_knock_out(f"{where} 的 knock_outs", kind, question, packs)
    for action, rule in kind.life.items():
        _check_rule(f"{where} 的 life 的 {action}", kind, rule, packs)
    _check_limit(where, kind, packs)
    _check_validity(where, kind, packs)
    if bool(kind.renewal) != bool(kind.life["renew"].allowed):
        raise PackError(where, "renewal 和 life 里 renew 的 allowed 只有一个", "能续的两个都写，不能续的两个都删")
    if kind.life["renew"].is_after_expiry and kind.validity.months is None:
        raise PackError(where, "renew 写了 after_expiry，validity 却没有月数", "到不了期的，请删去 after_expiry")


def _check_topic(where: str, topic: str, packs: PackSet) -> None:
    if topic not in packs.topics:
        raise PackError(where, f"话题 {topic} 没有登记", "请先写进 policy_packs/topics.yml")


def _check_knock_out(where: str, kind: FilingKind, question: KnockOut, packs: PackSet) -> None:
    _check_topic(where, question.topic, packs)
    known = {
        version.value for provision in packs.provisions(kind.region, question.topic) if provision.is_stated
        for version in provision.versions
    }
    strange = [value for value in question.passes if value not in known]
    if strange:
        words = "、".join("null" if value is None else str(value) for value in strange)
        raise PackError(where, f"{question.topic} 里没有数值是 {words} 的规定", "请核对 passes，写那个话题里的 value")


def _check_rule(where: str, kind: FilingKind, rule: LifeRule, packs: PackSet) -> None:
    for topic in rule.topics:
        _check_topic(where, topic, packs)
    known = {one.id: one for topic in rule.topics[-1:] for one in packs.provisions(kind.region, topic)}
    for name in (*rule.allowed, *rule.refused):
        if name not in known:
            raise PackError(where, f"{rule.topics[-1]} 这个话题里没有叫 {name} 的规定",
                            "请核对名字，要写全名，例如 weihai.change.within_limit")
        if not known[name].is_stated:
            raise PackError(where, f"{name} 写的是文件没有写，不能算准许或不准", "请从 allowed、refused 里删去")
    both = [name for name in rule.allowed if name in rule.refused]
    if both:
        raise PackError(where, f"{'、'.join(both)} 又准许又不准", "请从 allowed 或 refused 里删去一个")
    if rule.with_papers and not rule.papers:
        raise PackError(where, "写了 with_papers，没有 papers", "请写明交什么材料")


def _check_limit(where: str, kind: FilingKind, packs: PackSet) -> None:
    named = [packs.provision(name) for rule in kind.life.values() for name in (*rule.allowed, *rule.refused)]
    depends = [one.id for one in named if LIMIT_FACT in one.when]
    if depends and kind.counts_from is None:
        raise PackError(where, f"{depends[0]} 要看过没过期限，却没有写 counts_from",
                        "从医保确认那天算写 confirmed_on，从生效那天算写 effective_on")
    if kind.counts_from and not depends:
        raise PackError(where, "写了 counts_from，life 里却没有一条规定要看期限", "没有期限的，请删去 counts_from")


def _check_validity(where: str, kind: FilingKind, packs: PackSet) -> None:
    _check_topic(where, "validity", packs)
    facts = facts_from({"insured_region": kind.region, "situation": kind.situation})
    decision = decide("validity", facts, kind.effective_from, packs)
    provision = packs.provision(decision.steps[0].provision) if decision.outcome is Outcome.DECIDED else None
    written, stated = kind.validity.months or kind.validity.kind, _validity(provision, kind)
    if written != stated:
        raise PackError(where, f"validity 写的是 {written}，validity 这个话题的规定是 {stated}",
                        "两处要一样，请照文件改正其中一处")


def _validity(provision: Provision | None, kind: FilingKind) -> int | str:
    """What the topic says of the kind: months, permanent, or not_stated."""
    if provision is None:
        return NOT_STATED
    value = provision.in_force(kind.effective_from).value
    return value if provision.unit == "months" else PERMANENT if value == PERMANENT else NOT_STATED
