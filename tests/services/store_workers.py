"""Processes that work on one filing store at once, to be killed at random or to race each other.

    python store_workers.py      reads jobs, answers them: JSON, a line each

A program of its own with one thread, so that it may fork: its workers start with everything imported and read.
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import Any

from filing_office import OFFICER, PERSON, Office, an_office
from store_check import faults_after, faults_of_repeating
from store_courses import AIMS, a_person
from store_journal import Journal, journalled, journals

from services.filing_records import FilingProblem

LONGEST_WAIT = 0.06  # seconds from one kill to the next
LONGEST_AIM, LONGEST_STEP = 0.25, 0.006
LONGEST_LIFE = 20  # seconds, for a worker that nobody kills
LONGEST_RACE = 120
ROOT = Path(__file__).resolve().parents[2]


# What is asked from outside


@contextmanager
def workers() -> Iterator[Callable[..., Any]]:
    """A function that has a job done: `ask("crash", folder=…)`; its result."""
    command = [sys.executable, "-W", "ignore", __file__]
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as program:
        assert program.stdin and program.stdout

        def ask(job: str, **given: Any) -> Any:
            print(json.dumps({"job": job, **given}, default=str), file=program.stdin, flush=True)
            answer = program.stdout.readline()
            assert answer, "the workers' program has ended: its last words are above"
            return json.loads(answer)

        try:
            yield ask
        finally:
            program.stdin.close()
            try:
                program.wait(LONGEST_LIFE)
            except subprocess.TimeoutExpired:
                program.kill()


def main() -> None:
    """Does one job after another until nobody asks any more."""
    _warm_up()
    for line in sys.stdin:
        job = json.loads(line)
        result = JOBS[job.pop("job")](Path(job.pop("folder")), **job)
        print(json.dumps(result, ensure_ascii=False), flush=True)


def _warm_up() -> None:
    """Everything read and done once before the first fork, so that workers come to their steps at once."""
    with TemporaryDirectory() as folder, an_office(Path(folder)) as office:
        for number, course in enumerate(AIMS.values()):
            course(office, f"warm-{number}", a_person(number))
    gc.freeze()  # a collection in a worker would copy all of it


# Killed at random


def crash(folder: Path, kills: int, seed: int, at_once: int = 4) -> dict[str, Any]:
    """Rounds of workers that are all killed, each at a moment of its own; after each round the store is checked.

    With the last of them dies the last connection, so every check begins with SQLite's recovery of the log.
    """
    dice, done, found, interrupted = random.Random(seed), 0, [], Counter[str]()
    while done < kills and not found:
        aims = {f"{done + n:05}": dice.choice(list(AIMS)) for n in range(at_once)}
        pids = {name: _forked(_work, folder, name, aim, seed) for name, aim in aims.items()}
        found += _killed(pids, aims, folder, dice)
        done += at_once
        these = [journal for name in aims for journal in journals(folder, name)]
        interrupted.update(journal.interrupted or "between steps" for journal in these)
        # All that was ever acknowledged is checked now and then, and in the end; this round's each time.
        is_long = done % (25 * at_once) == 0 or done >= kills
        found += faults_after(folder, journals(folder) if is_long else these)
        found += faults_of_repeating(folder, these)
    acknowledged = sum(len(journal.done) for journal in journals(folder))
    return {"kills": done, "faults": found, "interrupted": interrupted, "acknowledged": acknowledged}


def _killed(pids: dict[str, int], aims: dict[str, str], folder: Path, dice: random.Random) -> list[str]:
    try:
        for name, pid in pids.items():
            _await_a_moment(folder / f"{name}.journal", aims[name], dice)
            os.kill(pid, signal.SIGKILL)
    finally:
        for pid in pids.values():
            os.kill(pid, signal.SIGKILL)
        ends = {name: os.waitpid(pid, 0)[1] for name, pid in pids.items()}
    return [f"worker {name} ended by itself: {end}" for name, end in ends.items() if end != signal.SIGKILL]


def _await_a_moment(journal: Path, aim: str, dice: random.Random) -> None:
    """Any moment at all, or one within a step of that name."""
    if dice.random() < 0.5:
        time.sleep(dice.uniform(0, LONGEST_WAIT))
        return
    until = time.monotonic() + LONGEST_AIM
    while time.monotonic() < until:
        if journal.exists() and journal.read_text().rpartition("\n{")[2].startswith(f'"begin": "{aim}"'):
            time.sleep(dice.uniform(0, LONGEST_STEP))
            return
        time.sleep(0.0003)


def crash_while_opening(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Two workers that open a store which isn't there yet, killed meanwhile; afterwards it must open as usual."""
    dice, found, finished = random.Random(seed), [], 0
    for n in range(0, kills, 2):
        place = folder / str(n)
        pids = [_forked(_open, place) for _ in range(2)]
        for pid in pids:
            time.sleep(dice.uniform(0, 0.03))
            os.kill(pid, signal.SIGKILL)
        finished += sum(os.waitpid(pid, 0)[1] == 0 for pid in pids)
        with an_office(place) as office:
            found += list(office.store.faults())
            office.filings.keep("c", "x")
    return {"kills": kills, "faults": found, "finished": finished}


def _open(place: Path) -> None:
    with an_office(place):
        pass


def _work(folder: Path, name: str, aim: str, seed: int) -> None:
    """People and officers at work until somebody puts an end to it; what they begin with leads to a step `aim`."""
    dice, until = random.Random(f"{seed} {name}"), time.monotonic() + LONGEST_LIFE
    number, course = 0, AIMS[aim]
    with an_office(folder) as office, Journal(folder / f"{name}.journal") as journal:
        journalled(office, journal)
        while time.monotonic() < until:
            number += 1
            course(office, f"{name}-{number}", a_person(int(name) * 100 + number))
            course = dice.choice(list(AIMS.values()))


# With a limit


def limited(folder: Path, conversation: str) -> list[Any]:
    """The problem of handing in while no file may grow, the status once they may again, and the store's faults."""
    with an_office(folder) as office:
        token = office.filings.keep(conversation, PERSON["name"])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "filings.db-wal").stat().st_size, hard))
        try:
            refused = _outcome(office, "submit", conversation, token).get("problem")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        status = office.filings.submit(conversation, token).status
        return [refused, status, list(office.store.faults())]


# All at once


def race(folder: Path, calls: list[list[Any]], threads: int = 0, at: str | None = None) -> list[dict[str, Any]]:
    """What came of calls made at the same moment: the first `threads` of them in one process, each other in its own."""
    groups = [calls[:threads]] if threads else []
    groups += [[call] for call in calls[threads:]]
    reading, writing = os.pipe()
    ready, go = os.pipe(), os.pipe()
    pids = []
    for group in groups:
        pids.append(_forked(_race_group, folder, group, at, (ready[1], go[0], go[1], writing)))
    for end in (writing, go[0], ready[1]):
        os.close(end)
    signal.alarm(LONGEST_RACE)  # ends this program if a client breaks down before it is ready
    for _ in groups:
        os.read(ready[0], 1)
    os.close(go[1])  # now: all read its end at once
    with open(reading, encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines]
    os.close(ready[0])
    for pid in pids:
        os.waitpid(pid, 0)
    signal.alarm(0)
    return results


def _race_group(folder: Path, calls: list[list[Any]], at: str | None, pipes: tuple[int, int, int, int]) -> None:
    ready, go, starter, out = pipes
    os.close(starter)
    start = Barrier(len(calls))
    with an_office(folder) as office:
        if at:
            office.clock.at = datetime.fromisoformat(at)

        def run(call: list[Any]) -> None:
            if start.wait() == 0:
                os.write(ready, b".")
            os.read(go, 1)  # returns when the other end is closed
            line = json.dumps({"call": call, **_outcome(office, *call)}, ensure_ascii=False, default=str)
            os.write(out, f"{line}\n".encode())

        running = [Thread(target=run, args=(call,)) for call in calls]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()


def _outcome(office: Office, name: str, *arguments: Any) -> dict[str, Any]:
    try:
        return {"gives": repr(CALLS[name](office, *arguments))}
    except FilingProblem as problem:
        return {"problem": problem.code}


def _decide(office: Office, officer: str, decision: str, filing_no: str, version: int, key: str) -> Any:
    who = replace(OFFICER, id=officer)
    if decision == "confirm":
        return office.desk.confirm(who, filing_no, office.clock().date(), version, key)
    return office.desk.return_(who, filing_no, "请补一个能打通的电话", ("phone",), version, key)


CALLS: dict[str, Callable[..., Any]] = {
    "sign": lambda office, conversation: office.sign(conversation),
    "submit": lambda office, conversation, token: office.filings.submit(conversation, token),
    "fill": lambda office, conversation, field, token: office.filings.fill(conversation, field, token=token).fields,
    "withdraw": lambda office, conversation, filing_no: office.course.withdraw(conversation, filing_no).status,
    "open": lambda office, conversation: office.open(conversation).draft_id,
    "decide": _decide,
}
JOBS: dict[str, Callable[..., Any]] = {"crash": crash, "crash_while_opening": crash_while_opening, "limited": limited, "race": race}


def _forked(work: Callable[..., None], *arguments: Any) -> int:
    """The id of a process that does this work and nothing else."""
    pid = os.fork()
    if pid:
        return pid
    fault = 1
    try:
        work(*arguments)
        fault = 0
    finally:
        if fault:
            traceback.print_exc()
        os._exit(fault)


if __name__ == "__main__":
    main()
