"""Keeps the libraries' own warnings off the terminal of whoever just wants to run the assistant."""

import logging
import os
import warnings
from typing import Any

QUIET_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def keep_library_warnings_off_the_terminal() -> None:
    """To be called before Rasa and TensorFlow are imported.

    Some of them reset Python's warning filters while they are imported, so a filter alone does not hold.
    """
    for name, value in QUIET_SETTINGS.items():
        os.environ.setdefault(name, value)
    warnings.showwarning = _say_nothing
    logging.getLogger("jieba").addFilter(lambda record: record.levelno >= logging.WARNING)


def _say_nothing(*_: Any, **__: Any) -> None:
    """In place of printing a warning."""
