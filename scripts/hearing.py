"""How a trained model hears messages: what the dialogue really gets, the fallback included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data
from ruamel.yaml import YAML

from server.meaning import FALLBACK, ONLY_IN_A_FILING, OUT_OF_SCOPE, meaning_of

OPEN = "unclear"  # the role of a place that could be either


@dataclass(frozen=True)
class Place:
    """A place that was named: its role, and the one it was heard with. None: named in no role; "": not heard at all."""

    wanted: str | None
    heard: str | None


@dataclass(frozen=True)
class Heard:
    """A message and what it was heard as.

    `intent`: what Rasa hands to the dialogue; `ranking`: the classifier's own, without the fallback; `acted_on`: what
    server/meaning.py makes of it, with nothing said before; `kind`: of a message out of scope; `region` and `style`:
    where it is labelled with whose rules it asks for and how it is said.
    """

    text: str
    wanted: str
    intent: str
    ranking: tuple[tuple[str, float], ...] = ()
    acted_on: str = ""
    places: tuple[Place, ...] = ()
    kind: str = ""
    region: str = ""
    style: str = ""

    @property
    def is_right(self) -> bool:
        return self.intent == self.wanted

    @property
    def nearest(self) -> str:
        """The likeliest intent, however unlikely it is."""
        return self.ranking[0][0] if self.ranking else FALLBACK

    @property
    def confidence(self) -> float:
        """That of the likeliest intent, 0 to 1."""
        return self.ranking[0][1] if self.ranking else 0.0


async def hear(agent: Agent, text: str, wanted: str, places: Iterable[Mapping[str, Any]] = ()) -> Heard:
    """The message as that model hears it; `places` are its annotated ones."""
    parsed = await agent.parse_message(text)
    rows = [row for row in parsed.get("intent_ranking", ()) if row["name"] and row["name"] != FALLBACK]
    return Heard(
        text, wanted, str(parsed["intent"]["name"] or FALLBACK),
        tuple((str(row["name"]), float(row["confidence"])) for row in rows),
        meaning_of(parsed, has_draft=wanted in ONLY_IN_A_FILING).intent,
        tuple(Place(place.get("role"), role_heard(place, parsed["entities"])) for place in places),
    )


def role_heard(place: Mapping[str, Any], entities: Iterable[Mapping[str, Any]]) -> str | None:
    """The role that an annotated place was heard with, None where it is open; "" where no place was heard there."""
    there = (e for e in entities
             if e["entity"] == "region" and e["start"] < place["end"] and place["start"] < e["end"])
    first = next(there, None)
    return "" if first is None else first.get("role")


async def hear_utterances(agent: Agent, path: Path) -> list[Heard]:
    """Every message of a file of Rasa's, or of {text, intent, region, style, places: {name: role}}."""
    labelled = YAML(typ="safe").load(path).get("utterances")
    if labelled is None:
        examples = load_data(str(path)).intent_examples
        return [await hear(agent, one.get("text"), one.get("intent"), one.get("entities") or ()) for one in examples]
    return [
        replace(await hear(agent, row["text"], row["intent"], _places(row)), region=row["region"], style=row["style"])
        for row in labelled
    ]


def _places(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where each labelled place stands, with its role; without one where the message leaves it open."""
    starts = {name: row["text"].index(name) for name in row.get("places", {})}
    return [
        {"start": start, "end": start + len(name), **({"role": role} if role != OPEN else {})}
        for (name, start), role in zip(starts.items(), row.get("places", {}).values(), strict=True)
    ]


async def hear_out_of_scope(agent: Agent, path: Path) -> list[Heard]:
    """Every message of a file of {text, kind}: none of them is ours to answer. [] where there is no such file."""
    rows = YAML(typ="safe").load(path)["utterances"] if path.is_file() else []
    return [replace(await hear(agent, str(row["text"]), OUT_OF_SCOPE), kind=str(row["kind"])) for row in rows]
