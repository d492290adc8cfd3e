"""Filings, sessions and readings as the desk's API shows them."""

from __future__ import annotations

import re
from typing import Any

from rules_engine import regions
from rules_engine.filing_kinds import FilingKind
from server.routes import desk_models as models
from services.account_sign_in import Session
from services.account_store import AccountEvent
from services.accounts import EVENT_TITLES, Listed
from services.desk_account import ALL_REGIONS
from services.filing_desk import READ_REASONS
from services.filing_forms import title_of
from services.filing_policy import FilingPolicy
from services.filing_records import PAPER_STEP, PURPOSE_TITLES, FilingView, TimelineEntry
from services.filing_rows import Access, Position

ACTION_TITLES = {
    "read": "看了不遮的内容", "search": "查到了这份备案", "paper": "打开了材料", "document": "打开了 PDF",
    "export": "导出了",
}
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})\+00:00")


def session_shown(session: Session) -> dict[str, Any]:
    """Who is logged in, for which areas, until when."""
    account = session.account
    return {
        "officer": {"id": account.id, "name": account.name, "role": account.role},
        "regions": [place(code) for code in sorted(account.regions)],
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


def account_shown(listed: Listed) -> dict[str, Any]:
    """An account as it was given out."""
    account = listed.account
    return {
        "id": account.id, "name": account.name, "role": account.role, "is_active": listed.is_active,
        "has_all_regions": ALL_REGIONS in account.regions,
        "regions": [place(code) for code in sorted(account.regions - {ALL_REGIONS})],
    }


def event_shown(event: AccountEvent) -> dict[str, Any]:
    """What happened at an account."""
    return {
        "at": event.at, "actor": event.actor, "event": event.event, "title": EVENT_TITLES[event.event],
        "account": event.account,
    }


def access_shown(access: Access) -> dict[str, Any]:
    """One reading in clear."""
    return {
        "actor": access.actor, "action": access.action, "action_title": ACTION_TITLES.get(access.action, access.action),
        "fields": list(access.fields), "reason": access.reason, "reason_title": READ_REASONS.get(access.reason, ""),
        "note": access.note, "at": access.at,
    }


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
