"""Rasa's structured log lines keep to the level and carry no words of people."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from server.logs import keep_words_out_of_logs


@pytest.fixture
def log_file():
    """Everything that is logged, at the level of the root logger; all settings are put back afterwards."""
    root, before = logging.getLogger(), logging.getLogger().level
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root.addHandler(handler)
    keep_words_out_of_logs()
    yield written
    root.removeHandler(handler)
    root.setLevel(before)
    structlog.reset_defaults()


def rasa_logs(level: str) -> None:
    getattr(structlog.get_logger("rasa.core.processor"), level)(
        "processor.message.parse", parse_data_text="我叫张三丰", parse_data_intent={"name": "greet"},
        parse_data_entities=[{"value": "张三丰"}], user_text="张三丰", a_key_of_a_later_version="张三丰",
    )


def test_debug_lines_name_the_event_and_the_intent_but_no_words(log_file):
    logging.getLogger().setLevel(logging.DEBUG)
    rasa_logs("debug")
    assert "processor.message.parse" in log_file.getvalue() and "greet" in log_file.getvalue()
    assert "张三丰" not in log_file.getvalue()


def test_warnings_carry_no_words_either(log_file):
    logging.getLogger().setLevel(logging.WARNING)
    rasa_logs("warning")
    assert "processor.message.parse" in log_file.getvalue() and "张三丰" not in log_file.getvalue()


def test_the_level_of_pythons_logging_holds(log_file, capsys):
    """Left alone, structlog prints everything at every level to standard output."""
    logging.getLogger().setLevel(logging.WARNING)
    rasa_logs("debug")
    rasa_logs("info")
    assert log_file.getvalue() == "" and capsys.readouterr().out == ""


def test_a_fault_is_logged_with_its_trace(log_file):
    try:
        raise LookupError("no such filing")
    except LookupError:
        structlog.get_logger("rasa").error("action.failed", exc_info=True)
    assert "LookupError" in log_file.getvalue()
