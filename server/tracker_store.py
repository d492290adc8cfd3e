"""Keeps live trackers in memory and appends only new events to disk, so that a turn costs the same at any length."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from services.conversation_store import ConversationStore

LIVE_TRACKERS = 2_000


class AppendingTrackerStore(TrackerStore):
    """A tracker store over ConversationStore; the least recently used trackers leave memory first."""

    def __init__(self, domain: Domain | None, store: ConversationStore, **kwargs: Any) -> None:
        super().__init__(domain, None, **kwargs)
        self._store = store
        self._live: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        self._kept_events: dict[str, int] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not on disk yet."""
        sender, kept = tracker.sender_id, self._kept_events.get(tracker.sender_id, 0)
        new = list(tracker.events)[kept:]
        self._store.append_events(sender, kept + 1, (event.as_dict() for event in new))
        self._kept_events[sender] = kept + len(new)
        self._live[sender] = tracker
        self._live.move_to_end(sender)
        while len(self._live) > LIVE_TRACKERS:
            gone, _ = self._live.popitem(last=False)
            del self._kept_events[gone]

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The live tracker, or one rebuilt from disk; None for a new conversation."""
        if sender_id in self._live:
            self._live.move_to_end(sender_id)
            return self._live[sender_id]
        events = self._store.events(sender_id)
        if not events:
            return None
        restored = [event for event in map(Event.from_parameters, events) if event is not None]
        tracker = DialogueStateTracker.from_events(sender_id, restored, self.domain.slots, domain=self.domain)
        self._live[sender_id] = tracker
        self._kept_events[sender_id] = len(tracker.events)
        return tracker

    def forget_live(self, sender_id: str) -> None:
        """Drops the live tracker after a failed turn: the next one starts from what is on disk."""
        self._live.pop(sender_id, None)
        self._kept_events.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """Every conversation on disk."""
        return self._store.conversations()
