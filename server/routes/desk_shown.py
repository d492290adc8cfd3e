"""Filings, sessions and readings as the desk's API shows them."""

from __future__ import annotations

import re
from typing import Any

from rules_engine import regions
from rules_engine.filing_kinds import FilingKind
from server.routes import desk_models as models
from services.filing_forms import title_of
from services.filing_policy import FilingPolicy
from services.filing_records import PAPER_STEP, PURPOSE_TITLES, FilingView, TimelineEntry
from services.filing_rows import Access, Position
from services.officers import Session

_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})\+00:00")


def session_shown(session: Session) -> dict[str, Any]:
    """Who is logged in, for which areas, until when."""
    officer = session.officer
    return {
        "officer": {"id": officer.id, "name": officer.name},
        "regions": [place(code) for code in sorted(officer.regions)],
        "expires_at": session.expires_at,
    }


def in_queue(view: FilingView) -> dict[str, Any]:
    """A filing as one line of a list."""
    return {
        "filing_no": view.filing_no,
        "version": view.version,
        "kind": view.kind,
        "kind_title": view.kind_title,
        "purpose": view.purpose,
        "purpose_title": PURPOSE_TITLES.get(view.purpose, view.purpose),
        "status": view.status,
        "status_title": view.status_title,
        "name": next((line.value for line in view.particulars if line.slot == "name"), ""),
        "insured_region": place(view.insured_region),
        "treatment_region": place(view.treatment_region),
        "starts_on": view.starts_on,
        "submitted_at": view.submitted_at,
    }


def filing_shown(view: FilingView, policy: FilingPolicy) -> dict[str, Any]:
    """All of a filing that may be seen without a log entry: sensitive values are masked."""
    kind = policy.kind_of(view)
    return {
        **in_queue(view),
        "confirmed_on": view.confirmed_on,
        "effective_on": view.effective_on,
        "valid_to": view.valid_to,
        "validity": view.validity,
        "predecessor": view.predecessor,
        "successor": view.successor,
        "letter_version": view.letter_version,
        "letter_sha256": view.letter_sha256,
        "particulars": [{"field": line.slot, "title": line.title, "value": line.value} for line in view.particulars],
        "papers": [
            {
                "paper_id": paper.paper_id, "paper": paper.paper, "title": title_of(PAPER_STEP + paper.paper, kind),
                "media_type": paper.media_type, "bytes": paper.size, "uploaded_at": paper.uploaded_at,
            }
            for paper in view.papers
        ],
        "mendable": _mendable(view, kind),
        "timeline": [_happening(entry) for entry in view.timeline],
    }


def _mendable(view: FilingView, kind: FilingKind) -> list[dict[str, str]]:
    """What an officer may ask to be mended: the answers that were given, and every paper of the kind."""
    answers = [{"field": line.slot, "title": line.title} for line in view.particulars]
    extra = [PAPER_STEP + paper for paper in view.facts.get("extra_papers", ())]
    steps = [*(PAPER_STEP + paper.id for paper in kind.papers), *extra]
    return answers + [{"field": step, "title": title_of(step, kind)} for step in steps]


def _happening(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "event": entry.event, "title": entry.title, "at": entry.at, "actor": entry.actor,
        "reason": entry.detail.get("reason"), "fields": list(entry.detail.get("fields", [])),
    }


def access_shown(access: Access) -> dict[str, Any]:
    """One reading in clear."""
    return {"actor": access.actor, "action": access.action, "fields": list(access.fields), "at": access.at}


def place(code: str) -> models.Place:
    """A region by code and full name."""
    return models.Place(code=code, name=regions.display_name(code))


def written_position(position: Position | None) -> str | None:
    """The place where the next page begins, as it stands in an address."""
    if position is None:
        return None
    stamp, filing_no = position
    return _STAMP.sub(r"\1\2\3T\4\5\6\7Z", stamp) + "." + filing_no


def read_position(written: str | None) -> Position:
    """The position that was written so (the models have checked its form); the queue's start for None."""
    if written is None:
        return ("", "")
    at, _, filing_no = written.partition(".")
    day, time = f"{at[:4]}-{at[4:6]}-{at[6:8]}", f"{at[9:11]}:{at[11:13]}:{at[13:15]}"
    return f"{day}T{time}.{at[15:21]}+00:00", filing_no
