"""What a check of an answer may look at beside the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.filing_kinds import FilingKind


@dataclass(frozen=True)
class Asked:
    """The day of asking, the kind of filing, and the plain answers given so far."""

    today: date
    kind: FilingKind
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def insured_region(self) -> str:
        """The pooling area the person is insured in."""
        return self.kind.region
