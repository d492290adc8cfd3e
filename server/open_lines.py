"""The pages that have a conversation open now, so that what is said in one appears in the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 10  # a page that takes nothing for so long is gone, and asks for what it missed when it is back


class OpenLines:
    """Tells every page of a conversation; none of them has to wait for another."""

    def __init__(self) -> None:
        self._lines: dict[str, set[WebSocket]] = {}
        self._telling: set[asyncio.Task[None]] = set()

    @contextmanager
    def held(self, conversation: str, line: WebSocket) -> Iterator[None]:
        """The line is told of its conversation as long as this lasts."""
        lines = self._lines.setdefault(conversation, set())
        lines.add(line)
        try:
            yield
        finally:
            lines.discard(line)
            if not lines and self._lines.get(conversation) is lines:
                del self._lines[conversation]

    def tell(self, conversation: str, frame: Mapping[str, Any], but: WebSocket | None = None) -> None:
        """Sends the frame to the conversation's pages, except one that knows already."""
        for line in self._lines.get(conversation, set()) - {but}:
            task = asyncio.create_task(self._send(line, frame))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _send(self, line: WebSocket, frame: Mapping[str, Any]) -> None:
        try:
            await asyncio.wait_for(line.send_json(frame), PATIENCE_SECONDS)
        except (TimeoutError, WebSocketDisconnect, RuntimeError) as fault:
            logger.debug("a page was not told: %s", type(fault).__name__)  # it says hello when it is back
