"""Without the model the closed values are found where the pipeline's entity ruler finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from ruamel.yaml import YAML

from server.desk_entities import closed_values
from understanding.build import build_ruler
from understanding.case_entities import entities_of
from understanding.normaliser import normalised

DIALOGUES = Path(__file__).resolve().parents[1] / "conversations" / "dialogues"
MOST = 400


def said() -> list[str]:
    """What people say in the development dialogues, normalised."""
    found = []
    for file in sorted(DIALOGUES.glob("*.yml")):
        for dialogue in YAML(typ="safe").load(file)["dialogues"]:
            found += [normalised(str(turn["say"])) for turn in dialogue["turns"] if turn.get("say")]
    return found[:MOST]


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> spacy.Language:
    folder = tmp_path_factory.mktemp("ruler") / "spacy_zh"
    build_ruler(folder)
    return spacy.load(folder)


def test_what_people_say_is_read_as_the_pipeline_reads_it(ruler: spacy.Language):
    texts = said()
    assert len(texts) > 100
    for text in texts:
        found = [{"start": entity.start_char, "end": entity.end_char} for entity in ruler(text).ents]
        assert closed_values(text) == entities_of(text, found), text
