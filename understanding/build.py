"""Builds what the pipeline reads from the packs and the division table: run before training.

    python -m understanding.build

Writes .build/jieba/words.txt (user dictionary) and .build/spacy_zh (a blank Chinese pipeline
with an entity ruler), and prints how many entries each holds.
"""

import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.pipeline import EntityRuler

from understanding.vocabulary import REGION, meanings, region_names

BUILD_DIR = Path(__file__).resolve().parent.parent / ".build"
WORD_FREQUENCY = 20_000  # above jieba's own entries, so that it does not cut through our words


def build_dictionary(folder: Path) -> int:
    """Writes jieba's user dictionary; how many words it holds. jieba wants a directory of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    words = sorted({*meanings(), *(name for name in region_names() if len(name) > 1)})
    lines = [f"{word} {WORD_FREQUENCY} n" for word in words if " " not in word]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def build_ruler(folder: Path) -> int:
    """Writes the spaCy pipeline; how many patterns its ruler holds. The longest match wins."""
    language = spacy.blank("zh")
    ruler = language.add_pipe("entity_ruler", config={"overwrite_ents": True})
    assert isinstance(ruler, EntityRuler)
    patterns: list[dict[str, Any]] = [{"label": said[0][0], "pattern": phrase} for phrase, said in meanings().items()]
    patterns += [{"label": REGION, "pattern": name} for name in region_names() if name not in meanings()]
    ruler.add_patterns(patterns)
    shutil.rmtree(folder, ignore_errors=True)
    language.to_disk(folder)
    return len(patterns)


def main() -> None:
    """Builds both."""
    print(f"jieba dictionary: {build_dictionary(BUILD_DIR / 'jieba')} words")
    print(f"spaCy entity ruler: {build_ruler(BUILD_DIR / 'spacy_zh')} patterns")


if __name__ == "__main__":
    main()
