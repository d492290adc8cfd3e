"""What changed in understanding from one model to another, on utterances that neither was trained on.

    python -m scripts.compare_models before.tar.gz after.tar.gz [--utterances tests/held_out/utterances.yml]

Prints how many are heard right by each and by intent where it differs, each utterance that became right or wrong,
and each that is wrong in another way. Exits with 1 when fewer are right than before.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from server import quiet

quiet.keep_library_warnings_off_the_terminal()

from rasa.core.agent import Agent  # noqa: E402 - after the line above, on purpose
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402


@dataclass(frozen=True)
class Heard:
    """One utterance: what it means, what each model heard, how sure each was (0 to 1)."""

    text: str
    wanted: str
    before: str
    after: str
    sure_before: float
    sure_after: float


def report(heard: Sequence[Heard]) -> list[str]:
    """The lines of the report."""
    before, after = (sum(map(right, heard)) for right in (_right_before, _right_after))
    lines = [f"听对：{before} → {after}，共{len(heard)}句（{before / len(heard):.1%} → {after / len(heard):.1%}）"]
    total = Counter(one.wanted for one in heard)
    gained = Counter(one.wanted for one in heard if _right_after(one))
    gained.subtract(one.wanted for one in heard if _right_before(one))
    lines += [f"  {intent}：{change:+d}，共{total[intent]}句" for intent, change in sorted(gained.items()) if change]
    lines += _listed("听对了的", [one for one in heard if _right_after(one) and not _right_before(one)])
    lines += _listed("听错了的", [one for one in heard if _right_before(one) and not _right_after(one)])
    still = [one for one in heard if one.before != one.after and not _right_before(one) and not _right_after(one)]
    return [*lines, *_listed("换了一种错法的", still)]


def is_worse(heard: Iterable[Heard]) -> bool:
    """Whether fewer are right than before."""
    return sum(_right_after(one) - _right_before(one) for one in heard) < 0


def _right_before(one: Heard) -> bool:
    return one.before == one.wanted


def _right_after(one: Heard) -> bool:
    return one.after == one.wanted


def _listed(title: str, found: Sequence[Heard]) -> list[str]:
    rows = [
        f"  {one.text}\n    {one.before} {one.sure_before:.2f} → {one.after} {one.sure_after:.2f}，应为 {one.wanted}"
        for one in found
    ]
    return [f"{title}：{len(found)}句", *rows]


async def parsed(model: Path, texts: Iterable[str]) -> list[tuple[str, float]]:
    """Intent and confidence of each text by that model."""
    agent = Agent.load(str(model))
    intents = [(await agent.parse_message(text))["intent"] for text in texts]
    return [(str(intent["name"]), float(intent["confidence"])) for intent in intents]


async def compared(before: Path, after: Path, utterances: Path) -> list[Heard]:
    """Each of the utterances, by both models."""
    examples = [(one.get("text"), one.get("intent")) for one in load_data(str(utterances)).intent_examples]
    texts = [text for text, _ in examples]
    return [
        Heard(text, wanted, first[0], second[0], first[1], second[1])
        for (text, wanted), first, second in zip(
            examples, await parsed(before, texts), await parsed(after, texts), strict=True
        )
    ]


def main() -> int:
    """Prints the report."""
    parser = argparse.ArgumentParser(description="比一比两个模型")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--utterances", type=Path, default=Path("tests/held_out/utterances.yml"))
    options = parser.parse_args()
    missing = [str(path) for path in (options.before, options.after, options.utterances) if not path.is_file()]
    if missing:
        parser.error(f"没有这个文件：{'、'.join(missing)}")
    heard = asyncio.run(compared(options.before, options.after, options.utterances))
    print("\n".join(report(heard)))
    return int(is_worse(heard))


if __name__ == "__main__":
    sys.exit(main())
