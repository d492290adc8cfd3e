"""A turn as every channel plays it: once for each message, kept in the history, answered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import asdict
from datetime import datetime
from time import perf_counter
from typing import Any

from server.assistant import Assistant, Exchange, NotReady
from server.listening import Listening
from server.locks import ConversationLocks
from server.open_lines import OpenLines
from server.sessions import FOLLOWS_FOR
from server.verdicts import Verdict
from server.workers import Workers
from services import bootstrap
from services.conversation_store import ConversationStore

MOST_GONE = 10_000
RESTARTED = {"type": "restarted"}  # what a page is told whose conversation is gone


class ConversationGone(Exception):
    """Another page of the same person has just begun anew."""


class Chat:
    """Plays turns and keeps what was said; `listening` takes note of what they came to."""

    def __init__(
        self, assistant: Assistant | Workers, store: ConversationStore, listening: Listening | None = None
    ) -> None:
        self.assistant, self._store, self._listening = assistant, store, listening
        self._locks = ConversationLocks()
        self.lines = OpenLines()
        self._gone: OrderedDict[str, datetime] = OrderedDict()

    async def play(self, conversation: str, message: str, client_id: str | None = None) -> list[dict[str, Any]]:
        """The bubbles of this turn: the person's own (masked) and the replies. Raises NotReady, ConversationGone.

        A message whose `client_id` has come before is not played again: its bubbles come back as they were.
        """
        # Looking up, playing and keeping belong together: the same message may come over two lines at once.
        async with self._locks.of(conversation):
            if self._is_gone(conversation):
                raise ConversationGone
            played = await asyncio.to_thread(self._played, conversation, client_id) if client_id else None
            return played or await self._play(conversation, message, client_id)

    async def _play(self, conversation: str, message: str, client_id: str | None) -> list[dict[str, Any]]:
        begun = perf_counter()
        try:
            exchange = await self.assistant.handle(conversation, message)
        except Exception as fault:
            if self._listening and not isinstance(fault, NotReady):
                await asyncio.to_thread(self._listening.failed, conversation, begun)
            raise
        own = {"from": "user", "text": exchange.shown, **_insured(exchange.insured_region)}
        if client_id:
            own["client_id"] = client_id
        bubbles = [own, *({"from": "bot", **reply} for reply in exchange.replies)]
        return await asyncio.to_thread(self._keep, conversation, exchange, bubbles, begun)

    def _keep(
        self, conversation: str, exchange: Exchange, bubbles: list[dict[str, Any]], begun: float
    ) -> list[dict[str, Any]]:
        """The bubbles as they are kept; what they came to is noted."""
        if exchange.erases:
            kept = self._erase(conversation, bubbles)
        else:
            kept = self._store.append(conversation, bubbles, bootstrap.now())
        if self._listening:
            self._listening.played(conversation, exchange, kept, begun)
        return kept

    def _erase(self, conversation: str, bubbles: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Deletes for good all that was said; these last bubbles are shown and kept nowhere."""
        seq, at = self._store.last_seq(conversation), bootstrap.now().isoformat()
        self.assistant.forget(conversation)
        self._store.erase(conversation)
        if self._listening:
            self._listening.erased(conversation)
        return [{**bubble, "seq": seq + n, "at": at} for n, bubble in enumerate(bubbles, 1)]

    async def forget(self, conversation: str) -> None:
        """Deletes what was said, what the dialogue knows of it and the filing that was not handed in."""
        async with self._locks.of(conversation):
            await asyncio.to_thread(bootstrap.filings().forget, conversation)
            self.assistant.forget(conversation)
            await asyncio.to_thread(self._store.erase, conversation)
            if self._listening:
                await asyncio.to_thread(self._listening.erased, conversation, "restart")
            self._left(conversation)

    def _left(self, conversation: str) -> None:
        """A message that was on its way from another page is not taken into a conversation that is gone."""
        self._gone[conversation] = bootstrap.now()
        self._gone.move_to_end(conversation)
        if len(self._gone) > MOST_GONE:
            self._gone.popitem(last=False)

    def _is_gone(self, conversation: str) -> bool:
        since = self._gone.get(conversation)
        return since is not None and bootstrap.now() - since < FOLLOWS_FOR

    def _played(self, conversation: str, client_id: str) -> list[dict[str, Any]] | None:
        seq = self._store.seq_of(conversation, client_id)
        if seq is None:
            return None
        later = self._store.since(conversation, seq - 1)
        replies = []
        for bubble in later[1:]:
            if bubble["from"] == "user":
                break
            replies.append(bubble)
        return [later[0], *replies]

    def history(self, conversation: str, after: int = 0) -> dict[str, Any]:
        """The history frame for a page that has seen up to `after`."""
        messages = self._store.since(conversation, after)
        judged = [asdict(Verdict(seq, *kept)) for seq, kept in self._store.feedback(conversation).items()]
        return {
            "type": "history", "messages": messages, "last_seq": self._store.last_seq(conversation), "feedback": judged,
        }

    def judge(self, conversation: str, given: Verdict) -> dict[str, Any]:
        """Keeps what the person thinks of one of the assistant's bubbles; what is then kept of it.

        Of anything else nothing is kept: its verdict is None.
        """
        entry = self._store.entry(conversation, given.seq)
        if entry and entry["from"] == "bot":
            self._store.set_feedback(conversation, given.seq, given.verdict, given.reason, bootstrap.now())
        verdict, reason = self._store.feedback(conversation).get(given.seq, (None, None))
        return {"type": "feedback", **asdict(Verdict(given.seq, verdict, reason))}


def _insured(region: str | None) -> dict[str, Any]:
    """Whose rules hold after a message, for the page to say so."""
    return {"insured": {"code": region, "name": bootstrap.answers().place_name(region)}} if region else {}
