"""Command line for the filing key: python -m services.keys rotate|status (DATA_DIR as for the server)."""

from __future__ import annotations

import argparse
import sys

from services.key_ring import SecretsBoxError
from services.key_rotation import WRITERS_WAIT_SECONDS, KeyUse, RotationError, RotationReport, key_uses, rotate
from services.sealed_store_columns import SealedStoreError, disk_faults_told
from services.settings import Settings, SettingsError, read_settings


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well; 1 when something is left to do, which is then told."""
    parser = argparse.ArgumentParser(prog="python -m services.keys")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rotate", help="make a new key and seal everything with it; the server may run")
    commands.add_parser("status", help="the keys and how many values each has")
    command = parser.parse_args(arguments).command
    try:
        settings = read_settings()
        with disk_faults_told():
            return _rotate(settings) if command == "rotate" else _status(settings)
    except (RotationError, SecretsBoxError, SealedStoreError, SettingsError) as fault:
        print(fault, file=sys.stderr)
        return 1


def _rotate(settings: Settings) -> int:
    report = rotate(settings.data_dir, settings.filing_key, _say, wait_seconds=WRITERS_WAIT_SECONDS)
    for line in _told(report):
        _say(line)
    return 0


def _told(report: RotationReport) -> list[str]:
    lines = [f"Done: {report.values:,} values, all with key {report.key_id.hex()}."]
    for file in report.retired:
        lines.append(f"The old key is now {file}. Backups made before now still need it: keep it with their keys.")
    if report.orphans:
        names = ", ".join(f"{file.parent.name}/{file.name}" for file in report.orphans[:10])
        lines.append(f"{len(report.orphans):,} files that no filing refers to were left as they are: {names}")
    return lines


def _status(settings: Settings) -> int:
    uses = key_uses(settings.data_dir, settings.filing_key)
    for use in uses:
        _say(f"{use.key_id.hex()}  {use.place:8} {use.values:>12,} values")
    advice = _advice(uses)
    if advice:
        _say(advice)
    return 1 if advice else 0


def _advice(uses: list[KeyUse]) -> str | None:
    if any(use.place == "missing" for use in uses):
        return "Values of a missing key cannot be read: put its file back from a backup as keys/filing.<key id>.key."
    if any(use.place in ("older", "coming") or (use.place == "retired" and use.values) for use in uses):
        return "A rotation is running or was interrupted. If none runs: python -m services.keys rotate"
    return None


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
