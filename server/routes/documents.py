"""The commitment letter as PDF, for the conversation that filed it and for nobody else."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, HTTPException, Request, Response

from server.gate import check_rest_caller
from server.sessions import COOKIE
from services import bootstrap
from services.filing_records import FilingProblem

router = APIRouter()


@router.get("/documents/{filing_no}.pdf")
async def document(request: Request, filing_no: str, sender: str | None = None) -> Response:
    """The PDF. 404 for a filing that is not this conversation's, whether it exists or not."""
    if sender is None:
        conversation = request.app.state.sessions.conversation(request.cookies.get(COOKIE))
    else:
        check_rest_caller(request, request.app.state.api_token)
        conversation = request.app.state.sessions.rest_conversation(sender)
    if conversation is None:
        raise HTTPException(404, "没有找到这份文件，请从办备案的那个对话里打开。")
    try:
        content = await asyncio.to_thread(bootstrap.filing_document, conversation, filing_no)
    except FilingProblem as problem:
        raise HTTPException(404, "没有找到这份文件，请从办备案的那个对话里打开。") from problem
    headers = {
        "Content-Disposition": f'inline; filename="{filing_no}.pdf"', "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)
