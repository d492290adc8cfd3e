"""What the packs say about filing, as the filing part asks it: kinds, who may file, letters, what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules_engine.filing_kinds import FilingKind, FilingKinds
from rules_engine.filing_knock_outs import KnockOutResult, knock_out
from rules_engine.filing_life import FiledCase, LifeDecision, limit_ends_on, may, valid_to, validity_of
from rules_engine.long_term_stay import DEFINITION, months_wanted
from rules_engine.packs import PackSet
from services.commitment_letters import LetterWording
from services.filing_records import FilingProblem, FilingView
from services.filing_rows import FilingRow

# The facts by which a region tells who may file what; they are kept with the filing.
KEPT_FACTS = frozenset({"person_group", "has_local_household", "stays_long_enough", "care_stage", "care_type"})


class FilingPolicy:
    """Filing kinds, letters and rules from the packs."""

    def __init__(self, kinds: FilingKinds, letters: Mapping[str, LetterWording], packs: PackSet) -> None:
        self._kinds, self._letters, self._packs = kinds, letters, packs

    def kind(self, insured_region: str, kind: str, on: date) -> FilingKind:
        """The kind as filed here. FilingProblem filing_not_offered if it can't be."""
        found = self._kinds.of(insured_region, kind, on)
        if found is None or found.decided_by == "elsewhere":
            raise FilingProblem("filing_not_offered", kind=kind, insured_region=insured_region)
        return found

    def kind_of(self, filing: FilingRow | FilingView) -> FilingKind:
        """The kind of a filing as it was when it was handed in, also if it can no longer be filed here."""
        found = self._kinds.of(filing.insured_region, filing.kind, filing.submitted_at.date())
        # A pack that was cut back later must not hide what was filed before.
        versions = (one for one in self._kinds.by_region.get(filing.insured_region, ()) if one.kind == filing.kind)
        found = found or next(versions, None)
        if found is None:
            raise FilingProblem("kind_unknown", kind=filing.kind, insured_region=filing.insured_region)
        return found

    def offered(self, insured_region: str, on: date) -> tuple[FilingKind, ...]:
        """All kinds of a region, those that are filed elsewhere among them."""
        return self._kinds.offered(insured_region, on)

    def letter(self, kind: FilingKind) -> LetterWording:
        """The commitment letter of a kind that has one."""
        return self._letters[kind.region]

    def knock_out(self, kind: FilingKind, told: Mapping[str, Any], on: date) -> KnockOutResult:
        """Whether this case may file this kind, or what must be known first."""
        return knock_out(kind, told, on, self._packs)

    def with_stay_known(self, insured_region: str, told: Mapping[str, Any], on: date) -> dict[str, Any]:
        """What was told, with whether the stay is long enough worked out from its months."""
        wanted = months_wanted(self._packs.provisions(insured_region, DEFINITION), on)
        if wanted is None or told.get("stays_long_enough") is not None or told.get("stay_months") is None:
            return dict(told)
        return {**told, "stays_long_enough": told["stay_months"] >= wanted}

    def valid_to(self, kind: FilingKind, effective_on: date) -> date | None:
        """The last day a filing that takes effect then is good; None where it doesn't end or nothing is printed."""
        return valid_to(kind, effective_on)

    def may(self, action: str, filing: FilingRow, on: date) -> LifeDecision:
        """Whether the filing may be changed, ended or renewed that day, and by which clause."""
        return may(action, self._case(filing), on, self._kinds, self._packs)

    def limit_ends_on(self, filing: FilingRow, on: date) -> date | None:
        """The last day on which the filing is held fast; None where no limit is printed or its day isn't known."""
        return limit_ends_on(self._case(filing), self._kinds, self._packs, on)

    def validity_of(self, filing: FilingRow, on: date) -> str:
        """permanent, months or not_stated, for this filing and its person."""
        return validity_of(self._case(filing), self._kinds, self._packs, on).kind

    def _case(self, filing: FilingRow) -> FiledCase:
        kind = self.kind_of(filing)
        return FiledCase(
            region=filing.insured_region, kind=filing.kind, situation=kind.situation,
            effective_on=filing.effective_on or filing.starts_on, confirmed_on=filing.confirmed_on,
            valid_to=filing.valid_to, treatment_region=filing.treatment_region,
            person_group=_person_group(filing, kind),
        )


def _person_group(filing: FilingRow, kind: FilingKind) -> str | None:
    """The group by the reason given on the form, where reasons tell it; what was told before counts for the others."""
    told = filing.facts.get("person_group")
    by_reason = kind.reason_groups.get(filing.fields.get("reason", ""))
    return by_reason or (None if told in kind.reason_groups.values() else told)
