"""A provision: a condition, its dated versions, and whether it applies to a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.decision import Citation, Step, Wording
from rules_engine.errors import NoProvisionInForce
from rules_engine.facts import UNKNOWN, Facts, agrees


@dataclass(frozen=True)
class Version:
    """A value and its words for a period; `effective_to` is inclusive, None means still in force."""

    effective_from: date
    effective_to: date | None
    value: Any
    wording: Wording
    citation: Citation
    verified_on: date

    def covers(self, day: date) -> bool:
        """Whether this version holds on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True)
class Provision:
    """One rule of one pack. `id` is full: pack name and provision, as in weihai.share_borne.temporary_care."""

    id: str
    pack: str
    title: str
    topic: str
    unit: str
    when: Mapping[str, Any]
    versions: tuple[Version, ...]
    is_overview: bool = False
    is_stated: bool = True
    exceptions_to: tuple[str, ...] = ()
    note: str = ""  # what people are told of a slip or contradiction in the document's own text

    def is_in_force(self, day: date) -> bool:
        """Whether any version holds on that day."""
        return any(version.covers(day) for version in self.versions)

    def in_force(self, day: date) -> Version:
        """The version that holds on that day. Raises NoProvisionInForce; never the nearest one."""
        for version in self.versions:
            if version.covers(day):
                return version
        first, last = self.versions[0], self.versions[-1]
        raise NoProvisionInForce(self.id, self.title, day, first.effective_from, last.effective_to)

    def step(self, day: date) -> Step:
        """This provision as a step of a decision, in the version of that day."""
        version = self.in_force(day)
        return Step(self.id, self.title, version.value, self.unit, version.citation, version.wording, self.note)

    def untold(self, facts: Facts) -> tuple[str, ...] | None:
        """Facts still needed to know whether this applies: () = it applies, None = it does not."""
        missing = []
        for name, wanted in self.when.items():
            value = facts.get(name)
            if value is UNKNOWN or _is_wider(value, wanted):
                missing.append(name)
            elif not agrees(wanted, value):
                return None
        return tuple(missing)


def _is_wider(value: Any, wanted: Any) -> bool:
    """Whether the known value is a wider situation or place than the condition asks for, so that it stays open."""
    if not isinstance(value, str) or agrees(wanted, value):
        return False
    return any(agrees(value, one) for one in (wanted if isinstance(wanted, (list, tuple)) else (wanted,)))


def exclude_each_other(one: Provision, other: Provision) -> bool:
    """Whether no case can meet the conditions of both."""
    return any(not _overlap(one.when[name], other.when[name]) for name in one.when.keys() & other.when.keys())


def _overlap(one: Any, other: Any) -> bool:
    accepted = one if isinstance(one, (list, tuple)) else (one,)
    return any(agrees(other, value) or _is_wider(value, other) for value in accepted)
