"""What the tests of the keys share: a rotation that waits for nobody, and how many values each place's keys have."""

from __future__ import annotations

from pathlib import Path

from sealed_data import key_file

from services.key_rotation import RotationReport, key_uses, rotate


def rotated(folder: Path) -> RotationReport:
    return rotate(folder, key_file(folder), lambda line: None, wait_seconds=0)


def places(folder: Path) -> dict[str, int]:
    """How many values the keys in each place have."""
    return {use.place: use.values for use in key_uses(folder, key_file(folder))}
