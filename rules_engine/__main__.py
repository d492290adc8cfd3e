r"""The engine on the command line: ask, settle bills, check the packs, show what is in force, add a region.

    python -m rules_engine ask filing_needed --insured 威海 --treatment 烟台 --situation temporary_care
    python -m rules_engine check
    python -m rules_engine show 威海 share_borne --on 2026-11-22
    python -m rules_engine coverage 威海
    python -m rules_engine new-region 苏州 --document "……的通知" --short-name 苏州2024年通知 \
        --issued 2024-05-01 --from 2024-06-01
    python -m rules_engine draft leaflet.txt --out draft.yml
    python -m rules_engine cost --insured 杭州 --treatment 上海 --fact scheme=职工医保 --fact employment=在职 \
        --fact has_valid_filing=否 --total 25000
    python -m rules_engine settle bills.csv --out out.csv

Ends with 0; with 1 and a message for a fault of the packs or of what was given; with 2 for wrong usage.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine import command_line, cost_printed, coverage, drafting, new_region, printing, regions
from rules_engine.cost_cases import facts_of, pooling_area
from rules_engine.decide import decide
from rules_engine.errors import PolicyError
from rules_engine.fact_words import UnreadableFact, day_in_words, region_code
from rules_engine.facts import Facts
from rules_engine.filing_kind_checks import check_kinds
from rules_engine.filing_kinds import load_filing_kinds
from rules_engine.packs import PackSet, load, read_yaml


def main(
    argv: Sequence[str] | None = None,
    today: Callable[[], date] = date.today,
    read_packs: Callable[[Path], PackSet] = load,
) -> int:
    """Runs one command and gives its exit code. `today` stands in for a day that was not given."""
    given = command_line.read(argv)
    try:
        for line in _run(given, read_packs, given.on or today()):
            print(line)
    except PolicyError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _run(given: argparse.Namespace, read_packs: Callable[[Path], PackSet], on: date) -> Iterable[str]:
    if given.command == "draft":  # needs no packs
        return drafting.command_lines(given.leaflet, given.out)
    return WITH_PACKS[given.command](given, read_packs(given.packs), on)


def _ask(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    topic = _topic(given.topic, packs)
    facts = _facts(given, packs)
    return list(printing.decision_lines(decide(topic, facts, on, packs), facts, packs))


def _facts(given: argparse.Namespace, packs: PackSet) -> Facts:
    told = {fact: getattr(given, option) for option, fact in command_line.CHOICES.items() if getattr(given, option)}
    return facts_of(told | dict(given.fact), packs)


def _cost(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    told = {
        "total_amount": given.total, "non_covered_amount": given.non_covered,
        "class_b_upfront_amount": given.class_b, "in_scope_amount": given.in_scope,
    }
    sums = {name: text for name, text in told.items() if text is not None}
    return list(cost_printed.lines(sums, _facts(given, packs), on, packs, _cost_words(given.packs)))


def _settle(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    from rules_engine import batch  # numpy and polars take a second; no other command needs them

    return batch.settle_file(
        given.bills, given.out, packs, _cost_words(given.packs), on, force=given.force,
        tell=lambda line: print(line, file=sys.stderr),
    )


def _cost_words(folder: Path) -> dict[str, Any]:
    words: dict[str, Any] = read_yaml(folder / "cost_words.yml")["cost_words"]
    return words


def _check(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    kinds = load_filing_kinds(given.packs)
    check_kinds(kinds, packs)
    count = sum(len(kinds.by_region[region]) for region in kinds.regions())
    return [f"政策包都合格：{printing.counts_line(packs)}；{len(kinds.regions())}个地区的备案种类{count}条。"]


def _show(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    topic = _topic(given.topic, packs) if given.topic else None
    codes = [_shown_region(given.region, packs)] if given.region else list(packs.all_provisions)
    lines: list[str] = []
    for code in codes:
        provisions = packs.provisions(code, topic)
        shown = list(printing.provision_lines(provisions, on, packs))
        lines += [f"{regions.display_name(code)}，{day_in_words(on)}"]
        lines += shown or ["这一天没有生效的规定。"]
    return lines


def _coverage(given: argparse.Namespace, packs: PackSet, on: date) -> Iterator[str]:
    """The lists first, so that the gaps, raised as CoverageGaps, stand last on the screen."""
    shown = coverage.checklists(given.packs)
    if given.region:
        shown = coverage.of_region(shown, given.region, packs)
    cases = coverage.numbers_of_cases(given.cases)
    yield from coverage.lines(shown, packs, cases)
    missing = list(coverage.gaps(shown, packs, cases))
    if missing:
        raise coverage.CoverageGaps(missing)
    yield f"没有缺的：{coverage.counts_in_words(shown, packs)}。"


def _new_region(given: argparse.Namespace, packs: PackSet, on: date) -> Iterable[str]:
    document = new_region.Document(given.document, given.short_name, given.issued, given.in_force_from)
    return new_region.create(given.region, document, given.slug, packs, given.packs, given.cases)


WITH_PACKS: dict[str, Callable[[argparse.Namespace, PackSet, date], Iterable[str]]] = {
    "ask": _ask, "check": _check, "show": _show, "coverage": _coverage, "new-region": _new_region,
    "cost": _cost, "settle": _settle,
}


def _topic(text: str, packs: PackSet) -> str:
    """The topic's id, from the id or from its Chinese title."""
    by_title = {topic.title: topic.id for topic in packs.topics.values()}
    topic = by_title.get(text, text)
    if topic not in packs.topics:
        choices = "、".join(f"{one.id}（{one.title}）" for one in packs.topics.values())
        raise UnreadableFact(f"没有「{text}」这个话题。可以用：{choices}。")
    return topic


def _shown_region(text: str, packs: PackSet) -> str:
    """The code of the place whose provisions are meant; 全国 for the national ones."""
    if text in (regions.NATIONAL, regions.NATIONAL_NAME):
        return regions.NATIONAL
    return pooling_area(region_code(text), packs)


if __name__ == "__main__":
    raise SystemExit(main())
