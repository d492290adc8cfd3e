"""What replaces Rasa's own habits comes to the same."""

from __future__ import annotations

import ast
import copy
import inspect

import jsonschema
import pytest
import rasa.core.processor
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    FollowupAction,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from server.lighter_rasa import (
    _copied,
    _duplicated,
    _look_kinds_of_events_up_once,
    _validate_action_results_once_compiled,
)

RASAS_OWN = RemoteAction._validate_action_result

RESULTS = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "topic", "value": "channels"}], "responses": [{"text": "好"}]},
    {"events": [{"event": "slot", "name": "topic", "value": None}]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "slot", "name": 5, "value": 1}]},
    {"events": [{"event": "followup", "name": "action_listen"}]},
    {"events": [{"event": "no such event"}]},
    {"events": [{}]},
    {"events": {}},
    {"events": "none"},
    {"events": [None]},
    {"responses": {}},
    {"responses": [1]},
    {"responses": [{"text": "好", "buttons": [{"title": "是", "payload": "/affirm"}]}]},
    [],
    "text",
    None,
]


@pytest.fixture
def compiled():
    """The action class with our validator; Rasa's own is put back afterwards."""
    _validate_action_results_once_compiled()
    yield RemoteAction._validate_action_result
    RemoteAction._validate_action_result = RASAS_OWN


def verdict(validate, result) -> bool:
    action = RemoteAction("action_x", None)
    try:
        return validate(action, copy.deepcopy(result))
    except jsonschema.ValidationError:
        return False


@pytest.mark.parametrize("result", RESULTS, ids=str)
def test_the_compiled_validator_agrees_with_rasas_own(compiled, result):
    ours = verdict(compiled, result)
    RemoteAction._validate_action_result = RASAS_OWN
    assert ours == verdict(RASAS_OWN, result)


def test_some_results_are_accepted_and_some_refused(compiled):
    verdicts = {verdict(compiled, result) for result in RESULTS}
    assert verdicts == {True, False}


def test_a_kind_of_event_is_found_as_before():
    plain = getattr(Event.resolve_by_type, "__wrapped__", Event.resolve_by_type)
    _look_kinds_of_events_up_once()
    _look_kinds_of_events_up_once()
    names = {kind.type_name for kind in all_subclasses(Event)}
    assert len(names) > 15
    for name in names:
        assert Event.resolve_by_type(name) is plain(name)
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("no such event")


def test_a_copied_slot_is_the_same_and_its_own():
    for slot in Domain.load("domain.yml").slots:
        slot.value = "before"
        own = _copied(slot)
        assert type(own) is type(slot) and own.__dict__ == slot.__dict__
        own.value = "after"
        assert slot.value == "before"


def test_the_processor_copies_only_for_its_log():
    """Else `lighten` may not leave the copying out."""
    tree = ast.parse(inspect.getsource(rasa.core.processor))
    logged = {
        id(inner) for call in ast.walk(tree) if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for inner in ast.walk(call)
    }
    copied = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "copy"]
    assert copied and all(id(node) in logged for node in copied)


SAID = [
    ActionExecuted("action_session_start"), ActionExecuted("action_listen"),
    UserUttered("备案", {"name": "ask_filing_needed", "confidence": 0.9}), SlotSet("topic", "filing_needed"),
    SlotSet("known", {"people": ["self"]}), ActionExecuted("action_answer_question"), BotUttered("要"),
    ActiveLoop("some_form"), SlotSet("topic", None), FollowupAction("action_listen"),
]


@pytest.mark.parametrize("so_far", range(len(SAID) + 1))
def test_a_duplicated_tracker_is_what_rasa_copies(so_far):
    tracker = DialogueStateTracker("c", [AnySlot("topic", mappings=[]), AnySlot("known", mappings=[])])
    tracker.model_id = "m"
    tracker.update_with_events(SAID[:so_far], Domain.empty())
    wanted, own = tracker.travel_back_in_time(float("inf")), _duplicated(tracker)
    assert own.__dict__.keys() == wanted.__dict__.keys()
    assert own.current_state() == wanted.current_state() and list(own.events) == list(wanted.events)
    assert (own.model_id, own.active_loop, own.followup_action) == (None, wanted.active_loop, wanted.followup_action)


def test_what_happens_to_a_duplicate_does_not_happen_to_the_tracker():
    tracker = DialogueStateTracker("c", [AnySlot("topic", mappings=[])])
    tracker.update_with_events(SAID[:4], Domain.empty())
    own = _duplicated(tracker)
    own.update_with_events([SlotSet("topic", "channels"), ActiveLoop("other")], Domain.empty())
    assert tracker.get_slot("topic") == "filing_needed" and own.get_slot("topic") == "channels"
    assert len(tracker.events) == 4 and tracker.active_loop_name is None
