"""The tracker store: only new events go to disk, and what is rebuilt from disk is the same tracker."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from server.tracker_store import LIVE_TRACKERS, MOST_LIVE_EVENTS, AppendingTrackerStore
from services.conversation_store import ConversationStore
from services.secrets_box import SecretsBox

SLOTS = ["topic", "insured_region"]
DOMAIN = Domain.from_dict({
    "intents": ["ask_channels"],
    "slots": {name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]} for name in SLOTS},
})


class Counting(ConversationStore):
    """A real store that notes how many events each save brings."""

    saved: list[int]

    def append_events(self, conversation, first_seq, events):
        rows = list(events)
        self.saved = [*getattr(self, "saved", []), len(rows)]
        super().append_events(conversation, first_seq, rows)


@pytest.fixture
def disk(tmp_path: Path):
    opened = Counting(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    yield opened
    opened.close()


def tracker_of(sender: str = "c1") -> DialogueStateTracker:
    return DialogueStateTracker(sender, DOMAIN.slots)


def take_turn(tracker: DialogueStateTracker, number: int = 1) -> None:
    parse = {"intent": {"name": "ask_channels", "confidence": 1.0}, "entities": [], "text": "/ask_channels"}
    tracker.update(UserUttered("/ask_channels", parse["intent"], [], parse))
    tracker.update(ActionExecuted("action_answer_question"))
    tracker.update(SlotSet("topic", f"channels{number}"))
    tracker.update(BotUttered("手机上就能办。", {"buttons": None}))


async def test_a_turn_brings_only_its_own_events_to_disk(disk):
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    for number in range(5):
        take_turn(tracker, number)
        await store.save(tracker)
    assert disk.saved == [4, 4, 4, 4, 4]
    assert len(disk.events("c1")) == 20


async def test_saving_without_news_writes_nothing(disk):
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    take_turn(tracker)
    await store.save(tracker)
    await store.save(tracker)
    assert disk.saved == [4, 0]


async def test_the_live_tracker_is_the_same_object(disk):
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    take_turn(tracker)
    await store.save(tracker)
    assert await store.retrieve("c1") is tracker


async def test_an_unknown_conversation_has_no_tracker(disk):
    assert await AppendingTrackerStore(DOMAIN, disk).retrieve("c9") is None


async def test_what_is_rebuilt_from_disk_equals_what_was_saved(disk):
    tracker = tracker_of()
    for number in range(3):
        take_turn(tracker, number)
    await AppendingTrackerStore(DOMAIN, disk).save(tracker)
    rebuilt = await AppendingTrackerStore(DOMAIN, disk).retrieve("c1")
    assert rebuilt is not tracker
    assert [event for event in rebuilt.events if not isinstance(event, BotUttered)] == [
        event for event in tracker.events if not isinstance(event, BotUttered)
    ]
    assert [type(event) for event in rebuilt.events] == [type(event) for event in tracker.events]
    assert rebuilt.current_slot_values() == tracker.current_slot_values()
    assert rebuilt.latest_message.intent == tracker.latest_message.intent


async def test_no_word_of_a_reply_goes_to_disk(disk):
    tracker = tracker_of()
    take_turn(tracker)
    tracker.update(BotUttered("退回的原因：张三丰的证件看不清", {"custom": {"reason": "张三丰"}}, {"reason": "张三丰"}))
    await AppendingTrackerStore(DOMAIN, disk).save(tracker)
    assert [event for event in disk.events("c1") if event["event"] == "bot"][-1].keys() == {"event", "timestamp"}
    assert "张三丰" not in str(disk.events("c1")) and "手机" not in str(disk.events("c1"))


async def test_a_rebuilt_tracker_goes_on_appending_where_it_stopped(disk):
    tracker = tracker_of()
    take_turn(tracker)
    await AppendingTrackerStore(DOMAIN, disk).save(tracker)
    after_restart = AppendingTrackerStore(DOMAIN, disk)
    rebuilt = await after_restart.retrieve("c1")
    take_turn(rebuilt, 2)
    await after_restart.save(rebuilt)
    assert disk.saved == [4, 4]
    assert [event["event"] for event in disk.events("c1")] == ["user", "action", "slot", "bot"] * 2


async def test_a_failed_turn_is_forgotten_up_to_what_is_on_disk(disk):
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    take_turn(tracker)
    await store.save(tracker)
    tracker.update(SlotSet("topic", "half done"))
    store.forget_live("c1")
    assert (await store.retrieve("c1")).get_slot("topic") == "channels1"


async def long_conversation(store: AppendingTrackerStore, turns: int) -> DialogueStateTracker:
    tracker = await store.retrieve("c1") or tracker_of()
    for number in range(turns):
        take_turn(tracker, number)
        if number == 0:
            tracker.update(SlotSet("insured_region", "371000"))
        await store.save(tracker)
        tracker = await store.retrieve("c1")
    return tracker


async def test_in_memory_a_long_conversation_stays_short_and_on_disk_it_is_whole(disk):
    tracker = await long_conversation(AppendingTrackerStore(DOMAIN, disk), 100)
    assert len(tracker.events) <= MOST_LIVE_EVENTS
    topics = [event["value"] for event in disk.events("c1") if event.get("name") == "topic"]
    assert topics == [f"channels{number}" for number in range(100)]
    assert len(disk.events("c1")) == 401


async def test_what_was_told_long_ago_is_still_known(disk):
    tracker = await long_conversation(AppendingTrackerStore(DOMAIN, disk), 100)
    assert tracker.get_slot("insured_region") == "371000"


async def test_a_long_conversation_goes_on_after_a_restart_and_after_a_failed_turn(disk):
    await long_conversation(AppendingTrackerStore(DOMAIN, disk), 60)
    after_restart = AppendingTrackerStore(DOMAIN, disk)
    await long_conversation(after_restart, 60)
    after_restart.forget_live("c1")
    tracker = await long_conversation(after_restart, 60)
    topics = [event["value"] for event in disk.events("c1") if event.get("name") == "topic"]
    assert topics == [f"channels{number}" for number in range(60)] * 3
    assert (tracker.get_slot("topic"), tracker.get_slot("insured_region")) == ("channels59", "371000")
    assert tracker.latest_message.intent["name"] == "ask_channels"


async def test_forgetting_what_is_not_live_does_nothing(disk):
    AppendingTrackerStore(DOMAIN, disk).forget_live("c9")


async def test_memory_holds_the_most_recent_conversations_and_disk_all(disk):
    store = AppendingTrackerStore(DOMAIN, disk)
    for number in range(LIVE_TRACKERS + 2):
        tracker = tracker_of(f"c{number}")
        tracker.update(SlotSet("topic", str(number)))
        await store.save(tracker)
    assert len(store._live) == LIVE_TRACKERS
    assert (await store.retrieve("c0")).get_slot("topic") == "0"
    assert len(list(await store.keys())) == LIVE_TRACKERS + 2


async def test_a_long_conversation_stays_short_in_memory_and_whole_on_disk(disk):
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    for number in range(100):
        take_turn(tracker, number)
        await store.save(tracker)
    assert len(tracker.events) <= MOST_LIVE_EVENTS
    assert tracker.get_slot("topic") == "channels99"
    assert len(disk.events("c1")) == 400
    assert sum(disk.saved) == 400
    again = await AppendingTrackerStore(DOMAIN, disk).retrieve("c1")
    assert again.get_slot("topic") == "channels99"


async def test_a_cut_tracker_that_is_copied_still_knows_what_was_told_first(disk):
    """Rasa copies trackers by playing their events again."""
    store, tracker = AppendingTrackerStore(DOMAIN, disk), tracker_of()
    tracker.update(SlotSet("insured_region", "371000"))
    for number in range(3 * MOST_LIVE_EVENTS):
        take_turn(tracker, number)
        await store.save(tracker)
    assert len(tracker.events) <= MOST_LIVE_EVENTS
    assert tracker.copy().get_slot("insured_region") == "371000"
    assert len(disk.events("c1")) == 1 + 4 * 3 * MOST_LIVE_EVENTS
