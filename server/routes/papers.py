"""A paper that a draft asks for, sent as a file: checked, kept sealed, turned into a button. Its name is never read."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from server.bodies import BodyTooLarge, body_of
from server.buttons import ButtonSigner
from server.gate import check_rest_caller, has_own_origin
from server.routes.answers import Malformed, PaperKept, Refused, Told, answers, takes_bytes
from server.routes.other_methods import refuse_other_methods
from server.slots import Slots
from services import bootstrap
from services.filing_forms import title_of
from services.filing_records import PAPER_STEP, FilingProblem, PaperView
from services.paper_files import LARGEST_PAPER

logger = logging.getLogger(__name__)
router = APIRouter()
CHECKED_AT_ONCE = 2  # a photograph takes a quarter of a gigabyte while it is opened
LONGEST_UPLOAD, LONGEST_WAIT = 300, 60  # seconds; a telephone far out sends ten megabytes in four minutes
PHOTOGRAPH = "拍成照片（JPG）"
WORDS: dict[str, tuple[int, str]] = {
    "foreign": (403, "请从这个网站自己的页面传材料。"),
    "no_session": (401, "页面放得太久了，请刷新后再传。"),
    "too_slow": (408, "传得太慢，断开了。请换个网络好的地方，或者拍小一点再传。"),
    "busy": (503, "现在传材料的人多，请过一会儿再传。"),
    "failed": (500, "这份材料没能收下，请再传一次。还不行，请换成照片。"),
    "no_draft": (409, "现在没有正在办的备案，这份材料没有收。请先说要办什么备案。"),
    "paper_not_asked": (409, "正在办的备案现在不要这份材料，没有收。请按对话里的提示传；要是暂停了，先说“继续办”。"),
    "paper_too_many": (409, "同一样材料最多传{most}份，这份没有收。要换的话，请在核对那一步点“修改”重传。"),
    "paper_empty": (422, "这个文件是空的。请重新拍一张，或者另选一个文件。"),
    "paper_too_large": (413, "文件超过{limit_mb} MB。请拍小一点，或者只留要交的那几页再传。"),
    "paper_wrong_type": (422, "只收照片（JPG、PNG、WebP）和PDF。请" + PHOTOGRAPH + "再传。"),
    "paper_heic": (
        422,
        "这是苹果手机的HEIC照片，这里打不开。请在手机“设置”的“相机”里把“格式”改成“兼容性最佳”再拍一张，"
        "或者打开照片截个图，传截图。",
    ),
    "paper_damaged": (422, "这个文件打不开，可能没有传完整。请重新选一次，或者" + PHOTOGRAPH + "再传。"),
    "paper_too_many_pixels": (422, "这张照片太大，超过{limit_megapixels}00万像素。请用普通大小再拍一张，或者传截图。"),
    "paper_locked": (422, "这个PDF有密码或者加了限制，打不开。请去掉密码另存一份，或者" + PHOTOGRAPH + "再传。"),
    "paper_too_many_pages": (422, "这个PDF超过{limit}页。请只留要交的那几页再传。"),
    "paper_has_actions": (422, "这个PDF里有会自动运行的内容，不能收。请打印成新的PDF，或者" + PHOTOGRAPH + "再传。"),
    "store_full": (503, "现在存不下新的材料，这份没有收。请过一会儿再传；填好的内容还在。"),
    "store_read_only": (503, "现在收不了材料，这份没有收。请过一会儿再传；填好的内容还在。"),
    "store_busy": (503, "现在办的人多，这份没有收。请过一会儿再传；填好的内容还在。"),
}
Paper = Annotated[str, Query(min_length=1, max_length=64)]
Sender = Annotated[str, Query(min_length=1, max_length=128)]
ANSWERS = {
    **answers(PaperKept, 200), **answers(Told, 403, 408, 409, 413, 500, 503), **answers(Told | Malformed, 422),
}
PAPER_BODY = takes_bytes("A photograph (JPEG, PNG, WebP) or a PDF.")


def slots() -> Slots:
    """Where papers are checked, beside the conversations."""
    return Slots(CHECKED_AT_ONCE, LONGEST_WAIT)


@router.post("/chat/paper", responses={**ANSWERS, **answers(Told, 401)}, openapi_extra=PAPER_BODY)
async def page_paper(request: Request, paper: Paper) -> Response:
    """Keeps the paper for the page's draft: what was kept, and the signed button that goes on."""
    if not has_own_origin(request):
        return _refusal("foreign")
    conversation = request.app.state.sessions.conversation_of(request)
    if conversation is None:
        return _refusal("no_session")
    return await _answer(request, conversation, paper)


@router.post("/webhooks/rest/paper", responses={**ANSWERS, **answers(Refused, 401)}, openapi_extra=PAPER_BODY)
async def rest_paper(request: Request, paper: Paper, sender: Sender = "default") -> Response:
    """The same for a REST client's conversation."""
    check_rest_caller(request, request.app.state.api_token)
    return await _answer(request, request.app.state.sessions.rest_conversation(sender), paper)


refuse_other_methods(router)


async def _answer(request: Request, conversation: str, paper: str) -> Response:
    try:
        content = await asyncio.wait_for(body_of(request, LARGEST_PAPER), LONGEST_UPLOAD)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    except TimeoutError:
        return _refusal("too_slow")
    except BodyTooLarge:
        return _refusal("paper_too_large", limit_mb=LARGEST_PAPER // 1024**2)
    try:
        view, title = await request.app.state.paper_slots.run(partial(_keep, conversation, paper, content))
    except TimeoutError:
        return _refusal("busy")
    except FilingProblem as problem:
        if problem.code not in WORDS:
            logger.error("a paper was refused for a reason without words: %s", problem.code)
        is_heic = problem.details.get("is_heic")
        return _refusal("paper_heic" if is_heic else problem.code, **problem.details)
    except Exception as fault:  # noqa: BLE001 - the page must hear of any fault; its text may hold what a paper says
        logger.error("a paper could not be kept: %s", type(fault).__name__)
        return _refusal("failed")
    shown = _shown(view, title, request.app.state.signer, conversation)
    return JSONResponse(shown, headers={"Cache-Control": "no-store"})


def _keep(conversation: str, paper: str, content: bytes) -> tuple[PaperView, str]:
    """The paper and its title. Raises FilingProblem."""
    filings, step = bootstrap.filings(), PAPER_STEP + paper
    draft = filings.find_draft(conversation)
    # Asked first, because opening a file costs more than looking at the draft.
    if draft is None:
        raise FilingProblem("no_draft")
    if step not in draft.plan.steps:
        raise FilingProblem("paper_not_asked")
    return filings.add_paper(conversation, paper, content), title_of(step, filings.kind_of(draft))


def _shown(view: PaperView, title: str, signer: ButtonSigner, conversation: str) -> dict[str, Any]:
    command = f"/paper_added{json.dumps({'paper': view.paper, 'paper_id': view.paper_id})}"
    said = f"已上传：{title}"
    return {
        "paper_id": view.paper_id,
        "media_type": view.media_type,
        "bytes": view.size,
        "button": {"title": said, "payload": signer.sealed(conversation, said, command)},
    }


def _refusal(code: str, **details: Any) -> Response:
    status, words = WORDS.get(code, WORDS["failed"])
    return JSONResponse({"message": words.format(**details)}, status, headers={"Cache-Control": "no-store"})
