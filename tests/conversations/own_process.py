"""The server as a process of its own, everything logged to a file: what an operator runs, at its most talkative."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from services.settings import PROJECT_DIR

READY_WITHIN_SECONDS = 300  # on a machine with much else to do


class OwnProcess:
    """`python -m server` with LOG_LEVEL DEBUG; can be stopped and started again on the same data."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._settings = settings
        self.data_dir, self.log, self.temporary = folder / "data", folder / "server.log", folder / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it can talk."""
        environment = {
            **os.environ, "DATA_DIR": str(self.data_dir), "HOST": "127.0.0.1", "PORT": str(self.port), "API_TOKEN": "",
            "LOG_LEVEL": "DEBUG", "PYTHONPATH": str(PROJECT_DIR), "TMPDIR": str(self.temporary),
            **self._settings,
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server"], cwd=PROJECT_DIR, env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log.read_text(errors="replace")[-2000:]
            time.sleep(0.2)

    @property
    def talking(self) -> list[int]:
        """The processes of server/workers.py that belong to it."""
        assert self._process
        return [fork for child in children_of(self._process.pid) if b"forkserver" in command_of(child) for fork in children_of(child)]

    def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self._process
        self._process.kill()
        self._process.wait(20)
        self._process = None

    def stop(self) -> None:
        """Ends this process and no other."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def _is_ready(self) -> bool:
        try:
            answer = httpx.get(self.url + "/health", trust_env=False, timeout=2)
        except httpx.TransportError:
            return False
        assert "failed" not in answer.text, self.log.read_text(errors="replace")[-2000:]
        return answer.status_code == 200


def children_of(pid: int) -> list[int]:
    """The processes that this one has begun."""
    return [int(child) for thread in Path(f"/proc/{pid}/task").iterdir() for child in (thread / "children").read_text().split()]


def command_of(pid: int) -> bytes:
    """What it was begun with."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()
