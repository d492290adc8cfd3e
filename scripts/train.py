"""Trains the assistant's model and says where the time goes.

    python -m scripts.train models/assistant.tar.gz

Always trains whole: a changed dictionary file alone would not change Rasa's fingerprint.
"""

import json
import sys
import tarfile
import threading
import time
from functools import cache, partial
from pathlib import Path
from typing import Any

import jsonschema
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from server import quiet

quiet.keep_library_warnings_off_the_terminal()

from rasa.api import train  # noqa: E402 - after the line above, on purpose

PROGRESS_SECONDS = 20
# Rasa packs the model as small as it can: a minute for a tenth of the size.
QUICK_PACKING = classmethod(partial(tarfile.TarFile.gzopen.__func__, compresslevel=1))


@cache
def validator(schema: str) -> Validator:
    """The validator of a schema, given as JSON, that has been checked itself."""
    kind = validator_for(read := json.loads(schema))
    kind.check_schema(read)
    return kind(read)


def validate(instance: Any, schema: dict[str, Any]) -> None:
    """As jsonschema.validate, which checks the schema itself each time. Raises ValidationError.

    Rasa calls it for each annotated place of the examples: that was more than half of the training.
    """
    error = jsonschema.exceptions.best_match(validator(json.dumps(schema)).iter_errors(instance))
    if error is not None:
        raise error


def say_that_it_goes_on(done: threading.Event, started: float) -> None:
    """A line now and then, so that nobody thinks it hangs."""
    while not done.wait(PROGRESS_SECONDS):
        print(f"      还在训练，已 {time.monotonic() - started:.0f} 秒……", flush=True)


def main(target: Path) -> int:
    """Trains; 0 when the model is there."""
    jsonschema.validate = validate
    tarfile.TarFile.gzopen = QUICK_PACKING
    started, done = time.monotonic(), threading.Event()
    threading.Thread(target=say_that_it_goes_on, args=(done, started), daemon=True).start()
    try:
        result = train(
            "domain.yml", "config.yml", ["data"], output=str(target.parent),
            fixed_model_name=target.name.removesuffix(".tar.gz"), force_training=True,
        )
    finally:
        done.set()
    if result.code != 0 or not target.is_file():
        print("训练没有成功：上面几行写着原因。", file=sys.stderr)
        return 1
    print(f"      训练好了，用时 {time.monotonic() - started:.0f} 秒，{target.stat().st_size / 1e6:.0f} MB。")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
