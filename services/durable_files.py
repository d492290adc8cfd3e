"""Files that are whole or not there, also after a power cut, and that only their owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_durably(file: Path, content: bytes) -> None:
    """`content` in `file`, mode 0600, flushed to the disk; what was there before is replaced at once."""
    draft = write_aside(file, content)
    put_in_place(draft, file)


def write_aside(file: Path, content: bytes) -> Path:
    """A flushed file with `content` beside `file`, under a hidden name, ready for `put_in_place`."""
    draft = aside(file)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def aside(file: Path) -> Path:
    """A free hidden name beside `file`."""
    return file.with_name(f".{file.name}.{secrets.token_hex(8)}")


def put_in_place(draft: Path, file: Path) -> None:
    """Gives `draft` the name of `file`, for good."""
    os.replace(draft, file)
    flush_folder(file.parent)


def flush_file(file: Path) -> None:
    """What was written to `file` survives a power cut once this returns."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def flush_folder(folder: Path) -> None:
    """Names made, changed or removed in `folder` survive a power cut once this returns."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
