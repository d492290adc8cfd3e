"""The entity ruler as the pipeline builds it, without a trained model."""

import pytest
import spacy

from understanding.build import build_ruler
from understanding.case_entities import entities_of
from understanding.normaliser import normalised


@pytest.fixture(scope="session")
def read(tmp_path_factory):
    """text → the closed entities of it."""
    folder = tmp_path_factory.mktemp("ruler") / "spacy_zh"
    build_ruler(folder)
    language = spacy.load(folder)

    def entities(text):
        text = normalised(text)
        found = [{"entity": e.label_, "start": e.start_char, "end": e.end_char} for e in language(text).ents]
        return entities_of(text, found)

    return entities
