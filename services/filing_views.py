"""Drafts and filings as shown to people: titles, plain words, sensitive values masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from rules_engine import regions
from rules_engine.fact_words import day_in_words
from services import masking
from services.filing_fields.signature import png_bytes
from services.filing_records import (
    FIELD_TITLES,
    FIELDS,
    REASON_TITLES,
    SENSITIVE_FIELDS,
    Draft,
    FieldProblem,
    FilingPaper,
    FilingView,
    ReviewField,
)
from services.filing_store import FilingStore
from services.filing_store_filings import FilingRow

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MASKS: Mapping[str, Callable[[str], str]] = {
    "name": masking.mask_name,
    "id_number": masking.mask_id_number,
    "phone": masking.mask_phone,
    "address": masking.mask_address,
}


def shown_value(field: str, value: str) -> str:
    """A draft's value as a person reads it back."""
    if field in MASKS:
        return MASKS[field](value)
    if field == "treatment_region":
        return regions.display_name(value)
    if field == "reason":
        return REASON_TITLES[value]
    return day_in_words(date.fromisoformat(value))


def draft_values(store: FilingStore, draft: Draft) -> dict[str, str]:
    """All that the draft holds, sensitive values in clear."""
    secret = {name: store.drafts.secret(draft, name) for name in draft.filled & SENSITIVE_FIELDS}
    return {**draft.fields, **secret}


def review_fields(values: Mapping[str, str]) -> tuple[ReviewField, ...]:
    """The review's lines in asking order, for the values that are there."""
    return tuple(
        ReviewField(field, FIELD_TITLES[field], shown_value(field, values[field]))
        for field in FIELDS
        if field in values
    )


def problem_words(problem: FieldProblem) -> dict[str, str]:
    """A problem's details as words for a sentence: days as people say them."""
    words = {name: str(value) for name, value in problem.details.items() if isinstance(value, (str, int))}
    return {name: day_in_words(date.fromisoformat(v)) if _ISO_DAY.fullmatch(v) else v for name, v in words.items()}


def filing_view(store: FilingStore, filing: FilingRow) -> FilingView:
    """The filing masked, with its history."""
    masked = {
        field: MASKS[field](store.filings.secret(filing.filing_no, field))
        for field in SENSITIVE_FIELDS
    }
    return FilingView(
        filing_no=filing.filing_no,
        kind=filing.kind,
        insured_region=filing.insured_region,
        treatment_region=filing.treatment_region,
        reason=filing.reason,
        starts_on=filing.starts_on,
        status=filing.status,
        submitted_at=filing.submitted_at,
        confirmed_on=filing.confirmed_on,
        letter_version=filing.letter_version,
        letter_sha256=filing.letter_sha256,
        consented_at=filing.consented_at,
        timeline=store.filings.timeline(filing.filing_no),
        **masked,
    )


def filing_paper(store: FilingStore, filing: FilingRow) -> FilingPaper:
    """All that the owner's PDF shows, in clear."""
    clear = {field: store.filings.secret(filing.filing_no, field) for field in SENSITIVE_FIELDS}
    signature = store.filings.secret(filing.filing_no, "signature")
    drawn = png_bytes(signature)
    return FilingPaper(
        view=filing_view(store, filing),
        insured_region=regions.display_name(filing.insured_region),
        treatment_region=regions.display_name(filing.treatment_region),
        letter_text=store.filings.secret(filing.filing_no, "letter"),
        typed_signature=signature if drawn is None else None,
        drawn_signature=drawn,
        **clear,
    )
