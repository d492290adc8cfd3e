"""The first start of a real server: an administrator whose password is told once, and by whom one can sign in."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
TOLD = re.compile(r"登录：(?P<at>\S+)\s+工号：(?P<id>\S+)\s+密码：(?P<password>\S+)")


def test_the_first_start_tells_an_administrators_password_and_the_next_says_nothing(tmp_path: Path):
    process = ServerProcess(tmp_path)
    process.start()
    try:
        [told] = TOLD.finditer(process.log())
        assert told["at"] == f"{process.url}/desk"
        sign_in = {"officer_id": told["id"], "password": told["password"]}
        answer = httpx.post(f"{process.url}/desk/login", json=sign_in, trust_env=False, timeout=30)
        assert answer.json()["officer"]["role"] == "admin", answer.text
    finally:
        process.stop()
    first = process.log()
    process.start()
    process.stop()
    assert "密码" not in process.log()[len(first):]
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and told["password"].encode() in path.read_bytes()]
    assert [path.name for path in kept] == ["server.log"], "the terminal's own output, and nothing else"
