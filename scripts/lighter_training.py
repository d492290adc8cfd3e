"""What Rasa does while it trains and need not, each replaced by what comes to the same model.

Measured in docs/decisions/0005-in-process-rasa.md. What is replaced is Rasa's own: look here when Rasa is upgraded.
"""

from __future__ import annotations

import json
import tarfile
from functools import cache, partial
from typing import Any

import jsonschema
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.engine.training.hooks import TrainingHook
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


def lighten() -> None:
    """From now on, in this process; before anything is trained. Once is enough."""
    jsonschema.validate = validate
    # Rasa packs the model as small as it can: a minute for a tenth of the size.
    tarfile.TarFile.gzopen = classmethod(partial(tarfile.TarFile.gzopen.__func__, compresslevel=1))
    TrainingData.merge = merged
    Message.__hash__ = lambda message: hash((message.get(TEXT), message.get(INTENT)))  # equal ones are still compared
    # What each step made is kept for the next training; this one always trains whole.
    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None


def merged(data: TrainingData, *others: TrainingData | None) -> TrainingData:
    """As TrainingData.merge, which copies every line to its last entity, six times until the training begins."""
    return TrainingData(*(
        kind(part for own in (data, *filter(None, others)) for part in parts_of(own)) for kind, parts_of in (
            (list, lambda own: own.training_examples), (dict, lambda own: own.entity_synonyms.items()),
            (list, lambda own: own.regex_features), (list, lambda own: own.lookup_tables),
            (dict, lambda own: own.responses.items()),
        )
    ))


@cache
def _validator(schema: str) -> Validator:
    """The validator of a schema, given as JSON, that has been checked itself."""
    kind = validator_for(read := json.loads(schema))
    kind.check_schema(read)
    return kind(read)


def validate(instance: Any, schema: dict[str, Any]) -> None:
    """As jsonschema.validate, which checks the schema itself each time. Raises ValidationError.

    Rasa calls it for each annotated place of the examples: that was more than half of the training.
    """
    error = jsonschema.exceptions.best_match(_validator(json.dumps(schema)).iter_errors(instance))
    if error is not None:
        raise error
