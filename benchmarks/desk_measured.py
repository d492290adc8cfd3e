"""A server with an agent's account, and how seconds are printed, for the measurements of the desk."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from benchmarks.turns import free_port, start

AGENT, PASSWORD = "agent-1", "a password for measuring"
PLACES = ("威海", "杭州", "高邮", "乌鲁木齐", "wh", "hz", "荣成", "余杭")
CASES = ("", "北京", "跨省", "转诊", "长期 上海", "急诊", "没备案", "zz")
ASKED = ("自付", "备案", "材料", "有效期", "变更", "电话", "yxq", "起付线")


def lines() -> list[str]:
    """512 lines as agents type them, each another one."""
    return [" ".join(filter(None, (place, case, asked))) for place in PLACES for case in CASES for asked in ASKED]


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """The address of a server of its own, in which the agent may sign in, and its process."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-W", "ignore", "-m", "services.accounts", "add", AGENT, "接线", "--role", "agent"]
        environment, typed = {**os.environ, "DATA_DIR": folder}, f"{PASSWORD}\n"
        subprocess.run(command, env=environment, input=typed, text=True, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        server, _ = start(folder, port)
        try:
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(20)


def processor_seconds(pid: int) -> float:
    """What the process has used of the processor, where the system tells it: no other program's load is in it."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            used = stat.read().rpartition(")")[2].split()[11:13]
    except OSError:
        return float("nan")
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def told(title: str, seconds: Sequence[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    middle, last = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    return f"{title}: p50 {middle * 1000:.1f} ms, p99 {last * 1000:.1f} ms ({len(seconds)})"
