"""What turns came to is noted, for the desk and for a monitor. It never costs anybody an answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

from server.assistant import Exchange
from server.metrics import Metrics, metrics
from server.outcomes import FAILED, TurnOutcome, outcome_of
from server.sessions import PAGE_PREFIX
from services import bootstrap
from services.consents import Consents
from services.question_log import QuestionLog, TurnRow

logger = logging.getLogger(__name__)
UNHEARD = ("fallback", "out_of_scope")
MAY_BE_A_NAME = re.compile(r"\s*[\u3400-\u9fff·]{2,4}\s*")  # a few characters and nothing else


class Listening:
    """Takes note of turns, and forgets conversations that are erased."""

    def __init__(self, log: QuestionLog, consents: Consents, metrics: Metrics, now: Callable[[], datetime]) -> None:
        self.log, self.consents, self._metrics, self._now = log, consents, metrics, now

    def played(
        self, conversation: str, exchange: Exchange, bubbles: Sequence[Mapping[str, Any]], begun: float
    ) -> None:
        """A turn that was answered; `bubbles` as they are kept, the person's own first."""
        seconds = perf_counter() - begun
        outcome = outcome_of(exchange.heard, exchange.replies)
        is_told = not exchange.erases and not (outcome.name in UNHEARD and MAY_BE_A_NAME.fullmatch(exchange.shown))
        place = (conversation, bubbles[0]["seq"]) if is_told else (None, None)
        self._note(conversation, outcome, seconds, exchange.shown, *place)

    def failed(self, conversation: str, begun: float) -> None:
        """A turn that broke off; nothing of it is kept."""
        self._note(conversation, FAILED, perf_counter() - begun, "", None, None)

    def erased(self, conversation: str, by: str = "erasure") -> None:
        """Nothing leads to the conversation any more, and nobody reads along.

        What was said is deleted before this: a fault here is told to the log and keeps nothing of it.
        """
        for forget in (lambda: self.consents.end(conversation, by), lambda: self.log.forget(conversation)):
            try:
                forget()
            except Exception as fault:  # noqa: BLE001 - one that fails must not keep the other from happening
                logger.error("a deleted conversation is still referred to: %s", type(fault).__name__)

    def _note(
        self, conversation: str, outcome: TurnOutcome, seconds: float, shown: str, kept_as: str | None, seq: int | None
    ) -> None:
        channel = "page" if conversation.startswith(PAGE_PREFIX) else "rest"
        row = TurnRow(
            self._now(), channel, outcome.name, outcome.region or "", outcome.topic or "", round(seconds * 1000, 1),
            conversation=kept_as, seq=seq,
        )
        try:
            self._metrics.turn(channel, outcome, seconds)
            self.log.note(row, shown)
        except Exception as fault:  # noqa: BLE001 - what is only counted must cost nobody an answer
            logger.error("a turn was not noted: %s", type(fault).__name__)


def open_listening() -> Listening:
    """What listens in this installation."""
    figures = metrics()
    figures.know_regions([code for code, _ in bootstrap.answers().covered_region_names()])
    figures.count_filings(bootstrap.filing_desk().counts)
    return Listening(bootstrap.question_log(), bootstrap.consents(), figures, bootstrap.now)
