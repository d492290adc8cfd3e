"""Several processes that talk, behind one that serves: each conversation belongs to one of them.

The process that serves keeps the page's lines, the histories and the desk. A conversation's first turn is played in the
process that has the fewest waiting, and so are all that follow (server/owners.py): no two ever handle one conversation,
and its live tracker is never old. The processes are forks of one that has loaded the model (server/preloaded.py): they
share its memory, and one that is begun anew can talk at once.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import cycle
from multiprocessing.connection import wait
from typing import Any, TypeVar

from rasa.core.agent import Agent

from server.assistant import Assistant, Exchange, NotReady, loaded_agent
from server.buttons import ButtonSigner
from server.logs import keep_words_out_of_logs
from server.owners import Owners
from services import bootstrap

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
LOOKED_AFTER_SECONDS = 1.0
FIRST_MESSAGE = "我是威海的医保，去北京住院要备案吗，自己先付多少"


class Workers:
    """An assistant (server/assistant.py) in `count` processes; one that ends is begun anew."""

    def __init__(self, count: int) -> None:
        self._workers = [_Worker() for _ in range(count)]
        self._in_turn = cycle(self._workers)
        self._owners = Owners(self._workers, lambda worker, conversation: worker.send(_forget, conversation))
        self._closed = threading.Event()

    @property
    def is_ready(self) -> bool:
        """Whether each can talk."""
        return all(worker.is_ready for worker in self._workers)

    def load(self) -> None:
        """Begins the processes, once the model is loaded; takes seconds. Raises what a broken model raises."""
        for worker in self._workers:
            worker.begin()
        for worker in self._workers:
            worker.loaded()
        threading.Thread(target=self._watch, daemon=True).start()

    async def handle(self, conversation: str, message: str) -> Exchange:
        """As Assistant.handle. NotReady also where the process ended on the way: the message may be sent again."""
        return await self._owners.of(conversation).run(_handle, conversation, message)

    async def parsed(self, text: str) -> Mapping[str, Any]:
        """As Assistant.parsed; the processes take turns."""
        return await next(self._in_turn).run(_parsed, text)

    def forget(self, conversation: str) -> None:
        """As Assistant.forget; done before the conversation's next turn."""
        self._owners.forget(conversation)

    def close(self) -> None:
        """Ends the processes."""
        self._closed.set()
        for worker in self._workers:
            worker.close()

    def _watch(self) -> None:
        """Begins a process anew that has ended, so that nobody's message has to find that out."""
        while not self._closed.wait(LOOKED_AFTER_SECONDS):
            for worker in self._workers:
                worker.send(_nothing)


class _Worker:
    """One process, which does one thing after the other."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._loading: Future[None] | None = None
        self.waiting = 0  # turns on their way
        self._beginning = threading.Lock()

    @property
    def is_ready(self) -> bool:
        loading = self._loading
        return loading is not None and loading.done() and loading.exception() is None

    def begin(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["server.preloaded"])
        self._pool = ProcessPoolExecutor(1, context, _prepare)
        self._loading = self._pool.submit(_load)

    def loaded(self) -> None:
        assert self._loading
        self._loading.result()

    async def run(self, step: Callable[..., Answer], *given: str) -> Answer:
        pool = self._pool
        if pool is None or not self.is_ready:
            raise NotReady
        self.waiting += 1
        try:
            return await asyncio.wrap_future(pool.submit(step, *given))
        except BrokenProcessPool:
            await asyncio.to_thread(self._begin_anew, pool)  # it may wait until the model is loaded once more
            raise NotReady from None
        finally:
            self.waiting -= 1

    def send(self, step: Callable[..., object], *given: str) -> None:
        pool = self._pool
        if pool is None or self._loading is None or not self._loading.done():
            return  # it remembers nothing yet that could be forgotten
        try:
            pool.submit(step, *given)
        except BrokenProcessPool:
            self._begin_anew(pool)

    def _begin_anew(self, broken: ProcessPoolExecutor) -> None:
        with self._beginning:
            if self._pool is broken:  # several turns may have been waiting for it
                logger.error("a process that talks has ended; another takes its conversations over")
                self.begin()

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)


# What follows runs in the process that is forked, and in its forks, which talk.

_loaded: list[Agent] = []


def preload() -> None:
    """What each fork needs: the model, the packs, and what is worked out with the first message. Opens no store."""
    keep_words_out_of_logs()
    agent = loaded_agent(bootstrap.settings().model)
    bootstrap.costs(), bootstrap.filing_policy()
    asyncio.run(agent.parse_message(FIRST_MESSAGE))
    _loaded.append(agent)
    gc.freeze()


def _prepare() -> None:
    """Ctrl-C is for the process that serves, whose end is also theirs, however it came."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serving = multiprocessing.parent_process()
    assert serving
    threading.Thread(target=lambda: wait([serving.sentinel]) and os._exit(0), daemon=True).start()
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "WARNING"))
    keep_words_out_of_logs()


@cache
def _assistant() -> Assistant:
    signer = ButtonSigner(bootstrap.signing_secret())
    return Assistant(bootstrap.settings().model, bootstrap.filings(), bootstrap.conversation_store(), signer)


class _AtOnce(ThreadPoolExecutor):
    """Of what asyncio.to_thread is given nothing goes to a thread: there is nobody else in this process to wait."""

    def submit(self, step: Callable[..., Answer], /, *given: Any, **named: Any) -> Future[Answer]:
        done: Future[Answer] = Future()
        try:
            done.set_result(step(*given, **named))
        except BaseException as fault:  # noqa: BLE001 - whoever waits for it gets it
            done.set_exception(fault)
        return done


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_AtOnce())
    return loop


def _load() -> None:
    _assistant().load(*_loaded)


def _handle(conversation: str, message: str) -> Exchange:
    return _loop().run_until_complete(_assistant().handle(conversation, message))


def _parsed(text: str) -> Mapping[str, Any]:
    return _loop().run_until_complete(_assistant().parsed(text))


def _forget(conversation: str) -> None:
    _assistant().forget(conversation)


def _nothing() -> None:
    """To see whether the process is there."""
