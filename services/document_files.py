"""Documents are made once: who asks again gets the same bytes, whatever fonts and programs have become."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from services.filing_records import FilingPaper, FilingProblem
from services.paper_files import PaperFiles

logger = logging.getLogger(__name__)


class DocumentFiles:
    """Filings' documents, sealed in files under their filing numbers."""

    def __init__(self, files: PaperFiles, make: Callable[[FilingPaper], bytes]) -> None:
        self._files, self._make = files, make
        self._one_at_a_time = threading.Lock()

    def of(self, paper: FilingPaper) -> bytes:
        """The document's bytes. Nothing is checked here: whoever has the paper may have the document.

        A full disk keeps nobody from their document; it is made again next time, from the same values.
        """
        filing_no = paper.view.filing_no
        with self._one_at_a_time:
            try:
                return self._files.get(filing_no)
            except FilingProblem:
                content = self._make(paper)
            try:
                self._files.put(filing_no, content)
            except FilingProblem as problem:
                logger.error("the document of %s was not kept: %s", filing_no, problem.code)
            return content

    def known(self, before: datetime) -> Iterator[str]:
        """The numbers of the filings whose documents were made before that time."""
        return self._files.known(before)

    def delete(self, filing_no: str) -> None:
        """Deletes the document, if there is one."""
        with self._one_at_a_time:
            self._files.delete(filing_no)
