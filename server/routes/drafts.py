"""What the page's person has typed into the open filing, in clear, to be checked before it is handed in."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from server.gate import has_own_origin
from server.routes.answers import DraftInClear, Told, answers
from server.routes.other_methods import refuse_other_methods
from services import bootstrap
from services.filing_records import FilingProblem

logger = logging.getLogger(__name__)
router = APIRouter()
SECONDS_SHOWN = 60
HEADERS = {"Cache-Control": "no-store"}
WORDS = {
    "foreign": (403, "请从这个网站自己的页面看。"),
    "no_session": (401, "页面放得太久了，请刷新后再看。"),
    "no_draft": (409, "这份备案已经交了，或者没有在填，不能再显示全部内容。交了的请打开备案文件看。"),
    "failed": (503, "现在显示不了，请过一会儿再点。填好的内容还在。"),
}


# A POST, though nothing is changed but the log: no link, picture or prefetch of another page can bring it about.
@router.post(
    "/chat/draft/shown", responses={**answers(DraftInClear, 200), **answers(Told, 401, 403, 409, 503)}
)
async def shown(request: Request) -> Response:
    """The masked answers of the page's own open filing, in clear. Nothing of a filing that was handed in."""
    if not has_own_origin(request):
        return _refusal("foreign")
    conversation = request.app.state.sessions.conversation_of(request)
    if conversation is None:
        return _refusal("no_session")
    try:
        lines = await asyncio.to_thread(bootstrap.draft_shown().show, conversation)
    except FilingProblem as problem:
        if problem.code != "no_draft":
            logger.error("a draft could not be shown: %s", problem.code)
        return _refusal(problem.code)
    fields = [{"slot": line.slot, "title": line.title, "value": line.value} for line in lines]
    content: dict[str, Any] = {"fields": fields, "seconds": SECONDS_SHOWN}
    return JSONResponse(content, headers=HEADERS)


refuse_other_methods(router)


def _refusal(code: str) -> Response:
    status, message = WORDS.get(code, WORDS["failed"])
    return JSONResponse({"message": message}, status, HEADERS)
