"""Filings for the agency as a file: `python -m services.export 备案.csv --as 张三 --region 371000`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from services import bootstrap
from services.database import DatabaseUnusable
from services.export_files import TooManyRows, export_file
from services.filing_export import COLUMNS, Chosen, FilingExport
from services.filing_records import FilingProblem
from services.filing_states import STATUS_TITLES
from services.secrets_box import SecretsBoxError

ENDINGS = (".csv", ".json", ".xlsx")
STATES = "、".join(f"{name}（{title}）" for name, title in STATUS_TITLES.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file and says how many; 2 when something stands in the way, and then there is no file."""
    asked = _parser().parse_args(arguments)
    chosen = Chosen(frozenset(asked.region) or None, asked.status, asked.since, asked.until)
    try:
        return _export(asked.file, chosen, asked.actor)
    except (FilingProblem, DatabaseUnusable, SecretsBoxError, TooManyRows, OSError) as fault:
        print(f"没有导出：{fault}", file=sys.stderr)
        return 2


def _export(path: Path, chosen: Chosen, actor: str) -> int:
    store = bootstrap.filing_store()
    with store.transaction():
        total = store.filings.count()
    export = FilingExport(store, bootstrap.now, bootstrap.filing_policy())
    seen = written = 0
    with export_file(path, COLUMNS) as add:
        for looked_at, rows in export.batches(chosen, actor):
            for row in rows:
                add(row)
            seen, written = seen + looked_at, written + len(rows)
            _say_how_far(seen, total)
    print(f"\n导出{written}份备案：{path}。里面是没有遮盖的个人信息，请只交给该看的人，用完删掉。", file=sys.stderr)
    return 0


def _say_how_far(seen: int, total: int) -> None:
    share = seen * 100 // max(total, seen)
    print(f"\r看过{seen:,}份，共{total:,}份（{share}%）", end="", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.export", description="把备案导成文件交给经办机构。")
    parser.add_argument("file", type=_file, help=f"写到哪个文件，结尾是 {'、'.join(ENDINGS)} 之一")
    parser.add_argument("--as", dest="actor", required=True, help="谁在导出：记在查看记录里")
    parser.add_argument("--region", action="append", default=[], help="参保地的区划代码，可以写几次；不写是全部")
    parser.add_argument("--status", choices=sorted(STATUS_TITLES), help=f"只要这个状态：{STATES}")
    parser.add_argument("--since", type=_day, help="提交日期从哪天起，例如 2026-11-01")
    parser.add_argument("--until", type=_day, help="提交日期到哪天止，含当天")
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in ENDINGS:
        raise argparse.ArgumentTypeError(f"文件名要以 {'、'.join(ENDINGS)} 结尾，写的是 {text}")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"没有 {path.parent} 这个文件夹，请先建好")
    return path


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期写成 2026-11-01 这样，写的是 {text}") from None


if __name__ == "__main__":
    sys.exit(main())
