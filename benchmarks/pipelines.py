"""Pipelines side by side, on the same folds: `python -m benchmarks.pipelines [--folds 1] [--lines 45] [--only ours]`.

Each learns from two thirds of the drawn lines of every intent and hears the last third: intents right, places found
(F1; a place counts where its stretch and its role are right), median milliseconds a message, seconds of training, size.
All on a draw only: with all 34,000 lines DIET trains for hours. Results are kept in .build/pipelines, so that one more
pipeline need not train the others again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".build" / "pipelines"
SEED, FOLDS, EPOCHS = 7, 3, 20
QUIET = {**os.environ, "LOG_LEVEL": "ERROR", "PYTHONPATH": str(PROJECT), "RASA_TELEMETRY_ENABLED": "false",
         "TF_CPP_MIN_LOG_LEVEL": "3"}
JIEBA = {"name": "JiebaTokenizer", "dictionary_path": str(PROJECT / ".build/jieba")}
COUNTED = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
SPACY = {"name": "SpacyNLP", "model": str(PROJECT / ".build/spacy_zh")}
DIET = {"name": "DIETClassifier", "epochs": EPOCHS, "random_seed": SEED}
PIPELINES: dict[str, list[dict[str, Any]]] = {
    "stock DIET": [
        {"name": "JiebaTokenizer"}, {"name": "RegexFeaturizer"}, {"name": "LexicalSyntacticFeaturizer"}, *COUNTED, DIET,
    ],
    "DIET, spaCy's entities": [
        SPACY, JIEBA, {"name": "LexicalSyntacticFeaturizer"}, *COUNTED, {**DIET, "entity_recognition": False},
        {"name": "SpacyEntityExtractor"},
    ],
    "logistic regression, CRF": [
        JIEBA, {"name": "LexicalSyntacticFeaturizer"}, *COUNTED, {"name": "LogisticRegressionClassifier"},
        {"name": "CRFEntityExtractor"},
    ],
    "SVM on characters": [
        {"name": "understanding.normaliser.Normaliser"}, JIEBA,
        {"name": "benchmarks.plain_svm.PlainSvm"}, SPACY, {"name": "SpacyEntityExtractor"},
    ],
    "ours": [
        {"name": "understanding.normaliser.Normaliser"}, SPACY, JIEBA,
        {"name": "understanding.intent_classifier.IntentClassifier"}, {"name": "SpacyEntityExtractor"},
        {"name": "understanding.case_entities.CaseEntities"}, {"name": "understanding.place_roles.PlaceRoles"},
    ],
}
BOTH = "ours and logistic, averaged"


def folds(lines: int) -> list[tuple[list[Any], list[Any]]]:
    """What to learn from and what to hear, for each fold; Rasa's messages."""
    from rasa.shared.nlu.training_data.loading import load_data

    by_intent = defaultdict(list)
    for example in load_data(str(PROJECT / "data" / "nlu")).intent_examples:
        by_intent[example.get("intent")].append(example)
    drawn = random.Random(SEED)
    drawn_of = [drawn.sample(found, min(lines, len(found))) for _, found in sorted(by_intent.items())]
    return [
        ([one for found in drawn_of for n, one in enumerate(found) if n % FOLDS != fold],
         [one for found in drawn_of for one in found[fold::FOLDS]])
        for fold in range(FOLDS)
    ]


def measured(name: str, fold: int, lines: int) -> dict[str, Any]:
    """The figures of one pipeline on one fold, with every ranking; trained unless they are kept already."""
    folder = FOLDER / f"{name.replace(' ', '_').replace(',', '')}_{fold}_{lines}"
    kept = folder / "measured.json"
    if not kept.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.pipelines", "--one", name, "--fold", str(fold),
             "--lines", str(lines), "--folder", str(folder)],
            cwd=PROJECT, env=QUIET, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def measure(name: str, fold: int, lines: int, folder: Path) -> None:
    """Trains and hears, in this process; leaves measured.json in the folder."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.shared.nlu.training_data.training_data import TrainingData

    learnt, heard = folds(lines)[fold]
    config, data = folder / "config.yml", folder / "nlu.yml"
    whole = {"recipe": "default.v1", "assistant_id": "bench", "language": "zh", "pipeline": PIPELINES[name]}
    with config.open("w") as file:
        YAML().dump(whole, file)
    data.write_text(TrainingData(learnt).nlu_as_yaml(), encoding="utf-8")
    began = time.perf_counter()
    model = train_nlu(str(config), str(data), str(folder), fixed_model_name="model")
    trained = time.perf_counter() - began
    assert model
    result = asyncio.run(_heard(Agent.load(model), heard))
    figures = {"training": trained, "size": Path(model).stat().st_size, **result}
    (folder / "measured.json").write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


async def _heard(agent: Any, examples: Sequence[Any]) -> dict[str, Any]:
    """Rankings, seconds a message, and how many places were found, meant and rightly found."""
    rankings, seconds, places = [], [], [0, 0, 0]
    for example in examples:
        began = time.perf_counter()
        parsed = await agent.parse_message(example.get("text"))
        seconds.append(time.perf_counter() - began)
        rankings.append({row["name"]: row["confidence"] for row in parsed["intent_ranking"]})
        meant = {_place(one) for one in example.get("entities") or []}
        found = {_place(one) for one in parsed["entities"] if one["entity"] == "region"}
        places = [n + m for n, m in zip(places, (len(found), len(meant), len(found & meant)), strict=True)]
    wanted = [example.get("intent") for example in examples]
    return {"wanted": wanted, "rankings": rankings, "seconds": seconds, "places": places}


def _place(entity: Mapping[str, Any]) -> tuple[int, int, str | None]:
    return entity["start"], entity["end"], entity.get("role")


def accuracy(wanted: Sequence[str], rankings: Sequence[Mapping[str, float]]) -> float:
    """The share of messages whose first intent is right."""
    first = [max(ranking, key=ranking.__getitem__) for ranking in rankings]
    return statistics.mean(one == want for one, want in zip(first, wanted, strict=True))


def averaged(one: Sequence[Mapping[str, float]], other: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Rankings by the mean confidence of two."""
    return [{name: a.get(name, 0) + b.get(name, 0) for name in {*a, *b}} for a, b in zip(one, other, strict=True)]


def row(name: str, found: Sequence[Mapping[str, Any]]) -> str:
    """A line of the table: means over the folds."""
    right = statistics.mean(accuracy(one["wanted"], one["rankings"]) for one in found)
    f1 = statistics.mean(2 * one["places"][2] / max(1, one["places"][0] + one["places"][1]) for one in found)
    wait = statistics.median(second for one in found for second in one["seconds"]) * 1e3
    training, size = (statistics.mean(one[key] for one in found) for key in ("training", "size"))
    return f"| {name} | {right:.1%} | {f1:.3f} | {wait:.1f} | {training:.0f} | {size / 1e6:.0f} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Pipelines side by side")
    parser.add_argument("--folds", type=int, default=1, choices=range(1, FOLDS + 1))
    parser.add_argument("--lines", type=int, default=45, help="drawn of each intent")
    parser.add_argument("--only", nargs="+", choices=PIPELINES, default=list(PIPELINES))
    parser.add_argument("--one", choices=PIPELINES, help=argparse.SUPPRESS)
    parser.add_argument("--fold", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.fold, options.lines, options.folder)
        return
    print("| pipeline | intents right | places, F1 | ms a message | training, s | MB |\n|---|---|---|---|---|---|")
    found = {}
    for name in options.only:
        found[name] = [measured(name, fold, options.lines) for fold in range(options.folds)]
        print(row(name, found[name]), flush=True)
    if {"ours", "logistic regression, CRF"} <= set(found):
        pairs = zip(found["ours"], found["logistic regression, CRF"], strict=True)
        right = statistics.mean(
            accuracy(one["wanted"], averaged(one["rankings"], other["rankings"])) for one, other in pairs
        )
        print(f"| {BOTH} | {right:.1%} | as ours | both | both | both |")


if __name__ == "__main__":
    main()
