"""Command line for backups: python -m services.backup make|restore (DATA_DIR as for the server)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from services.backup_manifest import BackupError, Manifest
from services.backup_store import KEYS, make_backup
from services.backup_store_restore import restore_backup
from services.bootstrap import now
from services.key_ring import SecretsBoxError
from services.sealed_store_columns import SealedStoreError, disk_faults_told
from services.settings import SettingsError, read_settings


def main(arguments: list[str] | None = None) -> int:
    """0 when the new folder is there, complete and on the disk; else 1, and why."""
    options = _parser().parse_args(arguments)
    try:
        with disk_faults_told():
            told = _make(options.to) if options.command == "make" else _restore(options)
    except (BackupError, SecretsBoxError, SealedStoreError, SettingsError) as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}. Name another folder.", file=sys.stderr)
        return 1
    print(*told, sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.backup")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="copy the data folder while the server runs")
    make.add_argument("--to", type=Path, required=True, help="a new folder")
    restore = commands.add_parser("restore", help="make a data folder from a backup")
    restore.add_argument("--from", type=Path, required=True, dest="source", help="the backup")
    restore.add_argument("--into", type=Path, required=True, help="a new or empty folder")
    restore.add_argument("--keys", type=Path, help="the backup's keys, if they are kept apart")
    return parser


def _make(target: Path) -> list[str]:
    settings = read_settings()
    leftovers = sorted(target.resolve().parent.glob(".*.unfinished-*"))
    manifest = make_backup(settings.data_dir, settings.filing_key, target.resolve(), now())
    lines = [f"{_told(manifest)} → {target.resolve()}"]
    lines.append(f"{target.resolve() / KEYS} opens everything in it: move it to another place.")
    if leftovers:
        lines.append(f"Left by runs that were interrupted, delete them: {', '.join(map(str, leftovers))}")
    return lines


def _restore(options: argparse.Namespace) -> list[str]:
    target = options.into.resolve()
    manifest = restore_backup(options.source.resolve(), target, options.keys)
    return [f"{_told(manifest)} → {target}", f"Every value opens. Start with: DATA_DIR={target} make run"]


def _told(manifest: Manifest) -> str:
    filings = manifest.rows["filings.db"].get("filings", 0)
    size = manifest.total_bytes / 1_000_000
    return f"Backup of {manifest.made_at}: {filings:,} filings, {len(manifest.files)} files, {size:,.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
