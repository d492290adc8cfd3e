"""What the desk's cost page gets back. Sums are text in yuan ("800.50"); what nobody printed is null."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from server.routes.desk_models import Shape


class OptionShown(Shape):
    value: str | bool | int
    title: str
    note: str


class FieldShown(Shape):
    name: str
    title: str
    group: str
    kind: Literal["choice", "place", "day", "amount", "rate", "lines"]
    options: list[OptionShown]
    may_be_unknown: bool


class FormAnswer(Shape):
    region: str | None
    title: str
    note: str
    today: date
    fields: list[FieldShown]
    sheet: list[FieldShown]


class CitationShown(Shape):
    document: str
    clause: str
    date: date
    issued: str


class ComponentShown(Shape):
    name: str
    title: str
    payer: Literal["patient", "fund"]
    amount: str
    formula: str
    remaining: str
    says: str
    source_kind: str
    is_unprinted: bool
    citations: list[CitationShown]


class SettlementShown(Shape):
    label: str
    patient: str
    fund: str
    at_least: bool
    patient_high: str | None = None
    components: list[ComponentShown]


class WhatIfShown(Shape):
    label: str
    patient: str
    fund: str
    difference: str
    reason: str


class CostShown(Shape):
    """The card as the conversation's page gets it."""

    kind: Literal["cost"]
    title: str
    total: str
    patient: str
    fund: str
    at_least: bool
    patient_high: str | None = None
    components: list[ComponentShown]
    settlements: list[SettlementShown]
    what_if: list[WhatIfShown]
    assumptions: list[str]
    note: str | None = None


class CaseLineShown(Shape):
    name: str
    title: str
    value: str


class PresetShown(Shape):
    """A variant worth comparing: `changes` go into /desk/cost/compare as they are."""

    id: str
    title: str
    changes: dict[str, Any]


class SheetRowShown(Shape):
    name: str
    title: str
    ours: str | None
    sheet: str
    is_same: bool


class CostAnswer(Shape):
    status: Literal["computed", "asks", "not_computable"]
    admitted_on: date
    case: list[CaseLineShown]
    conclusion: str
    basis: list[str]
    cost: CostShown | None
    missing: list[FieldShown]
    may_differ_by: list[FieldShown]
    matters: list[str]
    why_not: list[str]
    sources: list[CitationShown]
    what_ifs: list[PresetShown]
    sheet_lines: list[str]
    sheet_rows: list[SheetRowShown]
    text: str


class DifferenceShown(Shape):
    name: str
    title: str
    base: str | None
    other: str | None
    difference: str | None


class BesideShown(Shape):
    title: str
    estimate: CostAnswer
    differences: list[DifferenceShown]
    note: str


class CompareAnswer(Shape):
    base: CostAnswer
    variants: list[BesideShown]
