"""A conversation as an agent sees it who reads along: what was said, with places masked, and no button that works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.privacy import masked
from services.place_masking import mask_places

# What these say stands in the documents: offices, their streets and telephones are for everybody.
FROM_DOCUMENTS = frozenset({"answer", "side_by_side", "cost", "cost_text", "cost_note"})


def transcript(bubbles: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The bubbles in order, each with number, time, who said it, text, what kind it is, and titles of its buttons."""
    shown, before = [], ""
    for bubble in bubbles:
        kind = str(bubble.get("custom", {}).get("kind", ""))
        # The plain bubble behind an answer tells what it rests on.
        is_public = bubble["from"] == "bot" and (kind in FROM_DOCUMENTS or (not kind and before in FROM_DOCUMENTS))
        text = str(bubble.get("text", ""))
        shown.append({
            "seq": bubble["seq"], "at": bubble["at"], "from": bubble["from"], "kind": kind,
            "text": text if is_public else mask_places(masked(text)),
            "status": str(bubble.get("custom", {}).get("status", "")) if kind == "answer" else "",
            "buttons": [mask_places(masked(str(button["title"]))) for button in bubble.get("buttons", ())],
        })
        before = kind
    return shown
