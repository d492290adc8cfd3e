"""Rasa's ends joined inside one process: actions are called, not requested; replies are gathered whole."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that runs rasa-sdk's executor here."""

    def __init__(self) -> None:
        super().__init__(url="in-process", selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """The executor's result for Rasa's action call."""
        return await self._executor.run(json or {})


class WholeReplies(CollectingOutputChannel):
    """Gathers each utterance as one object {text?, buttons?, custom?}, as the page and REST want it.

    `responses`: the names of the responses that were used, which tell what the turn came to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.responses: list[str] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa for each utterance."""
        whole = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if "buttons" in whole:
            # A response's own buttons come before those of the action: 还不知道 would stand before a place to pick.
            whole["buttons"] = sorted(whole["buttons"], key=_says_unknown)
        self.messages.append({"recipient_id": recipient_id, **whole})
        if message.get("utter_action"):
            self.responses.append(str(message["utter_action"]))


def _says_unknown(button: dict[str, Any]) -> bool:
    return '"unknown": "unknown"' in button.get("payload", "")
