"""Which of several processes a conversation belongs to: the one that had the fewest turns waiting when it began."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

MOST_OWNED = 10_000  # conversations; more than a process has live trackers of


class Process(Protocol):
    """What a conversation can belong to."""

    @property
    def waiting(self) -> int:
        """Turns on their way in it."""


Owner = TypeVar("Owner", bound=Process)


class Owners(Generic[Owner]):
    """Remembers whose a conversation is; `give_up` is told of one that has not been heard of for long.

    Whoever asks keeps to one turn of a conversation at a time. So one that was given up can go to another process, if
    the one it was with does what `give_up` asks before anything that comes later.
    """

    def __init__(
        self, processes: Sequence[Owner], give_up: Callable[[Owner, str], None], most: int = MOST_OWNED
    ) -> None:
        self._processes, self._give_up, self._most = processes, give_up, most
        self._owned, self._begun = OrderedDict[str, int](), Counter[int]()
        self._lock = threading.Lock()

    def of(self, conversation: str) -> Owner:
        """Its process, always the same until it is forgotten or given up."""
        with self._lock:
            if conversation not in self._owned:
                self._owned[conversation] = self._idlest()
            self._owned.move_to_end(conversation)
            owner = self._owned[conversation]
            if len(self._owned) > self._most:
                longest_ago, its_owner = self._owned.popitem(last=False)
                self._give_up(self._processes[its_owner], longest_ago)
        return self._processes[owner]

    def forget(self, conversation: str) -> None:
        """Gives it up now."""
        with self._lock:
            owner = self._owned.pop(conversation, None)
            if owner is not None:
                self._give_up(self._processes[owner], conversation)

    def _idlest(self) -> int:
        """Of those with equally few waiting, the one with the fewest conversations."""
        idlest = min(range(len(self._processes)), key=lambda at: (self._processes[at].waiting, self._begun[at]))
        self._begun[idlest] += 1
        return idlest
