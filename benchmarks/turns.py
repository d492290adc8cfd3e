"""How fast it answers: one user over REST against a server of its own, and the rules engine alone.

    python -m benchmarks.turns [--turns 300]

Prints turns per second, median and 99th percentile; also turn 5 against the last, which shows whether a
conversation slows down as it grows. Talks to 127.0.0.1 only and ends the server it started.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import httpx

from rules_engine import packs
from rules_engine.decide import decide
from rules_engine.facts import facts_from

QUESTIONS = (
    "我是威海的医保，去烟台看病要备案吗", "那去北京呢", "自己要先付多少", "在哪里办", "要什么材料",
    "长期备案管多久", "起付线是多少", "什么是先行自付", "如果是急诊呢", "多久以后能改",
)
START_SECONDS = 300


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: str, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The server, ready to talk, and how many seconds that took."""
    environment = {**os.environ, "DATA_DIR": folder, "PORT": str(port), "LOG_LEVEL": "ERROR"}
    began = time.monotonic()
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "server"], env=environment)
    while time.monotonic() - began < START_SECONDS:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                return server, time.monotonic() - began
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    server.terminate()
    raise SystemExit(f"the server was not ready within {START_SECONDS} s")


def ask(port: int, turns: int, sender: str) -> list[float]:
    """Seconds of each turn of one conversation."""
    url, seconds = f"http://127.0.0.1:{port}/webhooks/rest/webhook", []
    with httpx.Client() as client:
        for number in range(turns):
            message = {"sender": sender, "message": QUESTIONS[number % len(QUESTIONS)]}
            began = time.perf_counter()
            client.post(url, json=message, timeout=60).raise_for_status()
            seconds.append(time.perf_counter() - began)
    return seconds


def resident_megabytes(pid: int) -> float:
    """Memory of the process, its share of what several processes share, where the system tells it."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return next(int(line.split()[1]) / 1024 for line in rollup if line.startswith("Pss:"))
    except OSError:
        return float("nan")


def family_megabytes(pid: int) -> float:
    """Memory of the process and of those it has begun, where the system tells it."""
    begun = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it has just ended
            if f"\nPPid:\t{pid}\n" in status.read_text():
                begun.append(int(status.parent.name))
    return resident_megabytes(pid) + sum(map(family_megabytes, begun))


def engine_microseconds(rounds: int = 5_000) -> float:
    """Median of one decision."""
    loaded, on = packs.load(), date(2026, 11, 22)
    facts = facts_from({"insured_region": "371000", "treatment_region": "110000", "situation": "referral"})
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        decide("share_borne", facts, on, loaded)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1e6


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Measure turns over REST and the rules engine alone")
    parser.add_argument("--turns", type=int, default=300)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server, start_seconds = start(folder, port)
        try:
            ask(port, 20, "warm-up")
            seconds = ask(port, turns, "measured")
            memory = resident_megabytes(server.pid)
        finally:
            server.terminate()
            server.wait(20)
    ordered, early, late = sorted(seconds), statistics.median(seconds[:10]), statistics.median(seconds[-10:])
    print(f"start to ready        {start_seconds:8.1f} s")
    print(f"turns per second      {turns / sum(seconds):8.1f}")
    print(f"one turn, median      {statistics.median(seconds) * 1e3:8.1f} ms")
    print(f"one turn, p99         {ordered[int(0.99 * len(ordered))] * 1e3:8.1f} ms")
    print(f"last 10 / first 10    {late / early:8.2f} ({late * 1e3:.1f} / {early * 1e3:.1f} ms)")
    print(f"resident memory       {memory:8.0f} MB")
    print(f"engine alone, median  {engine_microseconds():8.1f} µs")


if __name__ == "__main__":
    main()
