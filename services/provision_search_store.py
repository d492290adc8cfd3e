"""Full-text search over the provisions: an FTS5 index in memory. Whoever opens it says how words are cut."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Migrations

from rules_engine.packs import PackSet
from rules_engine.provisions import Provision, Version
from services.database import open_database
from services.policy_lookups import short_name_of

MOST_FOUND = 50
# One thing found in the title weighs as much as several in the text; the initials count least.
WEIGHTS = "0.0, 8.0, 3.0, 1.0"
LETTERS = re.compile("[a-z]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
migrations = Migrations("provision_search")


@migrations()
def create_index(db):  # type: ignore[no-untyped-def]
    """Words are kept as cut, with blanks between: FTS5's own tokenizers know no Chinese words."""
    db.execute("CREATE VIRTUAL TABLE provisions USING fts5(place UNINDEXED, title, text, initials)")


@dataclass(frozen=True)
class Cutter:
    """How texts are cut into words, and what a word's initials are."""

    words: Callable[[str], Sequence[str]]
    initials: Callable[[str], str]


@dataclass(frozen=True)
class Found:
    """A provision's version that was found, in which region."""

    region: str
    provision: Provision
    version: Version


class ProvisionSearch:
    """Finds provisions by words and by their initials."""

    def __init__(self, packs: PackSet, cutter: Cutter, topic_title: Callable[[str], str]) -> None:
        self.packs, self._cutter, self._lock = packs, cutter, threading.Lock()
        self._rows = [
            Found(region, provision, version)
            for region, provisions in packs.all_provisions.items()
            for provision in provisions for version in provision.versions
        ]
        self._initials: dict[str, Mapping[str, tuple[str, ...]]] = {}  # by text; no more than the packs hold
        self._db = open_database(None, migrations, sync="OFF")
        with self._db.conn:
            self._db.conn.executemany(
                "INSERT INTO provisions (rowid, place, title, text, initials) VALUES (?, ?, ?, ?, ?)",
                (self._indexed(number, found, topic_title) for number, found in enumerate(self._rows)),
            )

    def _indexed(
        self, number: int, found: Found, topic_title: Callable[[str], str]
    ) -> tuple[int, str, str, str, str]:
        names = (short_name_of(found.region), topic_title(found.provision.topic), found.provision.title)
        title, text = " ".join(names), "\n".join(texts_of(found))
        words = [*self._cutter.words(title), *self._cutter.words(text)]
        initials = dict.fromkeys(self._cutter.initials(word) for word in words if len(word) > 1)
        return number, found.region, self._cut(title), self._cut(text), " ".join(initials)

    def _cut(self, text: str) -> str:
        """Its words, and every pair of characters: what is cut otherwise in the query is found by its pairs."""
        return " ".join((*self._cutter.words(text), *_pairs(text)))

    def find(self, line: str, region: str | None, on: date) -> tuple[Found, ...]:
        """What holds on that day and has all the words, best first; any of the words, where nothing has all.

        Whatever is typed is looked for as words: nothing of it is taken for FTS5's query language.
        """
        words = list(dict.fromkeys(self._cutter.words(line)))
        for joint in (" AND ", " OR "):
            found = [one for one in self._matching(words, joint, region) if one.version.covers(on)]
            if found:
                return tuple(found[:MOST_FOUND])
        return ()

    def _matching(self, words: Iterable[str], joint: str, region: str | None) -> list[Found]:
        query = joint.join(_sought(word) for word in words)
        if not query:
            return []
        sql = f"SELECT rowid FROM provisions WHERE provisions MATCH ? ORDER BY bm25(provisions, {WEIGHTS}), rowid"
        with self._lock:
            numbers = [row[0] for row in self._db.conn.execute(sql, (query,))]
        return [self._rows[number] for number in numbers if region in (None, self._rows[number].region)]

    def sought(self, line: str) -> frozenset[str]:
        """The words of a line, for `marks`."""
        return frozenset(self._cutter.words(line))

    def marks(self, text: str, sought: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """Where in a text the words stand (as typed, or by their initials), joined and in order."""
        letters = [word for word in sought if LETTERS.fullmatch(word)]
        spelled = [word for one in letters for word in self._by_initials(text).get(one, ())]
        return _joined(span for word in (*sought, *spelled) for span in _places_of(word, text.lower()))

    def _by_initials(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """The words of a provision's text by their initials, found out once for each text."""
        if text not in self._initials:
            found: dict[str, dict[str, None]] = {}
            for word in self._cutter.words(text):
                if len(word) > 1:
                    found.setdefault(self._cutter.initials(word), {})[word] = None
            self._initials[text] = {letters: tuple(words) for letters, words in found.items()}
        return self._initials[text]


def texts_of(found: Found) -> tuple[str, ...]:
    """What a provision says in words, part by part; parts that it hasn't are left out."""
    words = found.version.wording
    parts = (words.says, *words.to_do, words.detail, found.provision.note, found.version.citation.article)
    return tuple(part for part in parts if part)


def _pairs(text: str) -> Iterator[str]:
    return (run[at:at + 2] for run in HAN.findall(text) for at in range(len(run) - 1))


def _sought(word: str) -> str:
    """A word as FTS5 looks for it, in quotation marks: by itself, or all of its pairs."""
    pairs = " AND ".join(f'"{pair}"' for pair in _pairs(word)) if len(word) > 2 else ""
    bare = word.replace('"', "")
    return f'("{bare}" OR ({pairs}))' if pairs else f'"{bare}"'


def _places_of(word: str, text: str) -> list[tuple[int, int]]:
    spans, at = [], text.find(word)
    while at >= 0:
        spans.append((at, at + len(word)))
        at = text.find(word, at + 1)
    return spans


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
