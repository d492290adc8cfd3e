"""A disk of a few megabytes that a test may fill, or mount for reading only."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = 4096


@dataclass(frozen=True)
class SmallDisk:
    """A few megabytes that a test may fill."""

    folder: Path

    def fill(self, leaving: int = 0) -> None:
        """Takes all room, but for so many bytes."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(BLOCK))
            except OSError:
                file.truncate(max(0, file.tell() - leaving))

    def make_room(self) -> None:
        """Gives it back."""
        self._ballast.unlink(missing_ok=True)

    def remount(self, way: str) -> None:
        """`ro` or `rw`."""
        subprocess.run(["mount", "-o", f"remount,{way}", self.folder], check=True)

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


def mounted(folder: Path, size: str = "64k") -> bool:
    """Whether the folder is a disk of that size now; False where that isn't permitted, or not known (macOS)."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    return bool(shutil.which("mount")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path, size: str = "4m") -> Iterator[SmallDisk]:
    folder.mkdir()
    if not mounted(folder, size):
        pytest.skip("nothing may be mounted here; see the last two tests of test_store_disk.py")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
