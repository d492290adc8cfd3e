"""All that a server of ours leaves behind: its files, its log, what it tells the dialogue and what people see again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marked_people import Marked, Traces
from own_process import OwnProcess

from server.sessions import Sessions
from services.conversation_store import ConversationStore
from services.secrets_box import kept_signing_secret, open_box

Files = dict[str, bytes]


def files_of(process: OwnProcess, label: str = "") -> Files:
    """What stands in its data folder and among its temporary files now, but for the model that it unpacked."""
    folders = (process.data_dir, process.temporary)
    found = [(folder, file) for folder in folders for file in folder.rglob("*") if file.is_file()]
    return {
        f"{label}{file.relative_to(folder).as_posix()}": file.read_bytes()
        for folder, file in found if "components" not in file.parts
    }


class LeftBehind:
    """To be made when the server has stopped."""

    def __init__(self, process: OwnProcess, people: list[Marked], earlier: Files) -> None:
        self.people, self.log, self.traces = people, process.log.read_bytes(), Traces(people)
        self.files = {**earlier, **files_of(process)}
        key = process.data_dir / "keys" / "filing.key"
        self.sessions = Sessions(kept_signing_secret(key))
        self._read_conversations(process.data_dir, key)

    def _read_conversations(self, data_dir: Path, key: Path) -> None:
        store = ConversationStore(data_dir / "conversations.db", open_box(key, may_create=False))
        self.conversations = store.conversations()
        self.events = {name: json.dumps(store.events(name), ensure_ascii=False) for name in self.conversations}
        self.shown = {name: _texts(store.since(name)) for name in self.conversations}
        store.close()

    def in_files(self) -> dict[str, list[str]]:
        """What was found, by file; no entry for a clean one."""
        return {name: found for name, content in self.files.items() if (found := self.traces.found_in(content))}

    def in_events(self) -> dict[str, list[str]]:
        """What was found among Rasa's events, by conversation."""
        return {name: found for name, events in self.events.items() if (found := self.traces.found_in(events))}

    def shown_to_others(self, owners: dict[str, list[Marked]]) -> dict[str, list[str]]:
        """What a conversation shows of people who are not its own, by conversation."""
        return {
            name: found for name, shown in self.shown.items()
            if (found := [label for label in self.traces.found_in(shown) if not _is_of(label, owners.get(name, []))])
        }


def _texts(bubbles: list[dict[str, Any]]) -> str:
    """Bubbles as they are shown; the client's own id of its message is shown to nobody."""
    return json.dumps([{**bubble, "client_id": ""} for bubble in bubbles], ensure_ascii=False)


def _is_of(label: str, people: list[Marked]) -> bool:
    return any(value in label.replace(" ", "") for person in people for value in person.values().values())
