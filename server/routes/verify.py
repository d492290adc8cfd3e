"""Where a document's code leads: whether it was issued here and how its filing stands now. Nothing about the person."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from rules_engine.fact_words import day_in_words
from server.routes.answers import Issued, Malformed, NotChecked, NotIssued, Responses, answers
from server.routes.other_methods import refuse_other_methods
from services import bootstrap
from services.filing_look_up import VerifiedFiling
from services.filing_numbers import read_filing_number
from services.filing_records import FilingProblem

logger = logging.getLogger(__name__)
router = APIRouter()
LONGEST = 200  # characters of a number or a hash that are looked at
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept", "X-Robots-Tag": "noindex"}
ISSUED = "对得上：这份文件是这里出的。"
NOT_ISSUED = "对不上：备案号或者后面那串数不对，这里没有出过这样一份文件。请重新扫一次码；还是不对，请问给您文件的人。"
UNAVAILABLE = "现在核对不了，请过一会儿再试。"
NOTE = "这里只核对文件和进展，不显示个人信息。备案有没有办成，以参保地医保经办机构的确认为准。"
PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>核对备案文件</title>
<style>
body {{ margin: 0 auto; max-width: 34rem; padding: 1.5rem; font: 1.125rem/1.6 sans-serif; color: #1c1c1c; }}
h1 {{ font-size: 1.25rem; }}
dl {{ display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; }}
dt, footer {{ color: #5c5c5c; }}
dd {{ margin: 0; }}
footer {{ font-size: 1rem; }}
</style>
</head>
<body>
<main><h1>{said}</h1>{rows}</main>
<footer><p>{note}</p></footer>
</body>
</html>
"""
AS_PAGE = {"content": {"text/html": {"schema": {"type": "string"}}}}
ANSWERS: Responses = {
    200: {"model": Issued, **AS_PAGE}, 404: {"model": NotIssued, **AS_PAGE}, 503: {"model": NotChecked, **AS_PAGE},
    **answers(Malformed, 422),
}


@router.get("/verify/{filing_no}", responses=ANSWERS)
async def verify(request: Request, filing_no: str, sha256: str = "") -> Response:
    """200 with kind, region, standing and dates; 404 for a number or hash that isn't right, the same for either."""
    wants_page = "text/html" in request.headers.get("accept", "")
    number = filing_no[:LONGEST]
    try:
        found = await asyncio.to_thread(bootstrap.filing_look_up().verify, number, sha256[:LONGEST])
    except FilingProblem as problem:
        return _refusal(problem, wants_page)
    shown_no = read_filing_number(number) or ""
    if not wants_page:
        return JSONResponse(_facts(shown_no, found), headers=HEADERS)
    return _page(200, ISSUED, _rows(shown_no, found))


refuse_other_methods(router)


def _refusal(problem: FilingProblem, wants_page: bool) -> Response:
    if problem.code == "not_issued":
        status, message = 404, NOT_ISSUED
    else:
        logger.error("a document could not be checked: %s", problem.code)
        status, message = 503, UNAVAILABLE
    if wants_page:
        return _page(status, message, {})
    return JSONResponse({"is_issued": False if status == 404 else None, "message": message}, status, HEADERS)


def _facts(filing_no: str, found: VerifiedFiling) -> dict[str, Any]:
    return {
        "is_issued": True,
        "message": ISSUED,
        "filing_no": filing_no,
        "kind_title": found.kind_title,
        "region_name": found.region_name,
        "status_title": found.status_title,
        "submitted_on": found.submitted_on.isoformat(),
        "valid_to": found.valid_to.isoformat() if found.valid_to else None,
    }


def _rows(filing_no: str, found: VerifiedFiling) -> Mapping[str, str]:
    rows = {
        "备案号": filing_no, "备案": found.kind_title, "参保地": found.region_name, "现在": found.status_title,
        "提交日期": day_in_words(found.submitted_on),
    }
    return {**rows, "有效到": day_in_words(found.valid_to)} if found.valid_to else rows


def _page(status: int, said: str, rows: Mapping[str, str]) -> Response:
    listed = "".join(f"<dt>{escape(title)}</dt><dd>{escape(value)}</dd>" for title, value in rows.items())
    content = PAGE.format(said=escape(said), rows=f"<dl>{listed}</dl>" if rows else "", note=NOTE)
    return HTMLResponse(content, status, HEADERS)
