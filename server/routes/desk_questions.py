"""Questions that wait for an answer, and figures of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from rules_engine import regions
from rules_engine.errors import UnknownRegion, UnknownTopic
from server.desk_sessions import Asking, AskingOfficer
from server.routes import listen_models as models
from server.routes.answers import Responses
from server.routes.desk_conversations import Here
from server.routes.desk_errors import DeskRefusal, DeskRoute, refusal_of_other_methods, refusals
from server.routes.desk_parts import Desk
from services import bootstrap
from services.export_files import exported_bytes
from services.figures import Waiting, figures_of
from services.filing_states import STATUS_TITLES
from services.question_log import KINDS, AskedQuestion, ExportedQuestion

router = APIRouter(prefix="/desk", route_class=DeskRoute)
USUAL_DAYS = 30
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
COLUMNS = ("种类", "时间", "渠道", "统筹区代码", "统筹区", "话题代码", "话题", "问题", "不满意的原因", "已处理")
KIND_TITLES = {
    "not_stated": "文件没写", "not_in_force": "不在有效期", "no_pack": "没有资料的地方", "fallback": "没听懂",
    "disliked": "不满意",
}
REASON_TITLES = {
    "beside_the_point": "答非所问", "not_understood": "看不懂", "differs_from_what_i_know": "和我知道的不一样",
    "other": "其他",
}
FILES: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {}}}}


@router.get("/questions", response_model=models.Questions, responses=refusals(401, 403))
def questions(here: Here, asking: Asking, asked: models.ListAsked) -> dict[str, Any]:
    """Questions that had no answer or one that was not liked, the most frequent first."""
    since = bootstrap.now() - timedelta(days=asked.days)
    found = [
        one for one in here.log.questions(since, [asked.kind] if asked.kind else KINDS)
        if asked.state == "all" or one.is_done == (asked.state == "done")
    ]
    shown = [_shown(one, here.log.texts(one.kind, one.subject, since)) for one in found[:asked.limit]]
    return {"questions": shown, "total": len(found)}


@router.post("/questions/mark", status_code=204, responses=refusals(401, 403, 404))
def mark(here: Here, asking: Asking, given: models.MarkGiven) -> Response:
    """Says that a question was seen to, with a note, or that it is open again."""
    if not here.log.is_known(given.kind, given.subject):
        raise DeskRefusal("question_not_found")
    here.log.mark(given.kind, given.subject, asking.account.id, given.note, is_done=given.done)
    return Response(status_code=204)


@router.get("/questions/export", response_class=Response, responses={**refusals(401, 403), **FILES})
def export(here: Here, asking: AskingOfficer, asked: models.ExportAsked) -> Response:
    """Every such question whose text is kept, masked, a row each: for labelling."""
    since = bootstrap.now() - timedelta(days=asked.days)
    rows = map(_row, here.log.exported(since, [asked.kind] if asked.kind else KINDS))
    name = f"questions-{bootstrap.today().isoformat()}.{asked.format}"
    return Response(
        exported_bytes(f".{asked.format}", COLUMNS, rows), media_type=MEDIA_TYPES[asked.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/figures", response_model=models.FiguresShown, responses=refusals(401, 403))
def figures(request: Request, here: Here, asking: AskingOfficer, asked: models.FiguresAsked) -> dict[str, Any]:
    """Questions by topic, region and day, what came of them, how long people waited; filings by status now."""
    desk: Desk = request.app.state.desk
    first, last = _period(asked, bootstrap.today())
    found = figures_of(here.log.store, first, last)
    return {
        "first": first, "last": last, "outcomes": found.outcomes, "channels": found.channels,
        "topics": _counted(found.topics, _topic_title), "regions": _counted(found.regions, _region_name),
        "days": [
            {"day": one.day, "outcomes": one.outcomes, "waiting": _waiting(one.waiting)} for one in found.days
        ],
        "waiting": _waiting(found.waiting),
        "filings": _counted(sorted(desk.filings.counts().items()), lambda status: STATUS_TITLES.get(status, status)),
    }


refusal_of_other_methods(router)


def _period(asked: models.FiguresQuery, today: date) -> tuple[date, date]:
    """From the first day to the last; of one that is not told, the usual number of days."""
    last = asked.last or max(today, asked.first or today)
    days = models.MOST_DAYS if asked.first else USUAL_DAYS
    earliest = date.fromordinal(max(last.toordinal() - days + 1, 1))
    return max(asked.first or earliest, earliest), last


def _shown(one: AskedQuestion, texts: Iterable[str]) -> dict[str, Any]:
    mark = one.mark and {
        "is_done": one.mark.is_done, "at": one.mark.at, "officer_id": one.mark.officer_id, "note": one.mark.note,
    }
    return {
        "kind": one.kind, "subject": one.subject, "count": one.count, "first_at": one.first_at, "last_at": one.last_at,
        "region": {"code": one.region, "name": _region_name(one.region)} if one.region else None,
        "topic": {"id": one.topic, "title": _topic_title(one.topic)} if one.topic else None,
        "texts": list(texts), "mark": mark, "asked_since": one.asked_since,
        "reasons": [{"reason": reason, "count": count} for reason, count in one.reasons],
    }


def _row(one: ExportedQuestion) -> tuple[str, ...]:
    return (
        KIND_TITLES[one.kind], one.at.isoformat(timespec="seconds"), one.channel, one.region, _region_name(one.region),
        one.topic, _topic_title(one.topic), one.text, REASON_TITLES.get(one.reason, one.reason),
        "是" if one.is_done else "否",
    )


def _counted(counted: Iterable[tuple[str, int]], title: Any) -> list[dict[str, Any]]:
    return [{"id": name, "title": title(name), "count": count} for name, count in counted]


def _waiting(waiting: Waiting) -> dict[str, int | None]:
    return {"median": waiting.median, "slow": waiting.slow}


def _region_name(code: str) -> str:
    try:
        return regions.short_name(code) if code else ""
    except UnknownRegion:
        return code


def _topic_title(topic: str) -> str:
    try:
        return bootstrap.answers().topic_title(topic) if topic else ""
    except UnknownTopic:
        return topic
