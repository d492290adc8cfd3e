"""Whether a store stands by all that it has acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from filing_office import Office, an_office
from store_journal import Journalled

from services.filing_records import SENSITIVE_FIELDS, Draft, FilingProblem
from services.filing_states import replayed

IN_EVERY_FILING = {"name", "id_number", "phone", "letter"}


def faults_after(folder: Path, journals: Iterable[Journalled]) -> list[str]:
    """The store in that folder, opened anew: what is wrong in it, or missing of what those workers were told is done."""
    with an_office(folder) as office:
        found = [*office.store.faults(), *_papers_without_file(office)]
        with office.store.transaction():
            for journal in journals:
                found += [*_lost_filings(office, journal), *_lost_drafts(office, journal), *_lost_papers(office, journal)]
        for journal in journals:
            found += _lost_values(office, journal)
        return found


def faults_of_repeating(folder: Path, journals: Iterable[Journalled]) -> list[str]:
    """Every hand-in that a kill cut short, tried again as its person would: one filing, the same number each time."""
    found = []
    with an_office(folder) as office:
        for journal in journals:
            if journal.begun is None or journal.interrupted != "submit":
                continue
            conversation = journal.begun["about"][0]
            before = {row.filing_no for row in office.store.filings.of_conversation(conversation)}
            draft = office.filings.find_draft(conversation)
            if draft is None:
                number, expected = office.filings.submit(conversation).filing_no, before
            else:
                number = office.sign(conversation) if draft.plan.has_letter else office.filings.submit(conversation).filing_no
                expected = before | {number}
            again = office.filings.submit(conversation).filing_no
            after = {row.filing_no for row in office.store.filings.of_conversation(conversation)}
            if again != number or after != expected or number not in after:
                found.append(f"{conversation}, handed in again: {number}, {again}; stored {sorted(after)}")
    return found


def files_of_nobody(folder: Path) -> list[str]:
    """Files of papers on no list, after those that a stop left behind were swept away."""
    with an_office(folder) as office:
        office.erasure.sweep_files(office.clock() + timedelta(days=36_500))
        listed = office.store.papers.ids()
        return [paper_id for paper_id in office.papers.known() if paper_id not in listed]


def _papers_without_file(office: Office) -> Iterator[str]:
    for paper_id in office.store.papers.ids():
        try:
            office.papers.get(paper_id)
        except FilingProblem as problem:
            yield f"paper {paper_id} is on the list: {problem.code}"


def _lost_filings(office: Office, journal: Journalled) -> Iterator[str]:
    told: dict[str, dict[str, Any]] = {}
    handed_in: dict[str, set[str]] = {}
    for entry in journal.done:
        if "filing_no" in entry:
            told[entry["filing_no"]] = {**told.get(entry["filing_no"], {}), **entry}
        if entry["end"] == "submit":
            handed_in.setdefault(entry["conversation"], set()).add(entry["filing_no"])
    for number, entry in told.items():
        yield from _filing_faults(office, journal, number, entry)
    for conversation, numbers in handed_in.items():
        stored = {row.filing_no for row in office.store.filings.of_conversation(conversation)}
        one_more = journal.interrupted == "submit" and journal.may_have_moved(conversation)
        if not numbers <= stored or len(stored) > len(numbers) + one_more:
            yield f"{conversation} was given {sorted(numbers)}, stored are {sorted(stored)}"


def _filing_faults(office: Office, journal: Journalled, number: str, entry: dict[str, Any]) -> Iterator[str]:
    """A filing moves on only by a step that was acknowledged, or by the one in the middle of which its worker died."""
    row = office.store.filings.find(number)
    if row is None:
        yield f"{number} was acknowledged ({entry}) and is gone"
        return
    events = [event.event for event in office.store.filings.timeline(number)]
    version = entry.get("version") or (1 if entry["status"] == "submitted" else 2)
    may_be_ahead = row.status == "replaced" or journal.may_have_moved(number)
    if replayed(events[:version]) != entry["status"] or (row.version != version and not may_be_ahead):
        yield f"{number} was {entry['status']}, version {version}, and is {row.status}, version {row.version}: {events}"
    if not office.store.filings.secrets(number).keys() >= IN_EVERY_FILING:
        yield f"{number} has lost values"


def _lost_drafts(office: Office, journal: Journalled) -> Iterator[str]:
    told: dict[str, dict[str, Any]] = {}
    for entry in journal.done:
        if "draft" in entry:
            told[entry["conversation"]] = entry
        elif entry["end"] in ("submit", "drop"):
            told.pop(entry["conversation"], None)
    for conversation, entry in told.items():
        if journal.interrupted in ("submit", "drop") and journal.may_have_moved(conversation):
            continue
        draft = office.store.drafts.unfinished(conversation)
        if draft is None or draft.draft_id != entry["draft"]:
            yield f"the draft of {conversation} is gone"
        else:
            yield from _draft_faults(office, journal, draft, entry)


def _draft_faults(office: Office, journal: Journalled, draft: Draft, entry: dict[str, Any]) -> Iterator[str]:
    may_be_ahead = journal.may_have_moved(draft.conversation)
    filled = set(entry["filled"])
    if not draft.filled >= filled or (draft.filled > filled and not may_be_ahead):
        yield f"the draft of {draft.conversation} had {sorted(filled)} and has {sorted(draft.filled)}"
    was, now = (entry["is_reviewed"], entry["is_consented"]), (draft.reviewed_at is not None, draft.consent is not None)
    if was != now and not may_be_ahead:
        yield f"the draft of {draft.conversation} was reviewed and agreed to: {was}, and is: {now}"
    for field in draft.filled & SENSITIVE_FIELDS:
        office.store.drafts.secret(draft, field)  # SecretsBoxError if it doesn't open


def _lost_papers(office: Office, journal: Journalled) -> Iterator[str]:
    told: dict[str, set[str]] = {}
    for entry in journal.done:
        papers = told.setdefault(entry.get("conversation", ""), set())
        if "paper" in entry:
            papers.add(entry["paper"])
        elif "draft" in entry:
            told[entry["conversation"]] = set(entry["papers"])
        elif entry["end"] == "drop":
            papers.clear()
    listed = office.store.papers.ids()
    for conversation, papers in told.items():
        if not papers <= listed and not journal.may_have_moved(conversation):
            yield f"{conversation} had the papers {sorted(papers)}, not all of them are listed"


def _lost_values(office: Office, journal: Journalled) -> list[str]:
    """Values kept and not used. Taking is the only way to see them, so what was taken is put back."""
    used = {entry["uses"] for entry in journal.done} | ({journal.begun["uses"]} if journal.begun else set())
    kept = {entry["kept"]: entry["conversation"] for entry in journal.done if "kept" in entry}
    lost = []
    try:
        with office.store.transaction():
            for token, conversation in kept.items():
                if token not in used and office.store.kept.take(conversation, token) is None:
                    lost.append(f"a value that {conversation} kept is gone")
            raise _PutBack
    except _PutBack:
        return lost


class _PutBack(Exception):
    """Ends a transaction of which nothing is to stay."""
