"""One running server for all conversations; every test is another person."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
import uvicorn
from talking import Person, RunningServer

from services import bootstrap
from services.settings import PROJECT_DIR

READY_WITHIN_SECONDS = 120
MODEL = PROJECT_DIR / "models" / "assistant.tar.gz"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The whole application with the trained model, answering on 127.0.0.1."""
    if not MODEL.is_file():
        pytest.fail("models/assistant.tar.gz is missing: run `make model`", pytrace=False)
    data_dir = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATA_DIR", str(data_dir))
        environment.delenv("API_TOKEN", raising=False)
        if bootstrap.settings().data_dir != data_dir:
            pytest.fail("bootstrap.settings() was used before this fixture: that test must run in its own process")
        yield from _serving(data_dir)


def _serving(data_dir) -> Iterator[RunningServer]:
    from server.main import create_app  # after the environment is set, and only when a test needs Rasa

    app = create_app()
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="wsproto"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not (running.started and app.state.chat.assistant.is_ready):
        fault = getattr(app.state, "fault", None)
        assert fault is None and thread.is_alive() and time.monotonic() < deadline, f"not ready: {fault}"
        time.sleep(0.1)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield RunningServer(f"http://127.0.0.1:{port}", data_dir, app)
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def client(server: RunningServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as opened:
        yield opened


@pytest.fixture
def someone(server: RunningServer, client: httpx.Client) -> Callable[[], Person]:
    """Makes people who have not been here before."""
    def arrives() -> Person:
        sender = f"person-{next(_numbers)}"
        return Person(client, sender, server.app.state.sessions.rest_conversation(sender))

    return arrives


@pytest.fixture
def person(someone: Callable[[], Person]) -> Person:
    return someone()
