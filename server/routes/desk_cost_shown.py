"""How a cost estimate looks over the desk's API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from rules_engine.decision import Citation
from services import bootstrap
from services.cost_desk import Beside, DeskEstimate
from services.cost_form import FormField


def estimate_shown(found: DeskEstimate, given: Mapping[str, Any]) -> dict[str, Any]:
    """The estimate with the case as it was understood."""
    text, reply, today = bootstrap.cost_desk_text(), found.reply, bootstrap.today()
    status = "computed" if reply else "asks" if found.estimate.ask else "not_computable"
    return {
        "status": status, "admitted_on": found.on, "case": [asdict(line) for line in text.case(found, given)],
        "conclusion": reply.conclusion if reply else "\n".join(found.said_already),
        "basis": list(reply.basis) if reply else [], "cost": dict(reply.custom) if reply else None,
        "missing": fields_shown(found.missing), "may_differ_by": fields_shown(found.may_differ_by),
        "matters": sorted(found.matters), "why_not": list(found.why_not),
        "sources": [_citation(one) for one in found.citations], "what_ifs": _presets(found),
        "sheet_lines": list(found.sheet_lines),
        "sheet_rows": [{**asdict(row), "ours": _sum(row.ours), "sheet": _sum(row.sheet)} for row in found.sheet_rows],
        "text": "\n".join(text.lines(found, given, today)),
    }


def beside_shown(title: str, beside: Beside, given: Mapping[str, Any]) -> dict[str, Any]:
    """A variant with what sets it apart from the base."""
    rows = [
        {"name": row.name, "title": row.title, "base": _sum(row.base), "other": _sum(row.other),
         "difference": _sum(row.difference)}
        for row in beside.rows
    ]
    return {
        "title": title, "estimate": estimate_shown(beside.estimate, given), "differences": rows, "note": beside.note,
    }


def fields_shown(fields: Iterable[FormField]) -> list[dict[str, Any]]:
    """Fields with what can be chosen."""
    return [{**asdict(field), "options": [asdict(option) for option in field.options]} for field in fields]


def _presets(found: DeskEstimate) -> list[dict[str, Any]]:
    """The other situations that the estimate found worth knowing, as changes to compare with."""
    changes = {row["id"]: dict(row["facts"]) for row in bootstrap.cost_words()["what_ifs"]}
    return [{"id": one.id, "title": one.label, "changes": changes[one.id]} for one in found.estimate.what_ifs]


def _citation(one: Citation) -> dict[str, Any]:
    return {"document": one.document, "clause": one.article, "date": one.issued_on, "issued": one.issued_in_full}


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
