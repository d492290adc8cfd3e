"""An officer of the agency, at the desk's API of the running server."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from typing import Any

import httpx
from server_process import PROJECT_DIR, ServerProcess

OFFICER_ID, PASSWORD = "officer-1", "a password for tests"
REGIONS = ("371000", "330100", "321084", "650100")
SECONDS = 30


class Desk:
    """Decides on filings of all regions."""

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self._add_officer()
        self._token = self._post("login", {"officer_id": OFFICER_ID, "password": PASSWORD})["token"]

    def confirm(self, filing_no: str) -> None:
        """Today is the day of confirmation."""
        self._decide(filing_no, "confirm", {})

    def send_back(self, filing_no: str, reason: str, *fields: str) -> None:
        """To be mended in these fields and papers, and why."""
        self._decide(filing_no, "return", {"reason": reason, "fields": list(fields)})

    def _decide(self, filing_no: str, decision: str, told: dict[str, Any]) -> None:
        filing = self._ask("GET", f"filings/{filing_no}")["filing"]
        self._post(f"filings/{filing_no}/{decision}", {**told, "version": filing["version"]})

    def _post(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        return self._ask("POST", path, json=told, headers={"Idempotency-Key": uuid.uuid4().hex})

    def _ask(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        headers = given.pop("headers", {})
        if path != "login":
            headers["Authorization"] = f"Bearer {self._token}"
        with httpx.Client(base_url=f"{self._server.url}/desk/", timeout=SECONDS, trust_env=False) as client:
            answer = client.request(method, path, headers=headers, **given)
        assert answer.is_success, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def _add_officer(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "services.accounts", "add", OFFICER_ID, "测试员"]
        command += ["--role", "officer", "--regions", *REGIONS]
        environment = {**os.environ, "DATA_DIR": str(self._server.data_dir), "PYTHONPATH": str(PROJECT_DIR)}
        subprocess.run(command, cwd=PROJECT_DIR, env=environment, input=f"{PASSWORD}\n", text=True, check=True)
