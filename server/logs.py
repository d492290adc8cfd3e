"""What may be logged: names of actions, intents and errors, never what people wrote.

Rasa's own debug lines carry each message as it was typed, and print it at every level unless told otherwise.
"""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

# A list of what is harmless: a key that a new version of Rasa adds stays out until someone has looked at it.
HARMLESS_KEYS = frozenset({
    "event", "level", "action_name", "policy_name", "rule_name", "parse_data_intent", "len_extraction_events",
    "action_extract_slot", "exc_info", "exception",
})


# Libraries that say in their details what a file holds: a photograph's author, the letters of a document.
TELL_OF_FILES = ("PIL", "fontTools", "fpdf", "pypdf")


def keep_words_out_of_logs() -> None:
    """Sends Rasa's structured log lines through Python's logging, so that levels hold, without people's words."""
    for library in TELL_OF_FILES:
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            _only_harmless,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
        cache_logger_on_first_use=False,
    )


def _only_harmless(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in HARMLESS_KEYS}
