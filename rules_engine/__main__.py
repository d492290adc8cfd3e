"""The engine on the command line: ask for a decision, check the packs, show what is in force.

    python -m rules_engine ask filing_needed --insured 威海 --treatment 烟台 --situation temporary_care
    python -m rules_engine check
    python -m rules_engine show 威海 share_borne --on 2026-11-22

Ends with 0; with 1 and a message for a fault of the packs or of what was given; with 2 for wrong usage.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from rules_engine import printing, regions
from rules_engine.decide import decide
from rules_engine.errors import PolicyError
from rules_engine.fact_words import UnreadableFact, day_in_words, read_fact, region_code
from rules_engine.facts import facts_from
from rules_engine.packs import PACKS_DIR, PackSet, load

CHOICES = {
    "insured": "insured_region", "treatment": "treatment_region", "filed": "filed_region", "situation": "situation",
}


def main(
    argv: Sequence[str] | None = None,
    today: Callable[[], date] = date.today,
    read_packs: Callable[[Path], PackSet] = load,
) -> int:
    """Runs one command and gives its exit code. `today` stands in for a day that was not given."""
    given = _parser().parse_args(argv)
    try:
        for line in given.command(given, read_packs(given.packs), given.on or today()):
            print(line)
    except PolicyError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _ask(given: argparse.Namespace, packs: PackSet, on: date) -> list[str]:
    topic = _topic(given.topic, packs)
    told = {fact: getattr(given, option) for option, fact in CHOICES.items() if getattr(given, option)}
    told |= dict(given.fact)
    values: dict[str, Any] = {name: read_fact(name, text) for name, text in told.items()}
    if "insured_region" in values:
        values["insured_region"] = _pooling_area(values["insured_region"], packs)
    facts = facts_from(values)
    return list(printing.decision_lines(decide(topic, facts, on, packs), facts, packs))


def _check(given: argparse.Namespace, packs: PackSet, on: date) -> list[str]:
    return [f"政策包都合格：{printing.counts_line(packs)}。"]


def _show(given: argparse.Namespace, packs: PackSet, on: date) -> list[str]:
    topic = _topic(given.topic, packs) if given.topic else None
    codes = [_pooling_area(region_code(given.region), packs)] if given.region else list(packs.all_provisions)
    lines: list[str] = []
    for code in codes:
        provisions = packs.provisions(code, topic)
        shown = list(printing.provision_lines(provisions, on, packs))
        lines += [f"{regions.display_name(code)}，{day_in_words(on)}"]
        lines += shown or ["这一天没有生效的规定。"]
    return lines


def _topic(text: str, packs: PackSet) -> str:
    """The topic's id, from the id or from its Chinese title."""
    by_title = {topic.title: topic.id for topic in packs.topics.values()}
    topic = by_title.get(text, text)
    if topic not in packs.topics:
        choices = "、".join(f"{one.id}（{one.title}）" for one in packs.topics.values())
        raise UnreadableFact(f"没有「{text}」这个话题。可以用：{choices}。")
    return topic


def _pooling_area(code: str, packs: PackSet) -> str:
    """The place whose pack answers: the place itself where it has one, otherwise its city."""
    return code if packs.has_region(code) else regions.pooling_city_of(code).code


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with the command."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"命令写得不对（{message}）。加 -h 看说明。\n")


def _parser() -> _Parser:
    parser = _Parser(prog="python -m rules_engine", description="异地就医的规则：提问、检查政策包、查看规定。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    ask = _command(commands, "ask", _ask, "就一种情况提问，说出结论和每一步的依据")
    ask.add_argument("topic", metavar="话题", help="话题的名字或中文标题，例如 filing_needed 或 要不要备案")
    ask.add_argument("--insured", metavar="地名", help="参保地：地名或六位代码")
    ask.add_argument("--treatment", metavar="地名", help="就医地：地名或六位代码")
    ask.add_argument("--filed", metavar="地名", help="备案的地方：地名或六位代码")
    ask.add_argument("--situation", metavar="情形", help="就医情形，例如 temporary_care 或 临时外出就医")
    ask.add_argument(
        "--fact", metavar="名字=值", type=_pair, action="append", default=[],
        help="其他情况，可以写几次，例如 confirmed_on=2026-03-10",
    )
    _command(commands, "check", _check, "检查全部政策包，说出有多少；有错的，说出错在哪")
    show = _command(commands, "show", _show, "列出一天里生效的规定")
    show.add_argument("region", metavar="地名", nargs="?", help="只看这个地区")
    show.add_argument("topic", metavar="话题", nargs="?", help="只看这个话题")
    return parser


def _command(commands: Any, name: str, run: Callable[..., list[str]], words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(command=run)
    parser.add_argument("--on", metavar="日期", type=_day, help="看病的日子，例如 2026-11-22；不写就是今天")
    parser.add_argument(
        "--packs", metavar="文件夹", type=Path, default=PACKS_DIR, help="放政策包的文件夹；不写就是 policy_packs"
    )
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError("日期要写成 2026-11-22 这样") from fault


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("要写成 名字=值")
    return name.strip(), value.strip()


if __name__ == "__main__":
    raise SystemExit(main())
