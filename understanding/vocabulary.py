"""The closed sets of words: read once from vocabulary.yml, the division table and the packs' terms."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from rules_engine import regions
from rules_engine.packs import PACKS_DIR, read_yaml

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.yml")
REGION, TERM, OFFICE = "region", "term", "office"
CLOSED_VALUES = "CaseEntities"  # the mark on entities whose value is from a closed set


def closed_entity(label: str, value: str, start: int, end: int) -> dict[str, Any]:
    """An entity whose value is from a closed set, and where its words stand."""
    return {"entity": label, "value": value, "start": start, "end": end, "extractor": CLOSED_VALUES}


@cache
def meanings() -> dict[str, tuple[tuple[str, str], ...]]:
    """What each phrase says: phrase → ((label, value), …), in the file's order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for label, values in YAML(typ="safe").load(VOCABULARY_FILE)["vocabulary"].items():
        for value, phrases in values.items():
            for phrase in phrases:
                found.setdefault(phrase.lower(), []).append((label, str(value)))
    for name, row in read_yaml(PACKS_DIR / "terms.yml")["terms"].items():
        for phrase in (name, *row.get("aliases", ())):
            found.setdefault(phrase.lower(), []).append((TERM, name))
    for path in sorted(PACKS_DIR.glob("regions/*/contacts.yml")):
        for row in read_yaml(path)["contacts"]:
            for phrase in row.get("said_as", ()):
                found.setdefault(phrase, []).append((OFFICE, row["name"]))
    return {phrase: tuple(said) for phrase, said in found.items()}


def region_names() -> tuple[str, ...]:
    """Every name of a place that the division table accepts."""
    return tuple(name.lower() for name, _ in regions.all_names())
