"""Conversations that people let an agent read, by the code they read out; every opening is on record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from server.desk_sessions import Asking, AskingAdmin
from server.listening import Listening
from server.routes import listen_models as models
from server.routes.desk_errors import DeskRoute, refusal_of_other_methods, refusals
from server.transcripts import transcript
from services import bootstrap
from services.consents import Reading

router = APIRouter(prefix="/desk", route_class=DeskRoute)
MOST_RECORDED = 200


def listening_of(request: Request) -> Listening:
    """What listens in this server."""
    listening: Listening = request.app.state.listening
    return listening


Here = Annotated[Listening, Depends(listening_of)]


@router.post("/conversations/open", response_model=models.Transcript, responses=refusals(401, 403, 404, 429))
def open_conversation(here: Here, asking: Asking, given: models.CodeGiven) -> dict[str, Any]:
    """The conversation of the code that was read out, to be followed for two hours or until its person ends it."""
    return _shown(here.consents.open(asking.account.id, given.code), 0)


@router.get("/conversations", response_model=models.Readings, responses=refusals(401, 403))
def open_conversations(here: Here, asking: Asking) -> dict[str, Any]:
    """What this agent may read now."""
    return {"readings": [_reading_shown(reading) for reading in here.consents.readings(asking.account.id)]}


@router.get("/conversations/{reading_id}", response_model=models.Transcript, responses=refusals(401, 403, 404))
def follow(here: Here, asking: Asking, reading_id: models.ReadingId, asked: models.FromSeqAsked) -> dict[str, Any]:
    """What was said after that bubble, places masked."""
    return _shown(here.consents.reading(asking.account.id, reading_id), asked.after)


@router.post("/conversations/{reading_id}/close", status_code=204, responses=refusals(401, 403, 404))
def close(here: Here, asking: Asking, reading_id: models.ReadingId) -> Response:
    """The agent has read enough."""
    here.consents.close(asking.account.id, reading_id)
    return Response(status_code=204)


@router.get("/readings", response_model=models.Record, responses=refusals(401, 403))
def record(here: Here, asking: AskingAdmin) -> dict[str, Any]:
    """Who opened which conversation and when it ended, the newest first."""
    return {
        "record": [
            {"conversation": row.conversation[-8:], "officer_id": row.officer_id, "event": row.event, "at": row.at}
            for row in here.consents.record(MOST_RECORDED)
        ]
    }


refusal_of_other_methods(router)


def _shown(reading: Reading, after: int) -> dict[str, Any]:
    bubbles = bootstrap.conversation_store().since(reading.conversation, after)
    messages = transcript(bubbles)
    last_seq = messages[-1]["seq"] if messages else after
    return {"reading": _reading_shown(reading), "messages": messages, "last_seq": last_seq}


def _reading_shown(reading: Reading) -> dict[str, Any]:
    return {"reading_id": reading.reading_id, "opened_at": reading.opened_at, "until": reading.until}
