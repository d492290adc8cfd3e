"""Drafts and filings as shown to people: titles, plain words, sensitive values masked."""

from __future__ import annotations

import re
from datetime import date

from rules_engine import regions
from rules_engine.fact_words import day_in_words
from services.filing_fields.signature import png_bytes
from services.filing_forms import clear_rows, particulars, title_of
from services.filing_policy import FilingPolicy
from services.filing_records import PAPER_STEP, SENSITIVE_FIELDS, Draft, FilingPaper, FilingProblem, FilingView
from services.filing_rows import FilingRow
from services.filing_states import status_on
from services.filing_storage import FilingStorage

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def draft_values(store: FilingStorage, draft: Draft) -> dict[str, str]:
    """All that the draft holds, sensitive values in clear."""
    secret = {name: store.drafts.secret(draft, name) for name in sorted(draft.filled & SENSITIVE_FIELDS)}
    return {**draft.fields, **secret}


def filing_values(store: FilingStorage, filing: FilingRow) -> dict[str, str]:
    """All that a filing holds, sensitive values in clear."""
    return {**filing.fields, **store.filings.secrets(filing.filing_no, SENSITIVE_FIELDS)}


def problem_words(problem: FilingProblem) -> dict[str, str]:
    """A problem's details as words for a sentence: days as people say them."""
    words = {name: str(value) for name, value in problem.details.items() if isinstance(value, (str, int))}
    return {name: day_in_words(date.fromisoformat(v)) if _ISO_DAY.fullmatch(v) else v for name, v in words.items()}


def filing_view(store: FilingStorage, policy: FilingPolicy, filing: FilingRow, today: date) -> FilingView:
    """The filing masked, with its history, as it stands that day."""
    kind = policy.kind_of(filing)
    successor = store.filings.successor_of(filing.filing_no)
    return FilingView(
        filing_no=filing.filing_no,
        version=filing.version,
        kind=filing.kind,
        kind_title=kind.title,
        purpose=filing.purpose,
        insured_region=filing.insured_region,
        treatment_region=filing.treatment_region,
        starts_on=filing.starts_on,
        effective_on=filing.effective_on,
        valid_to=filing.valid_to,
        is_in_effect=filing.effective_on is not None and filing.effective_on <= today,
        validity=policy.validity_of(filing, today),
        status=status_on(filing.status, filing.valid_to, today),
        submitted_at=filing.submitted_at,
        confirmed_on=filing.confirmed_on,
        predecessor=filing.predecessor,
        successor=successor.filing_no if successor else None,
        letter_version=filing.letter_version,
        letter_sha256=filing.letter_sha256,
        consented_at=filing.consented_at,
        facts=filing.facts,
        particulars=particulars(filing_values(store, filing), kind),
        papers=store.papers.of_filing(filing.filing_no),
        timeline=store.filings.timeline(filing.filing_no),
    )


def filing_paper(store: FilingStorage, policy: FilingPolicy, filing: FilingRow, today: date) -> FilingPaper:
    """All that the owner's PDF shows, in clear. FilingProblem filing_erased after its time of keeping."""
    kind, view = policy.kind_of(filing), filing_view(store, policy, filing, today)
    secret = store.filings.secrets(filing.filing_no)
    if not secret:
        raise FilingProblem("filing_erased")
    signature = secret.get("signature")
    drawn = png_bytes(signature) if signature else None
    # Papers that came later, with an application to end it, are not what was handed in here.
    own = (paper for paper in view.papers if paper.uploaded_at <= view.submitted_at)
    titles = dict.fromkeys(title_of(PAPER_STEP + paper.paper, kind) for paper in own)
    return FilingPaper(
        view=view,
        kind_title=kind.title,
        region_name=regions.display_name(filing.insured_region),
        papers=tuple(titles),
        signed_sha256=filing.letter_sha256,
        rows=clear_rows(filing_values(store, filing), kind),
        letter_text=secret["letter"] if kind.letter else None,
        typed_signature=signature if drawn is None else None,
        drawn_signature=drawn,
    )
