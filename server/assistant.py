"""The assistant as every channel uses it: a conversation and a message in, replies out.

Hosts the Rasa Agent in this process.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore

from server.buttons import PAYLOAD_PREFIX, ButtonSigner
from server.in_process import InProcessActions, WholeReplies
from server.lighter_rasa import lighten
from server.outcomes import NOTHING_HEARD, Heard
from server.pasted import turn_from_paste
from server.tracker_store import AppendingTrackerStore
from server.turns import SoFar, Turn, closed, is_drawing, turn_from_button, turn_from_text, typed_text
from services.conversation_store import ConversationStore
from services.filings import Filings

logger = logging.getLogger(__name__)
LONGEST_INPUT = 400_000  # a drawn signature


class NotReady(Exception):
    """The model is still being loaded."""


class TurnFailed(Exception):
    """An action broke off: Rasa logs that and goes on silently, the person must hear of it."""


def loaded_agent(model: Path) -> Agent:
    """Rasa with this model, keeping no conversations yet; takes seconds. Raises what Rasa raises for a broken model."""
    lighten()
    agent = Agent.load(str(model), action_endpoint=InProcessActions(), lock_store=InMemoryLockStore())
    if agent.processor is None:
        raise RuntimeError(f"no usable model at {model}: run `make model` and read its output")
    # Model, packs and tables stay for good: left out of what Python's collector goes through again and again.
    gc.collect()
    gc.freeze()
    return agent


@dataclass(frozen=True)
class Exchange:
    """One turn as a channel shows it: the message (masked), the replies, and whose rules hold from here on.

    `heard` is for counting.
    """

    shown: str
    replies: list[dict[str, Any]]
    insured_region: str | None = None
    heard: Heard = NOTHING_HEARD

    @property
    def erases(self) -> bool:
        """Whether the person has just had all of the conversation deleted: nothing of it may be kept."""
        return any(reply.get("custom", {}).get("kind") == "erased" for reply in self.replies)


class Assistant:
    """Understands, answers, files; keeps private words out of the dialogue."""

    def __init__(
        self, model: Path, filings: Filings, store: ConversationStore, signer: ButtonSigner
    ) -> None:
        self._model, self._filings, self._store, self._signer = model, filings, store, signer
        self._agent: Agent | None = None
        self._trackers: AppendingTrackerStore | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can talk."""
        return self._agent is not None

    def load(self, agent: Agent | None = None) -> None:
        """Loads the model, or takes up an `agent` that has it; takes seconds. Raises what Rasa raises for a broken one.

        The agent is this assistant's from then on.
        """
        agent = agent or loaded_agent(self._model)
        assert agent.processor
        self._trackers = AppendingTrackerStore(agent.domain, self._store)
        agent.tracker_store = agent.processor.tracker_store = self._trackers
        self._agent = agent

    async def handle(self, conversation: str, message: str) -> Exchange:
        """The turn of one message (a text, or the payload of a button of ours). Raises NotReady.

        The caller sees to it that a conversation's turns come one after the other (server/chat.py).
        """
        if self._agent is None:
            raise NotReady
        turn = await self._turn(conversation, message[:LONGEST_INPUT])
        said, responses = await self._talk(conversation, turn)
        replies = [{"text": note} for note in turn.notes] + said
        sealed = [self._signer.seal_all(conversation, reply) for reply in replies]
        heard = await self._heard(conversation, turn, responses)
        return Exchange(turn.shown, sealed, heard.region, heard)

    async def parsed(self, text: str) -> Mapping[str, Any]:
        """What the model makes of a text, outside any conversation; nothing of it is kept. Raises NotReady."""
        if self._agent is None or self._agent.processor is None:
            raise NotReady
        parsed: Mapping[str, Any] = await self._agent.processor.parse_message(UserMessage(typed_text(text)))
        return parsed

    def forget(self, conversation: str) -> None:
        """Forgets what the dialogue knows of the conversation; what is on disk is the caller's to erase."""
        if self._trackers:
            self._trackers.forget_live(conversation)

    async def _turn(self, conversation: str, message: str) -> Turn:
        press = self._signer.opened(conversation, message)
        if press:
            return turn_from_button(press.intent, press.entities, press.title)
        if message.startswith(PAYLOAD_PREFIX):
            return Turn("nlu_fallback", "（这个按钮已经失效）")
        draft = await asyncio.to_thread(self._filings.find_draft, conversation)
        assert self._agent and self._agent.processor
        said = typed_text(message)
        parsed = await self._agent.processor.parse_message(UserMessage("" if is_drawing(said) else said))
        pasted = turn_from_paste(message, parsed) if draft is None or draft.state != "open" else None
        if pasted:
            return pasted
        turn = turn_from_text(said, parsed, draft, await self._so_far(conversation))
        if turn.private_text is not None:
            token = await asyncio.to_thread(self._filings.keep, conversation, turn.private_text)
            turn.entities.append(closed("field_token", token))
        return turn

    async def _so_far(self, conversation: str) -> SoFar:
        """What the talk was about before this message."""
        assert self._trackers
        tracker = await self._trackers.retrieve(conversation)
        if tracker is None:
            return SoFar()
        before = tracker.latest_message
        return SoFar(
            before.intent.get("name") if before else None, tracker.get_slot("topic"), tracker.get_slot("awaits_yes"),
            tracker.get_slot("looked_up_no"), begins_filing=tracker.get_slot("task") is not None,
        )

    async def _heard(self, conversation: str, turn: Turn, responses: list[str]) -> Heard:
        """What the dialogue took the message for, and by whose rules is answered; None before that is known."""
        assert self._trackers
        tracker = await self._trackers.retrieve(conversation)
        topic, region = (tracker.get_slot(slot) if tracker else None for slot in ("topic", "insured_region"))
        return Heard(turn.intent, tuple(responses), topic, region)

    async def _talk(self, conversation: str, turn: Turn) -> tuple[list[dict[str, Any]], list[str]]:
        """Runs the dialogue for the turn: what it says, and the names of the responses it used.

        A failed turn leaves nothing half-done in the live tracker.
        """
        assert self._agent and self._trackers
        parse_data = turn.parse_data()
        channel = WholeReplies()
        message = UserMessage(parse_data["text"], channel, conversation, parse_data=parse_data, input_channel="server")
        try:
            await self._agent.handle_message(message)
            if not channel.messages:
                raise TurnFailed(f"no reply to {turn.intent}; the log above names the action's fault")
        except BaseException:
            self._trackers.forget_live(conversation)
            raise
        said = [{key: value for key, value in reply.items() if key != "recipient_id"} for reply in channel.messages]
        return said, channel.responses
