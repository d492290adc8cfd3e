"""The kinds of filing that each region offers, read from policy_packs/regions/*/filing_kinds.yml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rules_engine.errors import PolicyError
from rules_engine.filing_kind import (
    FilingKind,
    KnockOut,
    LifeRule,
    Note,
    Paper,
    Renewal,
    Validity,
)
from rules_engine.filing_kind_reading import read_kinds
from rules_engine.packs import PACKS_DIR

__all__ = [
    "FilingKind", "FilingKinds", "KnockOut", "LifeRule", "Note", "Paper", "Renewal", "UnknownFilingKind", "Validity",
    "load_filing_kinds",
]
FILE = "filing_kinds.yml"


class UnknownFilingKind(PolicyError):
    """A kind that the region has never had. In English: only a developer can cause it."""

    def __init__(self, region: str, kind: str, allowed: Iterable[str]) -> None:
        super().__init__(f"region {region} has no kind of filing {kind!r}; use one of {', '.join(allowed)}")


@dataclass(frozen=True)
class FilingKinds:
    """All kinds of all regions, each region's in the order of its file."""

    by_region: Mapping[str, tuple[FilingKind, ...]]

    def of(self, region: str, kind: str, on: date) -> FilingKind | None:
        """The kind as that region has it on that day, None where it has none."""
        return next((one for one in self.offered(region, on) if one.kind == kind), None)

    def offered(self, region: str, on: date) -> tuple[FilingKind, ...]:
        """What people insured in that pooling area can file on that day, also what is filed elsewhere."""
        return tuple(one for one in self.by_region.get(region, ()) if one.is_in_force(on))

    def regions(self) -> tuple[str, ...]:
        """The codes of the pooling areas that have kinds of filing."""
        return tuple(self.by_region)

    def check(self, region: str, kind: str) -> None:
        """Raises UnknownFilingKind unless the region has, or once had, that kind."""
        known = [one.kind for one in self.by_region.get(region, ())]
        if kind not in known:
            raise UnknownFilingKind(region, kind, known)


def load_filing_kinds(folder: Path = PACKS_DIR) -> FilingKinds:
    """Every region's filing_kinds.yml below the folder. Raises PackError naming file, kind and remedy."""
    return FilingKinds({path.parent.name[:6]: read_kinds(path) for path in sorted(folder.glob(f"regions/*/{FILE}"))})
