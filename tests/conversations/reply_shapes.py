"""What each `custom` object looks like: docs/architecture.md as JSON schema."""

from __future__ import annotations

from typing import Any

import jsonschema

TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T"}
FILING_NO = {"type": "string", "pattern": r"^\d{6}-\d{6}-\d{4}-\d{4}-\d$"}
SIGNED = {"type": "string", "pattern": r"^btn:[\w.-]+$"}
CODE = {"type": "string", "pattern": r"^/documents/\d{6}-[\d-]+/code\.svg(\?sender=.+)?$"}
DOCUMENT = {"type": "string", "pattern": r"^/documents/\d{6}-[\d-]+\.pdf(\?sender=.+)?$"}
INPUTS = ["choice", "region", "date", "text", "id_number", "phone", "consent", "signature", "paper", "lookup"]
STATUSES = ["submitted", "confirmed", "returned", "replaced", "changed", "withdrawn", "ending", "ended", "expired"]

LINES = {"type": "array", "items": TEXT}
OUTCOME = {"enum": ["decided", "needs", "not_stated", "not_in_force", "no_pack"]}


def _object(optional: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list_of(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties)}


YUAN = {"type": "string", "pattern": r"^\d+\.\d{2}$"}
SIGNED_YUAN = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
CITATIONS = _list_of(document=TEXT, clause=TEXT, date=DAY, issued=TEXT)
COMPONENTS = {"minItems": 1, **_list_of(
    name=TEXT, title=TEXT, payer={"enum": ["patient", "fund"]}, amount=YUAN, formula=TEXT, remaining=YUAN, says=TEXT,
    source_kind={"enum": ["leaflet", "secondary", "user", "bill"]}, citations=CITATIONS,
    is_unprinted={"type": "boolean"},
)}

STEP = {"type": "integer", "minimum": 1}
REVIEWED = {"type": "array", "items": _object(("edit_payload",), slot=TEXT, title=TEXT, value=TEXT, edit_payload=SIGNED)}

SHAPES = {
    "cost": _object(
        ("patient_high", "note"), kind={"const": "cost"}, title=TEXT, total=YUAN, patient=YUAN, fund=YUAN,
        at_least={"type": "boolean"}, patient_high=YUAN, components=COMPONENTS,
        settlements={"type": "array", "minItems": 1, "items": _object(
            ("patient_high",), label=TEXT, patient=YUAN, fund=YUAN, at_least={"type": "boolean"}, patient_high=YUAN,
            components=COMPONENTS,
        )},
        what_if=_list_of(label=TEXT, patient=YUAN, fund=YUAN, difference=SIGNED_YUAN, reason={"type": "string"}),
        assumptions={"type": "array", "items": TEXT}, note=TEXT,
    ),
    "cost_text": _object(kind={"const": "cost_text"}),
    "cost_note": _object(kind={"const": "cost_note"}),
    "answer": _object(
        kind={"const": "answer"}, topic=TEXT, region={"type": ["string", "null"], "pattern": r"^\d{6}$"},
        region_name={"type": "string"}, status=OUTCOME,
        to_do=LINES, has_basis={"type": "boolean"}, warnings=LINES, citations=CITATIONS,
    ),
    "side_by_side": _object(
        kind={"const": "side_by_side"}, topic=TEXT, title=TEXT,
        sides={"minItems": 2, **_list_of(place=TEXT, status=OUTCOME, text=TEXT, sources={"type": "string"}, warnings=LINES)},
    ),
    "ask": _object(
        ("min", "max", "paper", "title", "required", "accept", "max_bytes", "uploaded", "own", "step", "steps"),
        kind={"const": "ask"}, slot=TEXT, input={"enum": INPUTS}, sensitive={"type": "boolean"}, min=DAY, max=DAY,
        paper=TEXT, title=TEXT, required={"type": "boolean"}, accept={"type": "array", "items": TEXT},
        max_bytes={"type": "integer"},
        uploaded=_list_of(paper_id=TEXT, media_type=TEXT, bytes={"type": "integer"}), own={"type": "boolean"},
        step=STEP, steps=STEP,
    ),
    "review": _object(kind={"const": "review"}, fields=REVIEWED, step=STEP, steps=STEP),
    "commitment_letter": _object(
        kind={"const": "commitment_letter"}, version=TEXT, text=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        fields=REVIEWED, step=STEP, steps=STEP,
    ),
    "receipt": _object(
        kind={"const": "receipt"}, filing_no=FILING_NO, status={"enum": ["submitted", "confirmed", "ending"]},
        status_text=TEXT, kind_title=TEXT, treatment_region=TEXT, starts_on=DAY, handed_in_at=MOMENT,
        document_url=DOCUMENT, notes={"type": "array", "items": TEXT}, code_url=CODE, code_says=TEXT,
    ),
    "filing": _object(
        (
            "valid_to", "valid_to_text", "may_change_from", "may_change_text", "predecessor", "return_reason",
            "insured_person", "is_earlier",
        ),
        kind={"const": "filing"}, filing_no=FILING_NO, status={"enum": STATUSES}, status_text=TEXT, kind_title=TEXT,
        treatment_region=TEXT, starts_on=DAY, valid_to=DAY, valid_to_text=TEXT, may_change_from=DAY, may_change_text=TEXT,
        predecessor=FILING_NO, return_reason=TEXT, insured_person=TEXT, document_url=DOCUMENT,
        timeline={"minItems": 1, **_list_of(event=TEXT, title=TEXT, at=MOMENT)},
        actions=_list_of(title=TEXT, payload=SIGNED), is_earlier={"const": True},
    ),
    "erased": _object(kind={"const": "erased"}),
}
REPLY = _object(
    ("text", "buttons", "custom"), recipient_id=TEXT, text=TEXT, buttons=_list_of(title=TEXT, payload=SIGNED),
    custom={"type": "object", "required": ["kind"]},
)


def check(replies: list[dict[str, Any]]) -> None:
    """Raises ValidationError for a reply that is not of its shape."""
    for reply in replies:
        assert reply.get("text", "x").strip() == reply.get("text", "x"), "a line was left empty"
        jsonschema.validate(reply, REPLY)
        if "custom" in reply:
            jsonschema.validate(reply["custom"], SHAPES[reply["custom"]["kind"]])
