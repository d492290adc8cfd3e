"""One turn of a conversation at a time, different conversations side by side."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

MOST_LOCKS = 10_000


class ConversationLocks:
    """A lock for each conversation; unused ones are dropped when there are too many."""

    def __init__(self) -> None:
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()

    def of(self, conversation: str) -> asyncio.Lock:
        """The conversation's lock, to be taken at once."""
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        self._locks.move_to_end(conversation)
        if len(self._locks) > MOST_LOCKS:
            oldest, oldest_lock = next(iter(self._locks.items()))
            if not oldest_lock.locked():
                del self._locks[oldest]
        return lock
