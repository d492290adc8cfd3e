"""RulePolicy, asked once for each intent and the actions done since: here rules hang on nothing else.

Rasa matches a talk against every rule, twice for each prediction; what came out of it for `ask_channels` the first time
is what will come out of it every time. Figures: docs/decisions/0005-in-process-rasa.md.
"""

from __future__ import annotations

import json
from copy import copy
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTIVE_LOOP, SLOTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

Situation = tuple[str | None, tuple[str | None, ...]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RulesByIntent(RulePolicy):
    """Predicts what RulePolicy predicts, and remembers it. A rule with a condition on a slot or a loop ends that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[Situation, PolicyPrediction] = {}
        self._hang_on_intents_only = all(map(_hangs_on_intents_only, self.lookup.get(RULES, ()))) and not (
            self.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH)
        )

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None = None, **kwargs: Any
    ) -> PolicyPrediction:
        """The prediction of the next action, as RulePolicy makes it."""
        situation = situation_of(tracker)
        if situation is None or not self._hang_on_intents_only:
            return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        if situation not in self._known:
            self._known[situation] = super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        return _of_its_own(self._known[situation])


def situation_of(tracker: DialogueStateTracker) -> Situation | None:
    """The intent of the latest message and what was done after it; None before a first message."""
    done: list[str | None] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return event.intent_name, tuple(done)
        if isinstance(event, ActionExecuted):
            done.append(event.action_name)
    return None


def _hangs_on_intents_only(rule: str) -> bool:
    return not any(state.get(SLOTS) or state.get(ACTIVE_LOOP) for state in json.loads(rule))


def _of_its_own(prediction: PolicyPrediction) -> PolicyPrediction:
    """A copy for this turn: the ensemble writes into what it is given."""
    own = copy(prediction)
    own.probabilities, own.events = list(prediction.probabilities), list(prediction.events)
    own.optional_events = list(prediction.optional_events)
    return own
