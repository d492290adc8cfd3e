"""Figures for a monitor: counted by closed labels, shown to this machine and to who holds the token."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from server.metrics import Metrics
from server.outcomes import TurnOutcome
from server.routes import monitor

TOKEN = "a-long-token"


@pytest.fixture
def figures() -> Metrics:
    made = Metrics()
    made.know_regions(["371000"])
    return made


def lines(figures: Metrics, start: str) -> list[str]:
    return [line for line in figures.text().decode().splitlines() if line.startswith(start)]


def test_turns_are_counted_by_channel_outcome_and_region_and_other_regions_are_one(figures):
    for region in ("371000", "410100", "654321", None):
        figures.turn("page", TurnOutcome("answered", region), 0.02)
    assert lines(figures, "yidi_turns_total") == [
        'yidi_turns_total{channel="page",outcome="answered",region="371000"} 1.0',
        'yidi_turns_total{channel="page",outcome="answered",region="other"} 2.0',
        'yidi_turns_total{channel="page",outcome="answered",region="none"} 1.0',
    ]
    assert lines(figures, "yidi_turn_seconds_count") == ['yidi_turn_seconds_count{channel="page"} 4.0']


def test_filings_are_counted_when_the_figures_are_read_and_not_all_the_time(figures):
    counted = []
    figures.count_filings(lambda: counted.append(1) or {"submitted": 3, "confirmed": 7})
    assert counted == []
    for _ in range(3):
        assert lines(figures, "yidi_filings{") == ['yidi_filings{status="confirmed"} 7.0', 'yidi_filings{status="submitted"} 3.0']
    assert counted == [1]


def test_requests_of_the_desk_sockets_and_the_build_are_told(figures):
    figures.desk_request("/desk/filings/{filing_no}", 200)
    with figures.open_sockets.track_inprogress():
        assert lines(figures, "yidi_open_sockets") == ["yidi_open_sockets 1.0"]
    assert lines(figures, "yidi_open_sockets") == ["yidi_open_sockets 0.0"]
    assert lines(figures, "yidi_desk_requests_total") == ['yidi_desk_requests_total{route="/desk/filings/{filing_no}",status="200"} 1.0']
    assert 'python="3.' in lines(figures, "yidi_build_info")[0]


async def asked(token: str | None, client: str, **headers: str) -> httpx.Response:
    app = FastAPI()
    app.include_router(monitor.router)
    app.state.metrics_token = token
    transport = httpx.ASGITransport(app, client=(client, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as http:
        return await http.get("/metrics", headers=headers)


async def test_this_machine_reads_them_in_prometheus_own_format():
    answer = await asked(None, "127.0.0.1")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "# TYPE yidi_turns_total counter" in answer.text and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("token", "given", "status"), [(None, "", 401), (TOKEN, "", 401), (TOKEN, "Bearer wrong", 401), (TOKEN, f"Bearer {TOKEN}", 200), (None, "Bearer ", 401)])
async def test_another_machine_needs_the_token(token, given, status):
    answer = await asked(token, "203.0.113.7", **({"Authorization": given} if given else {}))
    assert answer.status_code == status
    if status == 401:
        assert "METRICS_TOKEN" in answer.json()["detail"]


async def test_a_proxy_on_this_machine_is_another_machine():
    assert (await asked(None, "127.0.0.1", **{"X-Forwarded-For": "203.0.113.7"})).status_code == 401
