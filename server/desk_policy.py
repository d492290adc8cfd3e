"""What the desk's answers are made with, built from the packs once; again when other packs are in use."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from server import desk_words
from server.desk_cards import DeskCards
from server.desk_reading import DeskReader
from server.fact_questions import call_120
from services import bootstrap
from services.answers import Answers
from services.provision_search_store import Cutter, ProvisionSearch
from understanding import slips


@dataclass(frozen=True)
class DeskPolicy:
    """Reads lines, draws cards, searches provisions: all from the same packs."""

    answers: Answers
    reader: DeskReader
    cards: DeskCards
    search: ProvisionSearch


_building = threading.Lock()
_built: list[DeskPolicy] = []


def desk_policy() -> DeskPolicy:
    """The desk's parts for the packs in use; the first call takes seconds, and those beside it wait for it."""
    answers = bootstrap.answers()
    with _building:
        if not _built or _built[0].answers is not answers:
            _built[:] = [_build(answers)]
        return _built[0]


def _build(answers: Answers) -> DeskPolicy:
    slips.prepare()
    desk_words.prepare()
    cutter = Cutter(desk_words.words_of, desk_words.initials_of)
    reader = DeskReader.open(answers.packs)
    reader.read("威海")  # reads the rest of what it needs
    call_120()
    search = ProvisionSearch(answers.packs, cutter, answers.topic_title)
    return DeskPolicy(answers, reader, DeskCards(answers, bootstrap.frame()), search)
