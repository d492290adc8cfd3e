"""Figures for a monitor, in Prometheus' own format."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from server.gate import check_rest_caller
from server.metrics import CONTENT_TYPE, metrics
from server.routes.answers import Refused, Responses, answers
from server.routes.other_methods import refuse_other_methods

router = APIRouter()
ANSWERS: Responses = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **answers(Refused, 401)}


@router.get("/metrics", responses=ANSWERS, response_class=Response)
async def figures(request: Request) -> Response:
    """What this process has done since it began. For this machine, or for who holds METRICS_TOKEN."""
    check_rest_caller(request, request.app.state.metrics_token, "METRICS_TOKEN")
    text = await asyncio.to_thread(metrics().text)
    return Response(text, media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


refuse_other_methods(router)
