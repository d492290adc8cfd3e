"""Stock Rasa on this project's data, as the yardstick: `rasa init`'s pipeline for Chinese, two servers, SQL trackers.

Its classifier learns from so many lines of each intent only, and for fewer epochs than usual: on all lines it trains
for hours, and how fast it answers hardly depends on either. What it answers is not looked at.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.turns import START_SECONDS, free_port
from rules_engine import regions

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".build" / "stock_rasa"
LINES_OF_AN_INTENT, EPOCHS, STORIES, SEED = 30, 20, 60, 7
CONFIG = f"""\
recipe: default.v1
assistant_id: stock
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {EPOCHS}
  - name: EntitySynonymMapper
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: UnexpecTEDIntentPolicy
    max_history: 5
    epochs: {EPOCHS}
  - name: TEDPolicy
    max_history: 5
    epochs: {EPOCHS}
"""
ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:{actions}/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: trackers.db
"""
RASA = (sys.executable, "-W", "ignore", "-m", "rasa")
QUIET = {**os.environ, "LOG_LEVEL": "ERROR", "PYTHONPATH": str(PROJECT), "RASA_TELEMETRY_ENABLED": "false"}


def trained() -> float | None:
    """Trains it unless it is there already; the seconds that took. CalledProcessError where Rasa gives up."""
    if (FOLDER / "models" / "stock.tar.gz").is_file():
        return None
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "data").mkdir(parents=True)
    for name in ("rules", "responses"):
        shutil.copytree(PROJECT / "data" / name, FOLDER / "data" / name)
    shutil.copy(PROJECT / "domain.yml", FOLDER)
    (FOLDER / "config.yml").write_text(CONFIG, encoding="utf-8")
    (FOLDER / "data" / "nlu.yml").write_text(_some_lines(), encoding="utf-8")
    (FOLDER / "data" / "stories.yml").write_text(_stories(), encoding="utf-8")
    began = time.monotonic()
    subprocess.run([*RASA, "train", "--fixed-model-name", "stock"], cwd=FOLDER, env=QUIET, check=True)
    return time.monotonic() - began


@contextmanager
def running() -> Iterator[tuple[str, list[int], float]]:
    """`rasa run` and `rasa run actions`, an empty store: the address, their processes, seconds to the first answer."""
    port, actions = free_port(), free_port()
    (FOLDER / "endpoints.yml").write_text(ENDPOINTS.format(actions=actions), encoding="utf-8")
    (FOLDER / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    for left in FOLDER.glob("trackers.db*"):
        left.unlink()
    data_dir = FOLDER / "var"
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir()
    began = time.monotonic()
    with open(FOLDER / "servers.log", "wb") as log:
        servers = [
            subprocess.Popen([*RASA, "run", *options], cwd=folder, env={**QUIET, "DATA_DIR": str(data_dir)},
                             stdout=log, stderr=log)
            for folder, options in (
                (PROJECT, ("actions", "-p", str(actions))),
                (FOLDER, ("-i", "127.0.0.1", "-p", str(port), "-m", "models/stock.tar.gz")),
            )
        ]
        try:
            url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
            _wait(url, began)
            yield url, [server.pid for server in servers], time.monotonic() - began
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(30)


def _wait(url: str, began: float) -> None:
    """Until it has answered once."""
    while time.monotonic() - began < START_SECONDS:
        try:
            if httpx.post(url, json={"sender": "first", "message": "去北京看病要备案吗"}, timeout=60).json():
                return
        except (httpx.TransportError, ValueError):
            pass
        time.sleep(0.5)
    raise SystemExit(f"stock Rasa was not ready within {START_SECONDS} s: {FOLDER / 'servers.log'}")


def _some_lines() -> str:
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.shared.nlu.training_data.training_data import TrainingData

    by_intent = defaultdict(list)
    for example in load_data(str(PROJECT / "data" / "nlu")).intent_examples:
        by_intent[example.get("intent")].append(example)
    drawn = random.Random(SEED)
    some = [drawn.sample(lines, min(len(lines), LINES_OF_AN_INTENT)) for _, lines in sorted(by_intent.items())]
    examples = [example for lines in some for example in lines]
    return str(TrainingData(examples, entity_synonyms=_codes_of_names()).nlu_as_yaml())


def _codes_of_names() -> dict[str, str]:
    """The actions take places by code: to stock Rasa a code is what a name is another word for."""
    names = {name for one in regions.all_regions() for name in (one.name, one.short_name)}
    return {name: regions.named(name)[0].code for name in sorted(names) if regions.named(name)}


def _stories() -> str:
    """Rules one after the other, three to a story: `rasa init` brings stories, and TED learns from nothing else."""
    from ruamel.yaml import YAML

    rules = [
        rule["steps"]
        for path in sorted((PROJECT / "data" / "rules").glob("*.yml"))
        for rule in YAML(typ="safe").load(path)["rules"]
        if [next(iter(step)) for step in rule["steps"]] == ["intent", "action"]
    ]
    drawn, lines = random.Random(SEED), ['version: "3.1"', "stories:"]
    for number in range(STORIES):
        lines += [f"  - story: talk {number}", "    steps:"]
        for steps in drawn.sample(rules, 3):
            lines += [f"      - {kind}: {name}" for step in steps for kind, name in step.items()]
    return "\n".join(lines) + "\n"
