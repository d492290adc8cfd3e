"""A bill that the page sends as a file: read in memory, shown back, and turned into a button. Nothing of it is kept."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from server.bodies import BodyTooLarge, body_of
from server.buttons import ButtonSigner
from server.gate import has_own_origin
from server.routes.answers import BillShown, Told, answers, takes_bytes
from server.routes.other_methods import refuse_other_methods
from server.slots import Slots
from services.bill_files import LARGEST_FILE, read_file
from services.bill_rows import BUTTON_TITLE, CLASS_TITLES, SUM_TITLES, BillRow, BillUnreadable, ReadBill

logger = logging.getLogger(__name__)
router = APIRouter()
READ_AT_ONCE = 2  # a large spreadsheet takes a processor and some memory for seconds
LONGEST_WAIT = 60  # seconds
FILE_NAME = {"name": "X-File-Name", "in": "header", "required": False, "schema": {"type": "string"}}
MOST_FAULTS = 200
WORDS = {
    "foreign": "请从这个网站自己的页面传账单。",
    "no_session": "页面放得太久了，请刷新后再传。",
    "too_large": "文件超过5 MB。请只留费用明细再传，或者分几次传。",
    "failed": "这份账单没能读出来。请另存为 .xlsx 再传，或者把结算单上的数直接告诉我。",
    "busy": "现在传账单的人多，请过一会儿再传。",
}


def slots() -> Slots:
    """Where bills are read, beside the conversations."""
    return Slots(READ_AT_ONCE, LONGEST_WAIT)


@router.post(
    "/chat/bill", responses={**answers(BillShown, 200), **answers(Told, 401, 403, 413, 422, 500, 503)},
    openapi_extra=takes_bytes("A bill as CSV or Excel.", (FILE_NAME,)),
)
async def bill(request: Request) -> Response:
    """The bill in the body as rows, faults and sums, with the signed button that calculates with it."""
    if not has_own_origin(request):
        return _refusal(403, WORDS["foreign"])
    conversation = request.app.state.sessions.conversation_of(request)
    if conversation is None:
        return _refusal(401, WORDS["no_session"])
    try:
        content = await body_of(request, LARGEST_FILE)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    except BodyTooLarge:
        return _refusal(413, WORDS["too_large"])
    name = unquote(request.headers.get("x-file-name", ""))[:200]
    try:
        read = await request.app.state.bill_slots.run(partial(read_file, name, content))
    except BillUnreadable as fault:
        return _refusal(422, str(fault))
    except TimeoutError:
        return _refusal(503, WORDS["busy"])
    except Exception as fault:  # noqa: BLE001 - the page must hear of any fault; its text may hold an item's name
        logger.error("a bill could not be read: %s", type(fault).__name__)
        return _refusal(500, WORDS["failed"])
    return JSONResponse(_shown(read, request.app.state.signer, conversation), headers={"Cache-Control": "no-store"})


refuse_other_methods(router)


def _shown(read: ReadBill, signer: ButtonSigner, conversation: str) -> dict[str, Any]:
    errors = [{"line": fault.line, "message": fault.message} for fault in read.faults[:MOST_FAULTS]]
    if len(read.faults) > MOST_FAULTS:
        errors.append({"line": None, "message": f"还有{len(read.faults) - MOST_FAULTS}处没有列出来，请先改上面这些。"})
    facts = read.facts
    command = f"/inform{json.dumps(facts)}"
    return {
        "rows": [_row(row) for row in read.rows],
        "errors": errors,
        "sums": [
            {"name": name, "title": SUM_TITLES[name], "amount": str(amount)}
            for name, amount in read.sums.items() if amount or name == "total_amount"
        ],
        "notes": list(read.notes),
        "payload": signer.sealed(conversation, BUTTON_TITLE, command) if facts else None,
        "title": BUTTON_TITLE,
    }


def _row(row: BillRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "name": row.name,
        "amount": str(row.amount),
        "class_title": CLASS_TITLES[row.catalogue_class],
        "class_b_rate": None if row.class_b_rate is None else str(row.class_b_rate),
    }


def _refusal(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status)
