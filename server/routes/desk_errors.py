"""How the desk's API says no: one shape for every refusal, in words an officer can act on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from rules_engine.fact_words import day_in_words
from server.bodies import BodyTooLarge, bounded
from server.metrics import metrics
from server.routes.desk_bad_input import bad_input
from server.routes.desk_models import ErrorAnswer
from server.routes.other_methods import refuse_other_methods
from services.account_problems import SENTENCES as ACCOUNT_SENTENCES
from services.account_problems import AccountProblem, problem_sentence
from services.consents import ConsentProblem
from services.filing_records import FilingProblem
from services.filing_states import STATUS_TITLES
from services.secrets_box import SecretsBoxError

logger = logging.getLogger(__name__)
LARGEST_BODY = 64_000  # bytes
NOT_KEPT = {"Cache-Control": "no-store"}
UNAVAILABLE = 503
STATUSES = {
    "not_logged_in": 401, "session_over": 401, "wrong_login": 401,
    "account_disabled": 403, "foreign_origin": 403, "not_allowed": 403, "login_locked": 429,
    "wrong_code": 404, "reading_ended": 404, "question_not_found": 404, "codes_locked": 429,
    "filing_not_found": 404, "paper_not_found": 404, "paper_missing": 404, "document_erased": 404,
    "method_not_allowed": 405, "too_large": 413,
    "wrong_password": 403, "account_not_found": 404,
    "bad_id": 422, "bad_name": 422, "unknown_role": 422, "no_regions": 422, "not_all_regions": 422,
    "no_such_region": 422, "password_too_short": 422, "password_too_long": 422, "same_password": 422,
    "bad_input": 422, "unknown_field": 422, "unknown_status": 422,
    "confirmed_before_submitted": 422, "confirmed_in_future": 422,
    "busy": UNAVAILABLE, "store_full": UNAVAILABLE, "store_read_only": UNAVAILABLE, "store_busy": UNAVAILABLE,
    "store_failing": UNAVAILABLE, "failed": 500,
}
CONFLICT = 409
SENTENCES = {
    "not_logged_in": "还没有登录，或者登录已经过期。请重新登录。",
    "foreign_origin": "请从这个网站自己的页面操作；程序调用请用 Authorization: Bearer。",
    "not_allowed": "您的账号不能做这一步，要有「{who}」的权限。需要的话，请找管理员。",
    "wrong_code": "没有这个码，或者已经用过、过期了。请让对方再念一遍，还可以试{left}次。",
    "codes_locked": "错了5次，先锁住。请{until}以后再试，或者请同事打开。",
    "reading_ended": "这段对话不能再看了：对方结束了，或者过了2小时。要接着看，请对方再给一个码。",
    "question_not_found": "没有这一类问题，请刷新清单。",
    "filing_not_found": "没有找到这份备案，或者它不归您管。请核对备案号。",
    "paper_not_found": "这份备案里没有这份材料，请刷新后再打开。",
    "paper_missing": "这份材料的文件不在服务器上了，请告诉管理员从备份里找回。",
    "method_not_allowed": "这个地址不支持这种请求方法，请对照接口说明。",
    "document_erased": "这份备案过了保存期限，个人信息和材料都已经删除，打不出文件了。",
    "too_large": "请求太长了，请缩短后再发。",
    "unknown_field": "没有「{field}」这一项可以补正，请从这份备案的项目里选。",
    "unknown_status": "没有「{status}」这种状态，请从备案的状态里选。",
    "confirmed_before_submitted": "确认日期不能早于提交那天（{submitted_on}），请改日期。",
    "confirmed_in_future": "确认日期不能晚于今天（{today}），请改日期。",
    "not_awaiting_decision": "这份备案现在是「{status}」，不能做这一步。请刷新看最新情况。",
    "stale_version": "这份备案刚有变动，您看到的不是最新的。请刷新后再决定。",
    "idempotency_key_reused": "这个 Idempotency-Key 已经用在另一个请求上了，请换一个新的。",
    "busy": "现在登录的人多，请过几秒再试。",
    "failed": "服务器出错了，这一步可能没有做成。请刷新看看，再试一次。",
}
ELSE = "现在做不了这一步，请刷新后再试。"


class DeskRefusal(Exception):
    """The desk's own no, beside those of the services."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def bad_value(key: str, fault: str) -> RequestValidationError:
    """The refusal of a value that only this project's own data can judge."""
    return RequestValidationError([{"type": "value_error", "loc": ("query", key), "ctx": {"error": fault}}])


class DeskRoute(APIRoute):
    """A route whose every answer is JSON of one shape or a file, and is kept by no cache."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_all(request: Request) -> Response:
            try:
                response = await handle(await bounded(request, LARGEST_BODY))
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            except Exception as fault:  # noqa: BLE001 - the page must hear of any fault; its text may hold private words
                response = refusal_for(fault)
            response.headers.update(NOT_KEPT)
            metrics().desk_request(self.path_format, response.status_code)
            return response

        return handle_all


def refusal_for(fault: Exception) -> Response:
    """The answer that tells of this fault."""
    if isinstance(fault, BodyTooLarge):
        return refusal("too_large", SENTENCES["too_large"])
    if isinstance(fault, RequestValidationError):
        message, details = bad_input(fault.errors())
        return refusal("bad_input", message, details)
    if isinstance(fault, HTTPException):  # what FastAPI says of a body that is no JSON at all
        message, details = bad_input([{"type": "json_invalid", "loc": ("body",)}])
        return refusal("bad_input", message, details)
    if isinstance(fault, AccountProblem):
        return refusal(fault.code, problem_sentence(fault), _plain(fault.details))
    if isinstance(fault, (DeskRefusal, FilingProblem, ConsentProblem)):
        return refusal(fault.code, _sentence(fault), _plain(fault.details))
    if isinstance(fault, (SecretsBoxError, OSError)):
        logger.error("the desk could not read what is stored: %s", type(fault).__name__)
        return refusal("store_failing", ACCOUNT_SENTENCES["store_failing"])
    logger.error("a request of the desk failed: %s", type(fault).__name__)
    return refusal("failed", SENTENCES["failed"])


def refusal(code: str, message: str, details: Mapping[str, Any] | None = None) -> JSONResponse:
    """A refusal as it goes over the line."""
    status = STATUSES.get(code, CONFLICT)
    body = {"code": code, "message": message, "details": dict(details or {})}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if status in (429, UNAVAILABLE):
        headers["Retry-After"] = str((details or {}).get("seconds", 5))
    return JSONResponse(body, status, {**headers, **NOT_KEPT})


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These answers, and those that every route may give, for the API's description."""
    return {status: {"model": ErrorAnswer} for status in (*statuses, 413, 422, UNAVAILABLE)}


def refusal_of_other_methods(router: APIRouter) -> None:
    """Each of the router's addresses refuses wrong methods in the desk's shape."""
    refuse_other_methods(router, lambda: refusal("method_not_allowed", SENTENCES["method_not_allowed"]))


def _sentence(problem: DeskRefusal | FilingProblem | ConsentProblem) -> str:
    sentence = SENTENCES.get(problem.code) or ACCOUNT_SENTENCES.get(problem.code, ELSE)
    return sentence.format_map({name: _said(name, value) for name, value in problem.details.items()})


def _said(name: str, value: Any) -> str:
    if name == "status":
        return STATUS_TITLES.get(value, str(value))
    if isinstance(value, datetime):
        return f"{value.hour}点{value.minute:02d}分"
    if name in ("submitted_on", "today"):
        return day_in_words(date.fromisoformat(value))
    return str(value)


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """Details as JSON takes them; what is more than a word, a number or a time stays here."""
    times = {name: value.isoformat() for name, value in details.items() if isinstance(value, (date, datetime))}
    return {name: value for name, value in details.items() if isinstance(value, (str, int))} | times
