"""What Rasa imports and this assistant doesn't need is left out; what is left out says so when it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=PROJECT, capture_output=True, text=True)


def test_a_library_that_is_left_out_can_be_named_and_subclassed_but_not_used():
    program = """
from server.lean_imports import LeftOut, leave_out
leave_out(["tensorflow"])
import tensorflow as tf
from tensorflow.keras.callbacks import Callback
class Own(tf.keras.Model): pass
Either = Callback | None
try:
    Own()
except LeftOut as fault:
    print(fault)
"""
    done = run(program)
    assert done.returncode == 0, done.stderr
    assert "NOT_NEEDED" in done.stdout


def test_what_is_imported_already_and_what_only_sounds_alike_stays_itself():
    program = """
import json, sys
from server.lean_imports import leave_out
leave_out(["json", "colour"])
import json.decoder, colorsys
print(json.loads("[1]"), colorsys.__name__)
"""
    done = run(program)
    assert done.stdout.strip() == "[1] colorsys", done.stderr


@pytest.mark.parametrize("library", ["tensorflow", "pymongo", "slack_sdk"])
def test_the_server_starts_without(library: str):
    program = f"""
import sys
from server import lean_imports
lean_imports.leave_out()
import server.main
print(type(sys.modules.get({library!r})).__name__)
"""
    done = run(program)
    assert done.stdout.strip() == "_StandIn", done.stderr[-2000:]
