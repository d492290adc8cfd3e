"""What Rasa does on every turn and could do once, or not at all, each replaced by what comes to the same.

Measured in docs/decisions/0005-in-process-rasa.md. What is replaced is Rasa's own: look here when Rasa is upgraded.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from types import SimpleNamespace
from typing import Any

import jsonschema
import jsonschema_rs
import rasa.core.processor
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker

from server.straight_graph import StraightGraphRunner


def lighten() -> None:
    """From now on, in this process; before a model is loaded. Once is enough."""
    _validate_action_results_once_compiled()
    _look_kinds_of_events_up_once()
    Slot.__copy__ = _copied
    DialogueStateTracker.copy = _duplicated
    rasa.core.processor.DaskGraphRunner = StraightGraphRunner
    # The processor copies, to the last entity, whatever it hands its debug log; it copies nothing else.
    rasa.core.processor.copy = SimpleNamespace(deepcopy=lambda logged: logged)


def _validate_action_results_once_compiled() -> None:
    """Gives RemoteAction a validator of the same schema that is compiled once.

    Rasa builds and checks the constant schema anew on every action call, about 50 ms each time. Then jsonschema's own
    validator still took 5 ms; it is asked only for its words, where the compiled one finds a fault.
    """
    schema = RemoteAction.action_response_format_spec()
    compiled = jsonschema_rs.validator_for(schema)
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        if not compiled.is_valid(result):
            validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def _look_kinds_of_events_up_once() -> None:
    """Rasa goes through all subclasses of Event, and whether each is abstract, for every event that is read."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))


def _copied(slot: Slot) -> Slot:
    """What copy.copy makes of a slot, without pickle's detour. Every tracker of a turn copies every slot."""
    own = slot.__class__.__new__(slot.__class__)
    own.__dict__.update(slot.__dict__)
    return own


def _duplicated(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """What tracker.copy makes, without playing every event once more. Each action is given such a copy."""
    own = tracker.__class__.__new__(tracker.__class__)
    own.__dict__.update(tracker.__dict__)
    own.events, own.active_loop = copy(tracker.events), copy(tracker.active_loop)
    if not isinstance(tracker.slots, AnySlotDict):
        own.slots = {name: copy(slot) for name, slot in tracker.slots.items()}
    own.sender_source = own.model_id = own.assistant_id = None
    return own
