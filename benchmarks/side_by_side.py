"""The same recorded dialogues by stock Rasa and by this server, in turn: part of `make bench`.

    python -m benchmarks.side_by_side [--dialogues 200] [--users 1 10 50] [--rounds 3] [--workers as `make run` has]

Both are up at the same time; for each number of users they are asked one after the other, in changing order. Prints
turns a second, median and 99th percentile of what a user waits, and how many times ours is faster; then how a turn's
time grows with the conversation. Talks to 127.0.0.1 only and ends what it started.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiohttp
from ruamel.yaml import YAML

from benchmarks import stock
from benchmarks.turns import QUESTIONS, family_megabytes, free_port, start

RECORDED = Path(__file__).resolve().parent.parent / "tests" / "held_out"
# Which files, and their share: questions and follow-ups, costs, filings.
KINDS = {"dialogues_*.yml": 0.3, "fresh_*/*.yml": 0.3, "cost_*/*.yml": 0.2, "filing_*/*.yml": 0.2}
EARLY, LATE, SAME_QUESTIONS = 5, 200, 10
SIDES = ("stock", "ours")
WARMING_USERS = 4
PATIENCE = aiohttp.ClientTimeout(300)
_senders = count()


@dataclass
class Measured:
    """Seconds of every turn of one side with so many users, turns a second by round, and how many had no reply."""

    turns: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    silent: int = 0


def recorded(wanted: int) -> list[list[str]]:
    """What people say in so many dialogues, taken evenly over files and kinds, always the same."""
    chosen = []
    for pattern, share in KINDS.items():
        found = [
            [str(turn["say"]) for turn in dialogue["turns"]]
            for path in sorted(RECORDED.glob(pattern))
            for dialogue in YAML(typ="safe").load(path)["dialogues"]
        ]
        number = round(wanted * share)
        chosen += [found[n * len(found) // number] for n in range(number)]
    return chosen


async def played(url: str, dialogues: Sequence[Sequence[str]], users: int, measured: Measured) -> None:
    """The dialogues by so many users at once, each dialogue a conversation of its own."""
    waiting, seconds = iter(dialogues), list[float]()

    async def user() -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as client:
            for dialogue in waiting:
                turns, silent = await talk(client, url, dialogue)
                seconds.extend(turns)
                measured.silent += silent

    began = time.perf_counter()
    await asyncio.gather(*(user() for _ in range(users)))
    measured.rates.append(len(seconds) / (time.perf_counter() - began))
    measured.turns += seconds


async def talk(client: aiohttp.ClientSession, url: str, said: Sequence[str]) -> tuple[list[float], int]:
    """Seconds of each turn, and how many of them had no reply."""
    sender, seconds, silent = f"bench {next(_senders)}", [], 0
    for text in said:
        began = time.perf_counter()
        async with client.post(url, json={"sender": sender, "message": text}, raise_for_status=True) as answer:
            replies = await answer.json()
        seconds.append(time.perf_counter() - began)
        silent += not replies
    return seconds, silent


def compare(urls: dict[str, str], dialogues: Sequence[Sequence[str]], users: int, rounds: int) -> dict[str, Measured]:
    """Both sides with so many users, each the first in every other round."""
    both = {side: Measured() for side in SIDES}
    for number in range(rounds):
        for side in SIDES if number % 2 == 0 else reversed(SIDES):
            asyncio.run(played(urls[side], dialogues, users, both[side]))
    return both


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that such a share lies below, in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))] * 1e3


def row(users: int, both: dict[str, Measured]) -> str:
    """A line of the table."""
    rates = {side: statistics.median(both[side].rates) for side in SIDES}
    cells = [f"{users:5}", *(f"{rates[side]:9.1f}" for side in SIDES), f"{rates['ours'] / rates['stock']:7.1f}×"]
    for share in (0.5, 0.99):
        cells += [f"{percentile(both[side].turns, share):10.0f}" for side in SIDES]
    return " ".join([*cells, f"{both['stock'].silent:8} {both['ours'].silent:5}"])


async def growth(url: str) -> str:
    """How long a turn takes when the conversation is long, against when it is young."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as client:
        seconds, _ = await talk(client, url, [QUESTIONS[n % SAME_QUESTIONS] for n in range(LATE + SAME_QUESTIONS)])
    # each question costs differently: the same ten early and late
    early, late = (statistics.median(seconds[turn:turn + SAME_QUESTIONS]) for turn in (EARLY, LATE))
    return f"{early * 1e3:8.1f} {late * 1e3:9.1f} {late / early:7.2f}×"


def report(urls: dict[str, str], dialogues: Sequence[Sequence[str]], users: Sequence[int], rounds: int) -> None:
    """Prints the two tables."""
    print(f"{len(dialogues)} dialogues, {sum(map(len, dialogues))} turns, {rounds} rounds after a fifth to warm up\n")
    for url in urls.values():
        asyncio.run(played(url, dialogues[::5], WARMING_USERS, Measured()))
    print("          turns a second              median, ms            p99, ms           no reply")
    print("users     stock      ours            stock       ours      stock       ours   stock  ours")
    for number in users:
        print(row(number, compare(urls, dialogues, number, rounds)), flush=True)
    print(f"\none long talk   turn {EARLY}, ms  turn {LATE}")
    for side in SIDES:
        print(f"{side:15} {asyncio.run(growth(urls[side]))}", flush=True)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="The same dialogues by stock Rasa and by this server")
    parser.add_argument("--dialogues", type=int, default=200)
    parser.add_argument("--users", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--workers", type=int, default=min(os.cpu_count() or 1, 4), help="how many processes of ours talk",
    )
    options = parser.parse_args()
    os.environ["WORKERS"] = str(options.workers)
    took = stock.trained()
    print("stock model: " + (f"trained in {took:.0f} s" if took else "there already"))
    dialogues = recorded(options.dialogues)
    with tempfile.TemporaryDirectory() as folder, stock.running() as (stock_url, pids, stock_start):
        port = free_port()
        server, our_start = start(folder, port)
        try:
            urls = {"stock": stock_url, "ours": f"http://127.0.0.1:{port}/webhooks/rest/webhook"}
            report(urls, dialogues, options.users, options.rounds)
            resident = {"stock": sum(map(family_megabytes, pids)), "ours": family_megabytes(server.pid)}
        finally:
            server.terminate()
            server.wait(20)
    print(f"\nresident: stock {resident['stock']:.0f} MB in {len(pids)} processes, ours {resident['ours']:.0f} MB")
    print(f"start to first answer: stock {stock_start:.1f} s, then ours beside it {our_start:.1f} s")


if __name__ == "__main__":
    main()
