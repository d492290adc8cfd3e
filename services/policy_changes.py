"""What changed in the packs between two days: provisions that began, ended, or got another value or other words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rules_engine.packs import PackSet
from rules_engine.provisions import Provision, Version

Kind = Literal["began", "ended", "value", "words"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """On that day the `old` version no longer held, and the `new` one did; None where there was none."""

    on: date
    kind: Kind
    region: str
    provision: Provision
    old: Version | None
    new: Version | None


def changes_between(packs: PackSet, first: date, last: date, region: str | None = None) -> tuple[Change, ...]:
    """Every change after the first day, up to and with the last one; in the order of the days, then of the packs."""
    found = [
        change
        for code, provisions in packs.all_provisions.items() if region in (None, code)
        for provision in provisions for change in _changes_of(provision, code, first, last)
    ]
    return tuple(sorted(found, key=lambda change: change.on))


def _changes_of(provision: Provision, region: str, first: date, last: date) -> Iterator[Change]:
    for day in sorted({day for version in provision.versions for day in _edges(version)}):
        if not first < day <= last:
            continue
        old, new = (next((v for v in provision.versions if v.covers(one)), None) for one in (day - ONE_DAY, day))
        yield Change(day, _kind(old, new), region, provision, old, new)


def _edges(version: Version) -> Iterator[date]:
    """The days on which what holds becomes another: the version's first, and the first after it."""
    yield version.effective_from
    if version.effective_to and version.effective_to < date.max:
        yield version.effective_to + ONE_DAY


def _kind(old: Version | None, new: Version | None) -> Kind:
    if old is None:
        return "began"
    if new is None:
        return "ended"
    return "value" if old.value != new.value else "words"
