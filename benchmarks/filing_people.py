"""Invented people who file, in any number, and the store they file in; for benchmarks/filings.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from stdnum.cn import ric

from rules_engine import packs
from rules_engine.filing_kinds import load_filing_kinds
from services.china_time import CHINA_TIME
from services.commitment_letters import load_letters
from services.desk_account import Account
from services.filing_desk import FilingDesk
from services.filing_look_up import FilingLookUp
from services.filing_policy import FilingPolicy
from services.filing_records import Draft
from services.filing_store import FilingStore
from services.filings import Filings
from services.paper_files import PaperFiles

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
WITH_LETTER = ("371000", "long_term_residence", "370200")  # region, kind, destination
# Filed without papers and decided by the agency, so that they wait in the queue.
KINDS = (
    WITH_LETTER, ("371000", "temporary_care", "110000"),
    ("330100", "late_filing", "110000"), ("650100", "emergency_registration", "110000"),
)
OFFICER = Account("benchmark", "测试员", frozenset(kind[0] for kind in KINDS), "officer")
FACTS = {
    "stays_long_enough": True, "person_group": "other", "care_type": "inpatient", "situation": "self_arranged",
}
ANSWERS = {
    "filed_for": "self", "name": "欧阳测试", "treatment_region": "110000", "reason": "投靠亲属",
    "starts_on": "2026-12-01", "address": "山东省青岛市市南区香港中路999号", "hospital": "北京某某医院",
    "admitted_on": "2026-11-20", "care_stage": "in_hospital",
}


@cache
def policy() -> FilingPolicy:
    """What the project's packs say; read once, before any process is forked."""
    return FilingPolicy(load_filing_kinds(), load_letters(), packs.load())


@dataclass(frozen=True)
class Parts:
    """The services around one store."""

    store: FilingStore
    filings: Filings
    desk: FilingDesk
    look_up: FilingLookUp


@contextmanager
def parts(folder: Path, sync: str = "FULL") -> Iterator[Parts]:
    """The services on the store in that folder; FULL is how the server opens it."""
    store = FilingStore.open(folder / "filings.db", folder / "keys" / "filing.key")
    store._database.execute(f"PRAGMA synchronous = {sync}")
    papers = PaperFiles(folder / "papers", store.box)

    def now() -> datetime:
        return NOW

    try:
        yield Parts(
            store, Filings(store, papers, now, policy()), FilingDesk(store, papers, now, policy()),
            FilingLookUp(store, now, policy()),
        )
    finally:
        store.close()


def person(number: int) -> dict[str, str]:
    """The ID number and phone of somebody who doesn't exist, another one for each number."""
    day = date.fromordinal(date(1940, 1, 1).toordinal() + number // 900)
    seventeen = f"371002{day:%Y%m%d}{number % 900 + 100}"
    return {"id_number": seventeen + ric.calc_check_digit(seventeen + "?"), "phone": f"138{number % 10**8:08}"}


def ready(of: Parts, conversation: str, number: int, region: str, kind: str, destination: str) -> Draft:
    """A draft with every answer, reviewed and agreed to: the next step hands it in."""
    known = {**FACTS, "insured_region": region, "treatment_region": destination}
    draft = of.filings.open_draft(conversation, kind, known)
    answers = {**ANSWERS, **person(number)}
    while draft.missing:
        draft = of.filings.fill(conversation, draft.next_step, value=answers[draft.next_step])
    draft = of.filings.confirm_review(conversation)
    if draft.plan.has_letter:
        draft = of.filings.consent(conversation, of.filings.letter(draft).sha256)
    return draft


def hand_in(of: Parts, draft: Draft) -> str:
    """The number the draft was handed in under."""
    token = of.filings.keep(draft.conversation, ANSWERS["name"]) if draft.plan.has_letter else None
    return of.filings.submit(draft.conversation, token).filing_no
