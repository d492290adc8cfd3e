"""The real server as a process of its own: started, stopped and started again on the same port and data."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
READY_WITHIN_SECONDS = 300
# The page is on this machine: a proxy named in the environment would only be in the way.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ServerProcess:
    """`python -m server` on a free port of 127.0.0.1, with a data folder of its own."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self._settings = settings
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = data_dir / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it can talk. RuntimeError with the end of its log when it can't."""
        environment = {
            **os.environ, "HOST": "127.0.0.1", "PORT": str(self.port), "DATA_DIR": str(self.data_dir),
            "LOG_LEVEL": "WARNING", "PYTHONPATH": str(PROJECT_DIR), **self._settings,
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "server"],
                cwd=PROJECT_DIR, env=environment, stdout=log, stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or self._has_failed() or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the server did not come up; the end of its log:\n{self.log()[-2000:]}")
            time.sleep(0.3)

    def stop(self) -> None:
        """Ends this process and no other; harmless when it has ended."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def log(self) -> str:
        """All that it has printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _is_ready(self) -> bool:
        try:
            with DIRECTLY.open(f"{self.url}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


    def _has_failed(self) -> bool:
        return "the model could not be loaded" in self.log()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
