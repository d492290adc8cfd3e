"""Measures a trained model's understanding on utterances that it was not trained on, and on what is none of ours.

    python -m scripts.measure_understanding [--model models/assistant.tar.gz] [--out results/understanding.md]

Prints, as Markdown: accuracy by topic and what is taken for what; what each kind of noise costs (scripts/noise.py);
whether confidence can be trusted, and thresholds; what is answered that shouldn't be and turned away that should not;
what the repair of slips changes. A message counts as the dialogue gets it: by Agent.parse_message, fallback included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from server import quiet

quiet.keep_library_warnings_off_the_terminal()

from rasa.core.agent import Agent  # noqa: E402 - after the line above, on purpose
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402
from ruamel.yaml import YAML  # noqa: E402

from scripts.accuracy import Pairs, accuracy_lines, group_lines, noise_lines  # noqa: E402
from scripts.calibration import calibration_lines  # noqa: E402
from scripts.hearing import Heard, hear, hear_out_of_scope, hear_utterances  # noqa: E402
from scripts.noise import KINDS, noisy  # noqa: E402
from scripts.scope import is_ours, scope_lines, taken_up  # noqa: E402
from scripts.slip_repair import slip_lines  # noqa: E402
from scripts.thresholds import bands_lines, threshold_lines  # noqa: E402
from server.logs import keep_words_out_of_logs  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
HELD_OUT = ROOT / "tests" / "held_out"
SEEDS = (2026, 2027, 2028)  # each message is made noisy so many times
FALLBACK_CLASSIFIER = "FallbackClassifier"


def fallback_thresholds(config: Path = ROOT / "config.yml") -> tuple[float, float]:
    """The fallback's threshold and its threshold of ambiguity, as the model has them."""
    pipeline = YAML(typ="safe").load(config)["pipeline"]
    fallback = next(part for part in pipeline if part["name"] == FALLBACK_CLASSIFIER)
    return float(fallback["threshold"]), float(fallback["ambiguity_threshold"])


async def under_noise(agent: Agent, clean: Sequence[Heard], kind: str) -> Pairs:
    """The messages that this noise changes, each as it was said and with the noise, by as many chances as SEEDS."""
    made = {(one, noisy(one.text, kind, seed)): None for one in clean for seed in SEEDS}
    return [
        (one, replace(await hear(agent, text, one.wanted), region=one.region, style=one.style))
        for one, text in made if text != one.text
    ]


def trained_on() -> list[str]:
    """The training lines, each once."""
    return list(dict.fromkeys(one.get("text") for one in load_data(str(ROOT / "data" / "nlu")).intent_examples))


async def report(model: Path, utterances: Path, out_of_scope: Path) -> list[str]:
    """The lines of the report."""
    agent = Agent.load(str(model))
    clean = await hear_utterances(agent, utterances)
    noise = {kind: await under_noise(agent, clean, kind) for kind in KINDS}
    strangers = await hear_out_of_scope(agent, out_of_scope)
    ours = [one for one in clean if is_ours(one)]
    foreign = [*strangers, *(replace(one, kind=utterances.name) for one in clean if not is_ours(one))]
    missing = [] if strangers else [f"没有 {out_of_scope.name}：无关的话只有 {utterances.name} 里的。", ""]
    return [
        "# 听得懂多少", "", f"模型 {model}，留出来的 {len(clean)} 句，无关的话 {len(foreign)} 句。", "",
        "## 一、原句", "", *accuracy_lines(clean),
        "## 二、说得不规整", "", *noise_lines(noise, len(clean)), *group_lines(clean, noise),
        "## 三、把握准不准", "", *missing, *calibration_lines(clean), *bands_lines(clean, foreign),
        *threshold_lines(ours, foreign, *fallback_thresholds()),
        "## 四、无关的话", "", *missing, *scope_lines(ours, foreign, await taken_up([one.text for one in foreign])),
        "## 五、改同音字", "", *slip_lines({"训练例句": trained_on(), "留出来的": [one.text for one in clean]}),
    ]


def main() -> None:
    """Prints the report and writes it to a file."""
    parser = argparse.ArgumentParser(description="量一量听得懂多少")
    parser.add_argument("--model", type=Path, default=Path("models/assistant.tar.gz"))
    parser.add_argument("--utterances", type=Path, default=HELD_OUT / "utterances.yml")
    parser.add_argument("--out-of-scope", type=Path, default=HELD_OUT / "out_of_scope.yml")
    parser.add_argument("--out", type=Path, default=Path("results/understanding.md"))
    options = parser.parse_args()
    missing = [str(path) for path in (options.model, options.utterances) if not path.is_file()]
    if missing:
        parser.error(f"没有这个文件：{'、'.join(missing)}")
    keep_words_out_of_logs()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        lines = asyncio.run(report(options.model, options.utterances, options.out_of_scope))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
