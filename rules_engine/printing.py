"""Decisions and provisions as plain Chinese text, for the command line."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rules_engine import regions
from rules_engine.decision import Citation, Decision, Outcome, Step, Wording
from rules_engine.fact_words import TITLES, amount_in_words, day_in_words, value_in_words
from rules_engine.facts import Facts
from rules_engine.packs import PackSet
from rules_engine.provisions import Provision
from rules_engine.schedule_printing import TABLES, source_mark, table_lines

OUTCOMES = {
    Outcome.DECIDED: "有规定",
    Outcome.NEEDS: "还要知道一些情况才能定",
    Outcome.NOT_STATED: "文件没有写",
    Outcome.NOT_IN_FORCE: "那一天还没有生效的规定",
    Outcome.NO_PACK: "没有这个地区的政策包",
}


def in_words(value: Any, unit: str, words: Mapping[str, str]) -> str:
    """A value with its unit: 10%, 6个月, 30天, 25,000元; a word of the packs with its Chinese; 没有数值 for none."""
    if unit == "text":
        return f"{words[value]}（{value}）" if value in words else str(value)
    return "没有数值" if unit == "none" else amount_in_words(value, unit)


def decision_lines(decision: Decision, facts: Facts, packs: PackSet) -> Iterator[str]:
    """The whole decision: question, case, outcome, steps, what is missing, whom to ask."""
    yield f"{packs.topics[decision.topic].title}（{decision.topic}）"
    yield f"看病的日子：{day_in_words(decision.on)}"
    for name, value in facts.known().items():
        yield f"{TITLES[name]}：{value_in_words(name, value)}"
    yield ""
    yield f"结论：{OUTCOMES[decision.outcome]}（{decision.outcome.value}）"
    for number, step in enumerate(decision.steps, 1):
        lead = "最早的规定" if decision.outcome is Outcome.NOT_IN_FORCE else f"第{number}步"
        yield from _step_lines(lead, step, decision.outcome, packs)
    if decision.overview and not decision.steps:
        yield from _step_lines("先说清的", decision.overview, decision.outcome, packs)
    if decision.principle:
        yield from _step_lines("全国的原则（只是原则）", decision.principle, decision.outcome, packs)
    for name, value in decision.computed.items():
        yield f"算出来的：{_computed_in_words(name, value)}"
    insured = facts.insured_region
    yield from _closing_lines(decision, packs, packs.area_of(insured) if isinstance(insured, str) else None)


def _step_lines(lead: str, step: Step, outcome: Outcome, packs: PackSet) -> Iterator[str]:
    yield f"{lead}：{step.title}（{step.provision}）"
    if outcome is not Outcome.NOT_IN_FORCE:
        yield from _value_lines(step.value, step.unit, step.citation, packs)
        yield from _wording_lines(step.wording)
        yield from _note_lines(step.note)
    yield f"  依据：{citation_in_words(step.citation)}{source_mark(step.citation)}"


def _value_lines(value: Any, unit: str, citation: Citation, packs: PackSet) -> Iterator[str]:
    if unit in TABLES:
        yield f"  数值{source_mark(citation)}："
        yield from (f"    {line}" for line in table_lines(value, unit))
    else:
        yield f"  数值：{in_words(value, unit, packs.value_words)}"


def _note_lines(note: str) -> Iterator[str]:
    if note:
        yield f"  原文：{note}"


def _wording_lines(wording: Wording) -> Iterator[str]:
    yield f"  说法：{wording.says}"
    yield from (f"  要做：{line}" for line in wording.to_do)
    if wording.detail:
        yield f"  细说：{wording.detail}"


def _computed_in_words(name: str, value: Any) -> str:
    title = "可以变更或注销的第一天" if name == "may_change_from" else name
    return f"{title} {day_in_words(value) if isinstance(value, date) else value}"


def _closing_lines(decision: Decision, packs: PackSet, area: str | None) -> Iterator[str]:
    if decision.missing:
        yield f"还要知道（最要紧的在前）：{'、'.join(f'{TITLES[name]}（{name}）' for name in decision.missing)}"
    if decision.in_force_from:
        yield f"文件从{day_in_words(decision.in_force_from)}起执行，更早的不能拿它来回答。"
    if decision.in_force_to:
        yield f"这条规定到{day_in_words(decision.in_force_to)}为止，之后的不能拿它来回答。"
    if decision.outcome in (Outcome.NOT_STATED, Outcome.NOT_IN_FORCE, Outcome.NO_PACK):
        contacts = packs.contacts_for(area, decision.topic)
        asks = "、".join(f"{contact.name} {contact.phone}" for contact in contacts)
        yield f"可以问：{asks}，或参保地医保经办窗口"


def citation_in_words(citation: Citation) -> str:
    """Document, clause and the document's date."""
    return f"《{citation.document}》{citation.article}（{citation.issued_as or day_in_words(citation.issued_on)}）"


def provision_lines(provisions: Iterable[Provision], on: date, packs: PackSet) -> Iterator[str]:
    """The provisions in force on a day, under their topics: condition, value, clause and wording."""
    topic = None
    for provision in provisions:
        if not provision.is_in_force(on):
            continue
        if provision.topic != topic:
            topic = provision.topic
            yield from ("", f"# {packs.topics[topic].title}（{topic}）")
        yield from _provision_lines(provision, on, packs)


def _provision_lines(provision: Provision, on: date, packs: PackSet) -> Iterator[str]:
    version = provision.in_force(on)
    mark = "【概括】" if provision.is_overview else "" if provision.is_stated else "【文件没有写】"
    yield f"{provision.id}  {provision.title}{mark}"
    if provision.when:
        yield f"  条件：{'；'.join(_condition_in_words(name, wanted) for name, wanted in provision.when.items())}"
    if provision.exceptions_to:
        yield f"  是例外：{'、'.join(provision.exceptions_to)}"
    if version.value is not None:
        yield from _value_lines(version.value, provision.unit, version.citation, packs)
    yield from _wording_lines(version.wording)
    yield from _note_lines(provision.note)
    until = f"到{day_in_words(version.effective_to)}" if version.effective_to else ""
    yield f"  依据：{version.citation.short_name} {version.citation.article}{source_mark(version.citation)}"
    yield f"  施行：{day_in_words(version.effective_from)}起{until}"
    yield f"  核对：{day_in_words(version.verified_on)}"


def _condition_in_words(name: str, wanted: Any) -> str:
    accepted = wanted if isinstance(wanted, list) else [wanted]
    return f"{TITLES[name]}＝{'或'.join(value_in_words(name, one) for one in accepted)}"


def counts_line(packs: PackSet) -> str:
    """How much there is: 1个地区（威海），21个政策包，83条规定，83个版本."""
    provisions = [p for found in packs.all_provisions.values() for p in found]
    names = "、".join(regions.short_name(code) for code in packs.all_provisions)
    versions = sum(len(p.versions) for p in provisions)
    return (
        f"{len(packs.all_provisions)}个地区（{names}），{len({p.pack for p in provisions})}个政策包，"
        f"{len(provisions)}条规定，{versions}个版本"
    )
