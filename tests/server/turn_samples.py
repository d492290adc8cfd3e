"""What the tests of turns share: drafts at every step, and what understanding returns."""

from __future__ import annotations

from datetime import date, datetime

from services.china_time import CHINA_TIME
from services.filing_numbers import filing_number
from services.filing_records import FIELDS, Consent, Draft, Plan
from understanding.vocabulary import CLOSED_VALUES

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
STEPS = (*FIELDS, "review", "commitment", "signature", "paper:residence_proof", "hand_in")
PAPER = "paper:residence_proof"
NUMBER = filing_number("371000", date(2026, 11, 22), "48210937")
DRAWING = "data:image/png;base64,iVBORw0KGgo="


def draft_at(step: str, state: str = "open") -> Draft:
    """A draft whose next step is that one."""
    steps = (*FIELDS, PAPER)
    filled = steps[: steps.index(step)] if step in steps else steps
    has_letter = step != "hand_in"
    reviewed = AT if step in ("commitment", "signature", "hand_in") else None
    consent = Consent("v1", "0" * 64, AT) if step in ("signature", "hand_in") else None
    draft = Draft(
        "d1", "c1", "long_term_residence", "371000", state, {}, frozenset(filled), {}, reviewed, consent, AT, AT,
        skipped=frozenset(), plan=Plan(steps, frozenset(), has_letter),
    )
    assert draft.next_step == step
    return draft


def parsed(intent: str | None, confidence: float = 0.9, *entities: dict, text: str = "") -> dict:
    """What understanding returns, as far as turns look at it."""
    return {
        "text": text, "intent": {"name": intent, "confidence": confidence}, "entities": list(entities),
        "intent_ranking": [{"name": intent, "confidence": confidence}],
    }


def place(code: str, start: int, end: int) -> dict:
    return {"entity": "region", "value": code, "start": start, "end": end, "extractor": CLOSED_VALUES}
