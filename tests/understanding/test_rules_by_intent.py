"""RulesByIntent predicts what RulePolicy predicts, for every rule of this project, and is asked only once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.training import load_data
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.importer import TrainingDataImporter

from understanding.rules_by_intent import RulesByIntent, situation_of

ROOT = Path(__file__).resolve().parents[2]
CONDITIONAL = """version: "3.1"
rules:
  - rule: only with a topic
    condition:
      - slot_was_set:
          - is_member: true
    steps:
      - intent: thank
      - action: action_thank_member
"""
CONDITIONAL_DOMAIN = """version: "3.1"
intents: [thank]
actions: [action_thank_member, action_offer_topics]
slots:
  is_member: {type: bool, influence_conversation: true, mappings: [{type: custom}]}
"""
SETTINGS = {
    "core_fallback_threshold": 0.3, "core_fallback_action_name": "action_offer_topics", "enable_fallback_prediction": True,
}


def policies(domain_file: Path, data: list[Path], folder: Path):
    importer = TrainingDataImporter.load_from_dict(domain_path=str(domain_file), training_data_paths=list(map(str, data)))
    domain, storage = importer.get_domain(), LocalModelStorage.create(folder)
    made = []
    for kind in (RulePolicy, RulesByIntent):
        settings = {**RulePolicy.get_default_config(), **SETTINGS}
        context = ExecutionContext(GraphSchema({}), "model")
        policy = kind.create(settings, storage, Resource(kind.__name__), context)
        policy.train(load_data(importer, domain, augmentation_factor=0), domain)
        made.append(kind.load(settings, storage, Resource(kind.__name__), context))
    return domain, *made


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return policies(ROOT / "domain.yml", [ROOT / "data" / "rules", ROOT / "data" / "responses"], tmp_path_factory.mktemp("policies"))


def talk(domain, *events) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", [ActionExecuted("action_listen"), *events], domain.slots, domain=domain)


def said(intent: str) -> UserUttered:
    return UserUttered(f"/{intent}", {"name": intent, "confidence": 1.0})


def predicted(policy, tracker, domain) -> str:
    prediction = policy.predict_action_probabilities(tracker, domain)
    return domain.action_names_or_texts[prediction.max_confidence_index], prediction.max_confidence


def test_each_intent_leads_to_the_same_actions(ours):
    domain, rasas, own = ours
    for intent in domain.intents:
        done = [said(intent)]
        for _ in range(4):
            for _ in range(2):  # worked out, then remembered
                expected = predicted(rasas, talk(domain, *done), domain)
                assert predicted(own, talk(domain, *done), domain) == expected, (intent, done)
            done.append(ActionExecuted(expected[0]))
            if expected[0] == "action_listen":
                break


def test_what_is_remembered_is_asked_of_rasa_once_and_is_nobody_elses(ours, monkeypatch):
    domain, _, own = ours
    asked = []
    rasas = RulePolicy.predict_action_probabilities
    monkeypatch.setattr(RulePolicy, "predict_action_probabilities", lambda *args, **kw: (asked.append(1), rasas(*args, **kw))[1])
    own._known.clear()
    first = own.predict_action_probabilities(talk(domain, said("ask_help")), domain)
    first.probabilities[:] = [0.0] * len(first.probabilities)
    first.events.append(SlotSet("topic", "channels"))
    later = talk(domain, SlotSet("topic", "validity"), said("thank"), ActionExecuted("action_listen"), said("ask_help"))
    second = own.predict_action_probabilities(later, domain)
    assert second.max_confidence == 1.0 and not second.events
    assert len(asked) == 1


def test_before_a_first_message_there_is_no_situation(ours):
    domain, rasas, own = ours
    empty = talk(domain)
    assert situation_of(empty) is None
    assert predicted(own, empty, domain) == predicted(rasas, empty, domain)


def test_a_rule_that_hangs_on_a_slot_is_matched_each_time(tmp_path):
    for name, text in {"rules.yml": CONDITIONAL, "domain.yml": CONDITIONAL_DOMAIN}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "model").mkdir()
    domain, _, own = policies(tmp_path / "domain.yml", [tmp_path / "rules.yml"], tmp_path / "model")
    assert predicted(own, talk(domain, SlotSet("is_member", True), said("thank")), domain)[0] == "action_thank_member"
    assert predicted(own, talk(domain, SlotSet("is_member", False), said("thank")), domain)[0] == "action_offer_topics"
