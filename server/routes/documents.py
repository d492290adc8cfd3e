"""A filing's PDF and its square code, for a conversation that filed it or has looked it up, and for nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from fastapi import APIRouter, HTTPException, Request, Response

from server.gate import check_rest_caller
from server.routes.answers import BYTES, Malformed, Refused, answers
from server.routes.other_methods import refuse_other_methods
from services import bootstrap
from services.filing_numbers import read_filing_number
from services.filing_records import FilingProblem

logger = logging.getLogger(__name__)
router = APIRouter()
ERASED = "这份备案结束很久了，个人信息和文件已按期限删掉。"
NOT_FOUND = "没有找到这份文件。请从办备案的那个对话里打开，或者说“查备案”，用备案号查到以后再打开。"
UNAVAILABLE = "现在打不开这份文件，请过一会儿再试。"


@router.get(
    "/documents/{filing_no}.pdf", response_class=Response,
    responses={
        200: {"content": {"application/pdf": BYTES}}, **answers(Refused, 401, 404, 410, 503), **answers(Malformed, 422),
    },
)
async def document(request: Request, filing_no: str, sender: str | None = None) -> Response:
    """The PDF. 404 for a filing that is not this conversation's, whether it exists or not."""
    content = await _of_filing(bootstrap.filing_document, _conversation(request, sender), filing_no)
    headers = {
        # The number as we write it, not as it was asked for: a header takes no line breaks nor full-width digits.
        "Content-Disposition": f'inline; filename="{read_filing_number(filing_no)}.pdf"', "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


@router.get(
    "/documents/{filing_no}/code.svg", response_class=Response,
    responses={
        200: {"content": {"image/svg+xml": BYTES}}, **answers(Refused, 401, 404, 503), **answers(Malformed, 422),
    },
)
async def code(request: Request, filing_no: str, sender: str | None = None) -> Response:
    """The square code that is on the PDF. 404 as for the PDF."""
    content = await _of_filing(bootstrap.filing_code, _conversation(request, sender), filing_no)
    return Response(content, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


refuse_other_methods(router)


def _conversation(request: Request, sender: str | None) -> str | None:
    """Whose: the page's by its cookie, a REST client's by its sender."""
    if sender is None:
        conversation: str | None = request.app.state.sessions.conversation_of(request)
        return conversation
    check_rest_caller(request, request.app.state.api_token)
    return str(request.app.state.sessions.rest_conversation(sender))


async def _of_filing(make: Callable[[str, str], bytes], conversation: str | None, filing_no: str) -> bytes:
    """What is made of the conversation's filing. HTTPException in words."""
    if conversation is None:
        raise HTTPException(404, NOT_FOUND)
    try:
        return await asyncio.to_thread(make, conversation, filing_no)
    except FilingProblem as problem:
        if problem.code == "filing_not_found":
            raise HTTPException(404, NOT_FOUND) from problem
        if problem.code == "filing_erased":
            raise HTTPException(410, ERASED) from problem
        logger.error("a document could not be opened: %s", problem.code)
        raise HTTPException(503, UNAVAILABLE) from problem
