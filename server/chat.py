"""A turn as every channel plays it: once for each message, kept in the history, answered."""

from __future__ import annotations

import asyncio
from typing import Any

from server.assistant import Assistant
from server.locks import ConversationLocks
from services import bootstrap
from services.conversation_store import ConversationStore


class Chat:
    """Plays turns and keeps what was said."""

    def __init__(self, assistant: Assistant, store: ConversationStore) -> None:
        self.assistant, self._store = assistant, store
        self._locks = ConversationLocks()

    async def play(self, conversation: str, message: str, client_id: str | None = None) -> list[dict[str, Any]]:
        """The bubbles of this turn: the person's own (masked) and the replies. Raises NotReady.

        A message whose `client_id` has come before is not played again: its bubbles come back as they were.
        """
        # Looking up, playing and keeping belong together: the same message may come over two lines at once.
        async with self._locks.of(conversation):
            played = await asyncio.to_thread(self._played, conversation, client_id) if client_id else None
            return played or await self._play(conversation, message, client_id)

    async def _play(self, conversation: str, message: str, client_id: str | None) -> list[dict[str, Any]]:
        exchange = await self.assistant.handle(conversation, message)
        own = {"from": "user", "text": exchange.shown, **({"client_id": client_id} if client_id else {})}
        bubbles = [own, *({"from": "bot", **reply} for reply in exchange.replies)]
        if exchange.erases:
            return await asyncio.to_thread(self._erase, conversation, bubbles)
        return await asyncio.to_thread(self._store.append, conversation, bubbles, bootstrap.now())

    def _erase(self, conversation: str, bubbles: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Deletes for good all that was said; these last bubbles are shown and kept nowhere."""
        seq, at = self._store.last_seq(conversation), bootstrap.now().isoformat()
        self.assistant.forget(conversation)
        self._store.erase(conversation)
        return [{**bubble, "seq": seq + n, "at": at} for n, bubble in enumerate(bubbles, 1)]

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
        return {"type": "history", "messages": messages, "last_seq": self._store.last_seq(conversation)}
