"""What a draft asks, in which order, and how its answers read back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from rules_engine import regions
from rules_engine.fact_words import day_in_words
from rules_engine.filing_kinds import FilingKind, Paper
from services import masking
from services.filing_records import (
    AGENT_FIELDS,
    CLOSED_TITLES,
    FIELD_TITLES,
    PAPER_STEP,
    Draft,
    Plan,
    ReviewField,
)

MASKS: Mapping[str, Callable[[str], str]] = {
    "name": masking.mask_name,
    "id_number": masking.mask_id_number,
    "phone": masking.mask_phone,
    "address": masking.mask_address,
    "hospital": masking.mask_hospital,
    "agent_name": masking.mask_name,
    "agent_id_number": masking.mask_id_number,
}
DAYS = frozenset({"starts_on", "admitted_on", "discharged_on"})
_AFTER = "phone"  # the agent is asked for when it is clear whom the filing is for


def planned(draft: Draft, kind: FilingKind) -> Draft:
    """The draft with the plan of its kind, as its answers so far make it.

    One that applies for a filing's end asks for nothing but the papers that allow it.
    """
    extra = tuple(PAPER_STEP + paper for paper in draft.facts.get("extra_papers", ()))
    if draft.purpose == "end":
        return replace(draft, plan=Plan(extra, frozenset(), has_letter=False))
    papers = tuple(PAPER_STEP + paper.id for paper in kind.papers)
    steps = (*asked_fields(kind, draft.fields), *papers, *extra)
    return replace(draft, plan=Plan(steps, _optional(draft, kind), kind.letter))


def asked_fields(kind: FilingKind, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of a kind that apply: the agent's only when someone files for family, discharge only after it."""
    asked = [name for name in kind.fields if name not in AGENT_FIELDS]
    if fields.get("filed_for") == "family":
        at = asked.index(_AFTER) + 1 if _AFTER in asked else len(asked)
        asked[at:at] = AGENT_FIELDS
    if fields.get("care_stage") != "discharged" and "discharged_on" in asked:
        asked.remove("discharged_on")
    return tuple(asked)


def _optional(draft: Draft, kind: FilingKind) -> frozenset[str]:
    purpose = draft.facts.get("mended_purpose", draft.purpose)
    spared = kind.renewal.optional_papers if purpose == "renew" and kind.renewal else ()
    return frozenset(PAPER_STEP + paper.id for paper in kind.papers if not paper.is_required or paper.id in spared)


def paper_of(step: str, kind: FilingKind) -> Paper | None:
    """The paper that a step asks for: one of the kind's own, or one that allows an early change or end."""
    further = (paper for rule in kind.life.values() for paper in rule.papers)
    return next((paper for paper in (*kind.papers, *further) if PAPER_STEP + paper.id == step), None)


def choices(field: str, kind: FilingKind) -> tuple[tuple[str, str], ...]:
    """The closed values of a field with their titles; none for a field that is answered freely."""
    if field == "reason":
        return tuple(kind.reasons.items())
    return tuple(CLOSED_TITLES.get(field, {}).items())


def title_of(step: str, kind: FilingKind) -> str:
    """What a field or paper is called."""
    paper = paper_of(step, kind)
    return paper.title if paper else FIELD_TITLES.get(step, step)


def clear_value(field: str, value: str, kind: FilingKind) -> str:
    """An answer in words, nothing masked."""
    if field in CLOSED_TITLES:
        return CLOSED_TITLES[field][value]
    if field == "treatment_region":
        return regions.display_name(value)
    if field == "reason":
        return kind.reasons.get(value, value)
    return day_in_words(date.fromisoformat(value)) if field in DAYS else value


def shown_value(field: str, value: str, kind: FilingKind) -> str:
    """An answer as a person reads it back: sensitive ones masked."""
    return MASKS[field](value) if field in MASKS else clear_value(field, value, kind)


def review_fields(draft: Draft, values: Mapping[str, str], kind: FilingKind) -> tuple[ReviewField, ...]:
    """The review's lines in asking order, papers last."""
    lines = particulars(values, kind)
    uploaded = [paper.paper for paper in draft.papers]
    for step in draft.plan.steps:
        if step.startswith(PAPER_STEP):
            count = uploaded.count(step.removeprefix(PAPER_STEP))
            lines += (ReviewField(step, title_of(step, kind), f"已上传{count}份" if count else "没有上传"),)
    return lines


def particulars(values: Mapping[str, str], kind: FilingKind) -> tuple[ReviewField, ...]:
    """The answers that are there, in asking order, masked."""
    return tuple(
        ReviewField(name, FIELD_TITLES[name], shown_value(name, values[name], kind))
        for name in asked_fields(kind, values) if name in values
    )


def clear_rows(values: Mapping[str, str], kind: FilingKind) -> tuple[tuple[str, str], ...]:
    """Titles and answers in asking order, in clear."""
    return tuple(
        (FIELD_TITLES[name], clear_value(name, values[name], kind))
        for name in asked_fields(kind, values) if name in values
    )


def signed_text(values: Mapping[str, str], kind: FilingKind, salt: str) -> str:
    """What a person confirms by handing in a filing that has no letter: its title, all answers, and a random line."""
    rows = (f"{title}：{value}" for title, value in clear_rows(values, kind))
    return "\n".join([kind.title, *rows, f"随机码：{salt}"])


def sha256_of(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
