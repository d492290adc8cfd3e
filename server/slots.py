"""Work that takes long runs in threads beside the event loop, a few at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class Slots:
    """Lets so many pieces of work run at the same time; others wait for so many seconds."""

    def __init__(self, at_once: int, longest_wait: float) -> None:
        self.free, self.longest_wait = asyncio.Semaphore(at_once), longest_wait

    async def run(self, work: Callable[[], Result]) -> Result:
        """What `work` gives. TimeoutError where others' takes too long; what `work` raises."""
        await asyncio.wait_for(self.free.acquire(), self.longest_wait)
        working = asyncio.ensure_future(asyncio.to_thread(work))
        # A thread cannot be stopped: its slot is free only when it has ended, even if the caller has gone.
        working.add_done_callback(lambda _: self.free.release())
        return await asyncio.shield(working)
