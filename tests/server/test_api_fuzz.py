"""Whatever is sent to the API, the answer is one that it documents, and the store stays sound. Seeds are fixed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import settings
from argon2 import PasswordHasher

sys.path.append(str(Path(__file__).resolve().parents[1] / "services"))  # the filing tests' office
from filing_office import GAOYOU, HANGZHOU, WEIHAI, an_office, another_person, Clock

from services import bootstrap
from services.officer_store import OfficerStore
from services.officers import Officers

pytestmark = pytest.mark.slow
PASSWORD = "a-long-password"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PARTS = ("settings filing_store paper_files filings filing_course filing_prospects filing_look_up filing_desk erasure documents conversation_store signing_secret").split()


@pytest.fixture
def server(tmp_path, monkeypatch):
    with an_office(tmp_path) as office:
        numbers = [office.submitted(f"c{n}", **another_person(n)) for n in range(8)]
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("API_TOKEN", raising=False)
    clock = Clock()
    monkeypatch.setattr(bootstrap, "now", clock)
    for part in PARTS:
        monkeypatch.setattr(bootstrap, part, bootstrap._built_once(getattr(bootstrap, part).__wrapped__))
    officers = Officers(OfficerStore(tmp_path / "officers.db"), clock, QUICK, bootstrap.signing_secret())
    officers.add("zhang01", "张经办", [WEIHAI, GAOYOU], PASSWORD)
    monkeypatch.setattr(bootstrap, "officers", lambda: officers)
    from server import main
    from server.assistant import Assistant, Exchange

    class Echo(Assistant):
        is_ready = True

        def load(self):
            pass

        async def handle(self, conversation, message):
            return Exchange(message, [{"text": message}])

    monkeypatch.setattr(main, "Assistant", Echo)
    app = main.create_app()
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="wsproto"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    app.state.url = f"http://127.0.0.1:{port}"
    app.state.numbers = numbers
    yield app
    running.should_exit = True
    thread.join(10)
    print(list(bootstrap.filing_store().faults()))


COUNT = {}
@pytest.fixture
def api(server):
    schema = schemathesis.openapi.from_dict(server.openapi())
    schema.config.update(base_url=server.state.url)
    session = requests.Session()
    session.trust_env = False
    schema.mysession = session
    server.state.session = session
    server.state.token = session.post(server.state.url + "/desk/login", json={"officer_id": "zhang01", "password": PASSWORD}).json()["token"]
    session.cookies.clear()
    t = time.time()
    yield schema
    print(time.time() - t)
    import collections
    for k, v in COUNT.items():
        print(k, dict(collections.Counter(v)))


fuzzed = schemathesis.pytest.from_fixture("api")


@fuzzed.parametrize()
@settings(max_examples=15, derandomize=True, deadline=None)
def test_generated(case, server):
    for headers in ({}, {"Authorization": "Bearer " + server.state.token}):
        response = case.call_and_validate(session=server.state.session, headers=headers)
        server.state.session.cookies.clear()
        COUNT.setdefault(case.operation.label, []).append(response.status_code)
