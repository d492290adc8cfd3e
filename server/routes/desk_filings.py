"""Filings over the desk's API: found, read, decided. Sensitive values in clear leave a log entry."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from server.desk_sessions import Asking, AskingOfficer
from server.routes import desk_models as models
from server.routes.desk_errors import DeskRefusal, DeskRoute, refusal_of_other_methods, refusals
from server.routes.desk_fields import FilingNo, Key, PaperId
from server.routes.desk_parts import Desk
from server.routes.desk_shown import access_shown, filing_shown, in_queue, read_position, written_position
from services.filing_records import FilingView
from services.paper_files import MEDIA_TYPES, PDF

router = APIRouter(prefix="/desk", route_class=DeskRoute)
PAPER_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
BYTES = {"schema": {"type": "string", "format": "binary"}}


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Here = Annotated[Desk, Depends(_desk)]


@router.get("/queue", response_model=models.QueueAnswer, responses=refusals(401, 403))
def queue(desk: Here, asking: AskingOfficer, asked: models.QueueAsked) -> dict[str, Any]:
    """Filings of a status in the officer's regions, the oldest first; `after` of the answer gives the next page."""
    page = desk.filings.queue(asking.account, asked.status, asked.region, read_position(asked.after), asked.limit)
    return {"filings": [in_queue(view) for view in page.filings], "after": written_position(page.after)}


@router.post("/search", response_model=models.SearchAnswer, responses=refusals(401, 403))
def search(desk: Here, asking: Asking, given: models.Search) -> dict[str, Any]:
    """The filings with this ID number or phone in the account's regions, newest first; logged."""
    if given.id_number is not None:
        found = desk.filings.search_id_number(asking.account, given.id_number)
    else:
        found = desk.filings.search_phone(asking.account, given.phone or "")
    return {"filings": [in_queue(view) for view in found]}


@router.get("/filings/{filing_no}", response_model=models.FoundAnswer, responses=refusals(401, 403, 404))
def find(desk: Here, asking: Asking, filing_no: FilingNo) -> dict[str, Any]:
    """A filing masked, its limits, and other open filings of the same person and kind."""
    found = desk.filings.find(asking.account, filing_no)
    return {
        "filing": filing_shown(found.filing, desk.policy), "duplicates": [in_queue(one) for one in found.duplicates],
        "limits": asdict(found.limits),
    }


@router.post("/filings/{filing_no}/clear", response_model=models.ClearAnswer, responses=refusals(401, 403, 404))
def clear(desk: Here, asking: Asking, filing_no: FilingNo, given: models.Reading) -> dict[str, Any]:
    """The filing's answers in clear; logged with the reason."""
    rows = desk.filings.clear(asking.account, filing_no, given.reason, given.note or "")
    return {"particulars": [{"title": title, "value": value} for title, value in rows]}


@router.post(
    "/filings/{filing_no}/confirm", response_model=models.FilingAnswer, responses=refusals(401, 403, 404, 409)
)
def confirm(
    desk: Here, asking: AskingOfficer, filing_no: FilingNo, key: Key, given: models.Confirmation
) -> dict[str, Any]:
    """The filing, confirmed on that day, which is today unless another is given."""
    return _moved(desk, desk.filings.confirm(asking.account, filing_no, given.on, given.version, key))


@router.post("/filings/{filing_no}/return", response_model=models.FilingAnswer, responses=refusals(401, 403, 404, 409))
def return_(desk: Here, asking: AskingOfficer, filing_no: FilingNo, key: Key, given: models.Return) -> dict[str, Any]:
    """The filing, returned with what is to be mended and why."""
    moved = desk.filings.return_(asking.account, filing_no, given.reason, given.fields, given.version, key)
    return _moved(desk, moved)


@router.post("/filings/{filing_no}/end", response_model=models.FilingAnswer, responses=refusals(401, 403, 404, 409))
def end(desk: Here, asking: AskingOfficer, filing_no: FilingNo, key: Key, given: models.EndDecision) -> dict[str, Any]:
    """The filing whose end was applied for: ended, or in force again and why."""
    moved = desk.filings.decide_end(asking.account, filing_no, given.agreed, given.reason or "", given.version, key)
    return _moved(desk, moved)


@router.get(
    "/filings/{filing_no}/papers/{paper_id}", response_class=Response,
    responses={**refusals(401, 403, 404), 200: {"content": dict.fromkeys(MEDIA_TYPES, BYTES)}},
)
def paper(desk: Here, asking: AskingOfficer, filing_no: FilingNo, paper_id: PaperId) -> Response:
    """An uploaded paper as it was uploaded, shown but never run; logged."""
    media_type, content = desk.filings.paper(asking.account, filing_no, paper_id)
    return _file(content, media_type, "paper", {"Content-Security-Policy": PAPER_POLICY})


@router.get(
    "/filings/{filing_no}/document", response_class=Response,
    responses={**refusals(401, 403, 404), 200: {"content": {PDF: BYTES}}},
)
def document(desk: Here, asking: AskingOfficer, filing_no: FilingNo) -> Response:
    """The filing as PDF, as its owner has it; logged."""
    if not any(line.slot == "name" for line in desk.filings.find(asking.account, filing_no).filing.particulars):
        raise DeskRefusal("document_erased")
    filed = desk.filings.document(asking.account, filing_no)
    return _file(desk.pdf(filed), PDF, f"{filed.view.filing_no}.pdf", {})


@router.get("/filings/{filing_no}/audit", response_model=models.AuditAnswer, responses=refusals(401, 403, 404))
def audit(desk: Here, asking: AskingOfficer, filing_no: FilingNo) -> dict[str, Any]:
    """Who has seen the filing in clear, oldest first."""
    return {"accesses": [access_shown(access) for access in desk.filings.audit(asking.account, filing_no)]}


refusal_of_other_methods(router)


def _moved(desk: Desk, view: FilingView) -> dict[str, Any]:
    return {"filing": filing_shown(view, desk.policy)}


def _file(content: bytes, media_type: str, name: str, headers: dict[str, str]) -> Response:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin", **headers,
    }
    return Response(content, media_type=media_type, headers=headers)
