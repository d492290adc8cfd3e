"""What can be typed after `python -m rules_engine`: the commands and their options, explained in Chinese."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from rules_engine.coverage import CASES_DIR
from rules_engine.packs import PACKS_DIR

# option of `ask` → the fact it tells
CHOICES = {
    "insured": "insured_region", "treatment": "treatment_region", "filed": "filed_region", "situation": "situation",
}


def read(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command's name in `command` and its options. Ends the program with 2 for wrong usage."""
    return _parser().parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with the command."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"命令写得不对（{message}）。加 -h 看说明。\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m rules_engine", description="异地就医的规则：提问、算费用、检查政策包、查看规定、加一个地区。"
    )
    commands = parser.add_subparsers(required=True, metavar="命令")
    _add_ask(commands)
    _command(commands, "check", "检查全部政策包，说出有多少；有错的，说出错在哪")
    show = _command(commands, "show", "列出一天里生效的规定")
    show.add_argument("region", metavar="地名", nargs="?", help="只看这个地区")
    show.add_argument("topic", metavar="话题", nargs="?", help="只看这个话题")
    coverage = _command(commands, "coverage", "对照清单：文件里每一项由哪些规定回答，各有几个例子；说出缺什么")
    coverage.add_argument("region", metavar="地名", nargs="?", help="只看这个地区；全国的写「全国」")
    _add_cases(coverage)
    _add_new_region(commands)
    _add_draft(commands)
    _add_cost(commands)
    _add_settle(commands)
    return parser


def _add_ask(commands: Any) -> None:
    ask = _command(commands, "ask", "就一种情况提问，说出结论和每一步的依据")
    ask.add_argument("topic", metavar="话题", help="话题的名字或中文标题，例如 filing_needed 或 要不要备案")
    _add_case(ask, "confirmed_on=2026-03-10")


def _add_case(parser: argparse.ArgumentParser, example: str) -> None:
    parser.add_argument("--insured", metavar="地名", help="参保地：地名或六位代码")
    parser.add_argument("--treatment", metavar="地名", help="就医地：地名或六位代码")
    parser.add_argument("--filed", metavar="地名", help="备案的地方：地名或六位代码")
    parser.add_argument("--situation", metavar="情形", help="就医情形，例如 temporary_care 或 临时外出就医")
    parser.add_argument(
        "--fact", metavar="名字=值", type=_pair, action="append", default=[],
        help=f"其他情况，可以写几次，例如 {example}",
    )


def _add_cost(commands: Any) -> None:
    cost = _command(commands, "cost", "算一张住院账单：自己付多少，医保付多少，每一项怎么来的、依据是什么")
    _add_case(cost, "scheme=职工医保；医院等级不写，就每一级都算")
    cost.add_argument("--total", metavar="元", required=True, help="总费用，例如 25000")
    cost.add_argument("--non-covered", metavar="元", help="其中自费（全自费和超限价）的部分")
    cost.add_argument("--class-b", metavar="元", help="其中乙类先行自付的部分")
    cost.add_argument("--in-scope", metavar="元", help="符合政策范围金额；写了它，自费可以不写")


def _add_settle(commands: Any) -> None:
    settle = _command(
        commands, "settle",
        "成批算住院账单：读一个 CSV，一行一张账单；写出每张的每一项，算不了的按行号另写一个文件。"
        "列名用中文（参保地、就医地、就医情形、有没有有效的备案、医院等级、入院日期、总费用、自费……）或英文（insured_region……）都行",
    )
    settle.add_argument("bills", metavar="账单", type=Path, help="账单的文件，例如 bills.csv；UTF-8 或 GBK")
    settle.add_argument(
        "--out", metavar="结果", type=Path, required=True,
        help="结果写在哪里，例如 out.csv；有错的行写进 out.errors.csv",
    )
    settle.add_argument("--force", action="store_true", help="结果的文件已经有了，就盖掉它")


def _add_new_region(commands: Any) -> None:
    new = _command(commands, "new-region", "为一个新的地区建好文件夹和要填的文件")
    new.add_argument("region", metavar="地名", help="统筹地区：地名或六位代码")
    new.add_argument("--document", metavar="全名", required=True, help="依据的文件的全名")
    new.add_argument("--short-name", metavar="简称", required=True, help="文件的简称，例如 苏州2024年通知")
    new.add_argument("--issued", metavar="日期", type=_day, required=True, help="发文日期，例如 2024-05-01")
    new.add_argument("--from", dest="in_force_from", metavar="日期", type=_day, required=True, help="从哪天起执行")
    new.add_argument("--slug", metavar="拼音", help="文件夹和规定名字里用的拼音；不写就按地名来")
    _add_cases(new)


def _add_draft(commands: Any) -> None:
    draft = _command(commands, "draft", "从文件的文字里挑出数字、期限、电话、渠道、材料，供人核对；不能直接当规定用")
    draft.add_argument("leaflet", metavar="文件", type=Path, help="文件的文字，例如 leaflet.txt")
    draft.add_argument("--out", metavar="草稿", type=Path, help="写进这个文件，例如 draft.yml；不写就显示出来")


def _command(commands: Any, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(command=name)
    parser.add_argument("--on", metavar="日期", type=_day, help="看病的日子，例如 2026-11-22；不写就是今天")
    parser.add_argument(
        "--packs", metavar="文件夹", type=Path, default=PACKS_DIR, help="放政策包的文件夹；不写就是 policy_packs"
    )
    return parser


def _add_cases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cases", metavar="文件夹", type=Path, default=CASES_DIR, help="放例子的文件夹；不写就是 tests/pack_cases"
    )


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
