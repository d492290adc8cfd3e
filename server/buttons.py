"""Buttons' payloads on their way out and in: opaque, signed, good for one conversation only.

A person can type anything; a command comes only from a payload that this server signed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

PAYLOAD_PREFIX = "btn:"
WITH_LINES = ("review", "commitment_letter")
COMMAND = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?", re.DOTALL)


@dataclass(frozen=True)
class Press:
    """A pressed button: what it said and what it means."""

    title: str
    intent: str
    entities: dict[str, str]


class ButtonSigner:
    """Signs payloads with a secret of this installation."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="buttons")

    def sealed(self, conversation: str, title: str, command: str) -> str:
        """The payload to send out."""
        return PAYLOAD_PREFIX + str(self._serializer.dumps([conversation, title, command]))

    def opened(self, conversation: str, payload: str) -> Press | None:
        """What was pressed; None for anything that this server did not sign for this conversation."""
        if not payload.startswith(PAYLOAD_PREFIX):
            return None
        try:
            owner, title, command = self._serializer.loads(payload.removeprefix(PAYLOAD_PREFIX))
        except BadSignature:
            return None
        match = COMMAND.fullmatch(command)
        if owner != conversation or match is None:
            return None
        return Press(title, match["intent"], json.loads(match["entities"] or "{}"))

    def seal_all(self, conversation: str, reply: dict[str, Any]) -> dict[str, Any]:
        """The reply with every command in it sealed: its buttons, the ways to edit lines, a filing's actions."""
        sealed = dict(reply)
        if "buttons" in reply:
            sealed["buttons"] = self._sealed_buttons(conversation, reply["buttons"])
        custom = reply.get("custom") or {}
        if custom.get("kind") in WITH_LINES:
            lines = [self._sealed_line(conversation, line) for line in custom["fields"]]
            sealed["custom"] = {**custom, "fields": lines}
        if custom.get("kind") == "filing":
            sealed["custom"] = {**custom, "actions": self._sealed_buttons(conversation, custom["actions"])}
        return sealed

    def _sealed_buttons(self, conversation: str, buttons: list[dict[str, str]]) -> list[dict[str, str]]:
        return [
            {"title": b["title"], "payload": self.sealed(conversation, b["title"], b["payload"])} for b in buttons
        ]

    def _sealed_line(self, conversation: str, line: dict[str, str]) -> dict[str, str]:
        """A line of a review or letter; one that can't be changed has no payload."""
        if "edit_payload" not in line:
            return line
        return {**line, "edit_payload": self.sealed(conversation, f"改{line['title']}", line["edit_payload"])}
