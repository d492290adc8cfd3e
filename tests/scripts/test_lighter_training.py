"""What training leaves out of Rasa's comes to the same."""

import jsonschema
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from scripts.lighter_training import merged, validate

SCHEMA = {"type": "object", "properties": {"role": {"type": "string"}}, "required": ["entity"]}


def _data(*lines, synonyms=None):
    return TrainingData([Message.build(text, intent) for text, intent in lines], synonyms or {})


def test_lines_are_merged_as_rasa_merges_them():
    one = _data(("怎么备案", "ask_filing_steps"), ("好", "affirm"), synonyms={"乌市": "乌鲁木齐"})
    other = _data(("好", "affirm"), ("好", "deny"))
    wanted, got = one.merge(other, None), merged(one, other, None)
    assert got.fingerprint() == wanted.fingerprint()
    assert [message.data for message in got.training_examples] == [message.data for message in wanted.training_examples]


@pytest.mark.parametrize("instance, is_right", [({"entity": "region"}, True), ({}, False), ({"entity": "r", "role": 1}, False)])
def test_a_line_is_checked_as_jsonschema_checks_it(instance, is_right):
    for check in (jsonschema.validate, validate):
        if is_right:
            check(instance, SCHEMA)
        else:
            with pytest.raises(jsonschema.ValidationError):
                check(instance, SCHEMA)
