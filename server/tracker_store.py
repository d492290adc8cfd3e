"""Keeps live trackers in memory and appends only new events to disk, so that a turn costs the same at any length."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from services.conversation_store import ConversationStore

LIVE_TRACKERS = 2_000
# Every turn Rasa walks all events of the live tracker, several times. What our rules and actions need is the
# last turn and the slots, so the live tracker keeps only the recent events; the disk keeps all.
MOST_LIVE_EVENTS, KEPT_WHEN_CUT = 80, 30


@dataclass
class Live:
    """A tracker in memory: how many of its events are on disk, and how many stand there before its first one."""

    tracker: DialogueStateTracker
    saved: int
    before: int = 0

    def cut(self) -> None:
        """Forgets all but the recent events, whole turns, once there are too many."""
        events = list(self.tracker.events)
        if len(events) <= MOST_LIVE_EVENTS:
            return
        start = len(events) - KEPT_WHEN_CUT
        while start > 0 and not isinstance(events[start], UserUttered):
            start -= 1
        # A tracker begins by listening: the policies expect that before a person's first words. Rasa plays events
        # again to copy a tracker, so the slots must stand among them, or a long talk would forget whose case it is.
        slots = [SlotSet(name, slot.value) for name, slot in self.tracker.slots.items() if slot.value is not None]
        recent = [ActionExecuted(ACTION_LISTEN_NAME), *slots, *events[start:]]
        self.tracker.events = deque(recent, self.tracker.events.maxlen)
        self.before += self.saved - len(recent)
        self.saved = len(recent)


def _kept(event: Event) -> dict[str, Any]:
    """The event as it goes to disk. Of a reply only that there was one: its words may name people, as an officer's
    reason does. They stand sealed in the history."""
    whole: dict[str, Any] = event.as_dict()
    return {"event": whole["event"], "timestamp": whole["timestamp"]} if isinstance(event, BotUttered) else whole


class AppendingTrackerStore(TrackerStore):
    """A tracker store over ConversationStore; the least recently used trackers leave memory first."""

    def __init__(self, domain: Domain | None, store: ConversationStore, **kwargs: Any) -> None:
        super().__init__(domain, None, **kwargs)
        self._store = store
        self._live: OrderedDict[str, Live] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not on disk yet."""
        live = self._live.setdefault(tracker.sender_id, Live(tracker, 0))
        live.tracker = tracker
        new = list(tracker.events)[live.saved:]
        first_seq = live.before + live.saved + 1
        self._store.append_events(tracker.sender_id, first_seq, map(_kept, new))
        live.saved += len(new)
        live.cut()
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > LIVE_TRACKERS:
            self._live.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The live tracker, or one rebuilt from disk; None for a new conversation."""
        if sender_id in self._live:
            self._live.move_to_end(sender_id)
            return self._live[sender_id].tracker
        events = self._store.events(sender_id)
        if not events:
            return None
        restored = [event for event in map(Event.from_parameters, events) if event is not None]
        tracker = DialogueStateTracker.from_events(sender_id, restored, self.domain.slots, domain=self.domain)
        self._live[sender_id] = live = Live(tracker, len(tracker.events))
        live.cut()
        return tracker

    def forget_live(self, sender_id: str) -> None:
        """Drops the live tracker after a failed turn: the next one starts from what is on disk."""
        self._live.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """Every conversation on disk."""
        return self._store.conversations()
