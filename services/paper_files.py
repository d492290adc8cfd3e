"""Uploaded papers: what is taken, and where the sealed files are kept."""

from __future__ import annotations

import errno
import re
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import filetype
from PIL import Image

from services.china_time import CHINA_TIME
from services.durable_files import flush_folder, put_in_place, write_aside
from services.filing_records import FieldProblem, FilingProblem
from services.paper_pdf import MOST_PAGES, verdict_on_pdf
from services.secrets_box import SecretsBox

LARGEST_PAPER = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 64_000_000  # a telephone's largest usual photograph; 256 MB when it is opened
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
MEDIA_TYPES = (*PICTURES, PDF)
# Telephones' own format, told by these four bytes. Nothing here can open it, and browsers cannot show it.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
UNREADABLE = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error,
)
PDF_PROBLEMS = {"locked": "paper_locked", "has_actions": "paper_has_actions", "damaged": "paper_damaged"}

SUFFIX = ".sealed"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Hidden and with random digits at the end while it is being written.
_FILE = re.compile(rf"\.?(?P<id>{_ID.pattern}){re.escape(SUFFIX)}(\.[0-9a-f]+)?")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_WRITING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def check_paper(content: bytes, step: str = "paper") -> str:
    """The media type, told by the content, which was really opened. `step` is the draft's that asked for it.

    FieldProblem paper_empty, paper_too_large(limit_mb), paper_wrong_type(is_heic), paper_damaged,
    paper_too_many_pixels(limit_megapixels), paper_locked, paper_too_many_pages(limit), paper_has_actions.
    """
    if not content:
        raise FieldProblem("paper_empty", field=step)
    if len(content) > LARGEST_PAPER:
        raise FieldProblem("paper_too_large", field=step, limit_mb=LARGEST_PAPER // 1024**2)
    kind = filetype.guess(content)
    media_type = kind.mime if kind else None
    if media_type == PDF:
        _check_pdf(content, step)
    elif media_type in PICTURES:
        _check_picture(content, PICTURES[media_type], step)
    else:
        is_heic = content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS
        raise FieldProblem("paper_wrong_type", field=step, is_heic=is_heic)
    return str(media_type)


def _check_pdf(content: bytes, step: str) -> None:
    verdict = verdict_on_pdf(content)
    if verdict == "too_many_pages":
        raise FieldProblem("paper_too_many_pages", field=step, limit=MOST_PAGES)
    if verdict in PDF_PROBLEMS:
        raise FieldProblem(PDF_PROBLEMS[verdict], field=step)


def _check_picture(content: bytes, picture_format: str, step: str) -> None:
    too_large = FieldProblem("paper_too_many_pixels", field=step, limit_megapixels=MOST_PIXELS // 1_000_000)
    try:
        with Image.open(BytesIO(content), formats=(picture_format,)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise too_large
            picture.verify()
        # verify leaves the picture unusable, and only loading finds that its end is missing.
        with Image.open(BytesIO(content), formats=(picture_format,)) as picture:
            picture.load()
    except Image.DecompressionBombError:
        raise too_large from None
    except UNREADABLE as fault:
        raise FieldProblem("paper_damaged", field=step) from fault


class PaperFiles:
    """Sealed files in a folder, one for each id. Each opens only under its own id and field.

    Ids are letters, digits, - and _; others raise ValueError. FilingProblem store_full, store_read_only.
    """

    def __init__(self, folder: Path, box: SecretsBox, field: str = "paper") -> None:
        self._folder, self._box, self._field = folder, box, field

    def put(self, paper_id: str, content: bytes) -> None:
        """Keeps the content: on the disk when this returns, nothing half-written when it raises."""
        target = self._path(paper_id)
        sealed = self._box.seal_bytes(content, record=paper_id, field=self._field)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = write_aside(target, sealed)
            try:
                put_in_place(unfinished, target)
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as fault:
            raise _problem(fault) from fault

    def get(self, paper_id: str) -> bytes:
        """The content. FilingProblem paper_missing; SecretsBoxError if the file was altered or is another's."""
        try:
            sealed = self._path(paper_id).read_bytes()
        except FileNotFoundError:
            raise FilingProblem("paper_missing") from None
        return self._box.unseal_bytes(sealed, record=paper_id, field=self._field)

    def copy(self, paper_id: str, copy_id: str) -> None:
        """Keeps the content under another id too. As get and put."""
        self.put(copy_id, self.get(paper_id))

    def delete(self, paper_id: str) -> None:
        """Deletes the file, and what an interrupted `put` may have left of it. Nothing to delete is no fault."""
        self._path(paper_id).unlink(missing_ok=True)
        for unfinished in self._folder.glob(f".{paper_id}{SUFFIX}.*"):
            unfinished.unlink(missing_ok=True)
        if self._folder.is_dir():
            flush_folder(self._folder)

    def known(self, before: datetime | None = None) -> Iterator[str]:
        """The ids of the files here, unfinished ones among them; only of those written before that time, if given.

        A younger file may belong to an upload that is under way in another thread.
        """
        ids = set()
        for entry in self._folder.iterdir() if self._folder.is_dir() else ():
            match = _FILE.fullmatch(entry.name)
            if match and (before is None or _written_at(entry) < before):
                ids.add(match["id"])
        yield from sorted(ids)

    def _path(self, paper_id: str) -> Path:
        if not _ID.fullmatch(paper_id):
            raise ValueError("an id of a file is 1 to 64 letters, digits, - and _")
        return self._folder / (paper_id + SUFFIX)


def _written_at(path: Path) -> datetime:
    """When the file was last written; for one that has gone meanwhile, the end of all time."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, CHINA_TIME)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=CHINA_TIME)


def _problem(fault: OSError) -> Exception:
    if fault.errno in NO_ROOM:
        return FilingProblem("store_full")
    return FilingProblem("store_read_only") if fault.errno in NO_WRITING else fault
