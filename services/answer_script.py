"""An answer as an agent hands it on: short sentences to read aloud, and plain text with sources."""

import re
from collections.abc import Iterator, Mapping

from rules_engine.fact_words import day_in_words
from services.questions import Answer

BREATH = 25  # characters that are read in one breath
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
CLAUSE = re.compile(r"(?:（[^）]*）?|[^，：（])+[，：]?")  # what stands in brackets stays together


def read_aloud(answer: Answer) -> tuple[str, ...]:
    """What to say to the caller, a breath at a time: the conclusion, what to do, the source, how old it is."""
    texts = (answer.conclusion, *answer.basis)
    return tuple(line for text in texts for sentence in SENTENCE.findall(text) for line in _breaths(sentence.strip()))


def _breaths(sentence: str) -> Iterator[str]:
    """The sentence, cut at commas where it is too long for one breath."""
    line = ""
    for clause in CLAUSE.findall(sentence) if len(sentence) > BREATH else [sentence]:
        if line and len(line) + len(clause) > BREATH:
            yield line
            line = ""
        line += clause
    if line:
        yield line


def with_citation(answer: Answer, title: str, frame: Mapping[str, str]) -> str:
    """The answer as plain text for a ticket or a message: place, topic, day, conclusion, what to do, full sources."""
    assert answer.decision is not None  # every Answer that Answers.ask gives has one
    in_short = frame["source"].format(sources=answer.sources)
    head = frame["copied_head"].format(region=answer.region_name, topic=title, day=day_in_words(answer.decision.on))
    sources = [
        frame["copied_source"].format(document=c.document, clause=c.article, issued=c.issued_in_full)
        for c in answer.citations
    ]
    said = [answer.conclusion or frame["open"], *(line for line in answer.basis if line != in_short)]
    return "\n".join([head, *said, *sources])
