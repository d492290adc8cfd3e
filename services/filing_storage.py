"""What the filing part needs of a store: the interface that FilingStore satisfies and a second store would.

Besides the methods a store promises:
- a conversation has at most one unfinished draft, a draft becomes at most one filing, a filing_no is given once;
- what `transaction` has let through is on the disk, whatever happens next; what it has not, never happened;
- events and the access log can only grow;
- what is sensitive lies sealed (services/secrets_box.py), each value bound to its record and field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol

from services.filing_records import Consent, Draft, PaperView, TimelineEntry
from services.filing_rows import Access, FilingRow, Position
from services.secrets_box import SecretsBox


class DraftStorage(Protocol):
    """Unfinished filings. Every change gives the draft as it is afterwards."""

    def add(
        self, conversation: str, kind: str, insured_region: str, fields: Mapping[str, str], at: datetime, *,
        facts: Mapping[str, Any] | None = None, purpose: str = "new", predecessor: str | None = None,
    ) -> Draft:
        """A new open draft. The store refuses a second unfinished one of a conversation."""

    def unfinished(self, conversation: str) -> Draft | None:
        """The conversation's open or paused draft."""

    def latest(self, conversation: str) -> Draft | None:
        """The conversation's unfinished draft, else the one it submitted last."""

    def set_field(self, draft: Draft, field: str, value: str, at: datetime) -> Draft:
        """Store a checked value, sealed if the field is sensitive. Voids the review and the consent."""

    def clear_field(self, draft: Draft, field: str, at: datetime) -> Draft:
        """Forget one value. Voids the review and the consent."""

    def set_skipped(self, draft: Draft, skipped: Iterable[str], at: datetime) -> Draft:
        """The papers the person goes without. Voids the review and the consent."""

    def count_failure(self, draft: Draft, field: str, at: datetime) -> Draft:
        """One more answer to this field that could not be used."""

    def set_state(self, draft: Draft, state: str, at: datetime) -> Draft:
        """Move the draft to open, paused or submitted."""

    def set_reviewed(self, draft: Draft, at: datetime) -> Draft:
        """The person has read the review and found it right."""

    def set_consent(self, draft: Draft, consent: Consent | None, at: datetime) -> Draft:
        """The text agreed to, or None when that consent no longer holds."""

    def secret(self, draft: Draft, field: str) -> str:
        """A sensitive value in clear. KeyError if the draft has none."""

    def delete_secrets(self, draft: Draft) -> None:
        """Delete the sensitive values."""

    def delete(self, draft: Draft) -> None:
        """Delete the draft with all its values; its papers' files are the caller's."""


class KeptStorage(Protocol):
    """Raw values on their way into a draft, known outside by a token that gives nothing away."""

    def put(self, conversation: str, raw: str, at: datetime) -> str:
        """A new token for `raw`, good once, in this conversation only."""

    def take(self, conversation: str, token: str) -> str | None:
        """The raw value, deleted on the way out; None if used, purged or another conversation's."""

    def forget(self, conversation: str) -> None:
        """Delete all that this conversation has waiting."""


class FilingTableStorage(Protocol):
    """Filings as handed in, and what happened to them since."""

    def add(
        self, filing_no: str, draft: Draft, starts_on: str, values: Mapping[str, str], at: datetime, actor: str
    ) -> FilingRow:
        """A new submitted filing with its first event; `values` are sealed. ValueError without consent."""

    def get(self, filing_no: str) -> FilingRow:
        """The filing with this number, which must exist."""

    def find(self, filing_no: str) -> FilingRow | None:
        """The filing with this number."""

    def of_draft(self, draft_id: str) -> FilingRow | None:
        """The filing this draft became."""

    def of_conversation(self, conversation: str) -> tuple[FilingRow, ...]:
        """The conversation's filings, newest first."""

    def of_id_number(self, id_number: str) -> tuple[FilingRow, ...]:
        """The filings of the person with this ID number, newest first. Found by a keyed hash."""

    def of_phone(self, phone: str) -> tuple[FilingRow, ...]:
        """The filings with this phone number, newest first. Found by a keyed hash."""

    def successor_of(self, filing_no: str) -> FilingRow | None:
        """The newest filing that mends, changes or renews this one and was not withdrawn."""

    def queue(self, status: str, regions: Collection[str], after: Position, limit: int) -> tuple[FilingRow, ...]:
        """Filings of that status and those insured regions in the order they came, behind that position."""

    def move(
        self, filing: FilingRow, event: str, at: datetime, actor: str,
        detail: Mapping[str, Any] | None = None, note: str = "", **days: date | None,
    ) -> FilingRow:
        """The filing after this event, its version one higher. `note` is sealed. ImpossibleEvent."""

    def timeline(self, filing_no: str) -> tuple[TimelineEntry, ...]:
        """All that happened to the filing, oldest first; a note stands in the detail as `reason`."""

    def secrets(self, filing_no: str, fields: Iterable[str] = ()) -> dict[str, str]:
        """Sensitive values in clear, by field; without `fields` all that there are."""

    def let_go(self, conversation: str) -> None:
        """The conversation's filings are no longer its own."""

    def count(self) -> int:
        """How many filings there are."""

    def count_by_status(self) -> dict[str, int]:
        """How many filings have each status that any has."""

    def erase_secrets(self, filing_no: str) -> None:
        """Deletes a filing's sensitive values for good; what happened to it stays."""

    def fingerprint(self, text: str) -> str:
        """A keyed hash by which a request is recognised again."""


class PaperStorage(Protocol):
    """The list of uploaded papers; their content is in files (services/paper_files.py)."""

    def add(self, draft_id: str, paper: PaperView) -> None:
        """One more paper of a draft."""

    def remove(self, draft_id: str, paper: str) -> tuple[str, ...]:
        """Takes a draft's papers of one kind off the list; their ids."""

    def hand_over(self, draft_id: str, filing_no: str) -> None:
        """A draft's papers become its filing's."""

    def erase(self, filing_no: str) -> None:
        """Takes a filing's papers off the list."""

    def of_filing(self, filing_no: str) -> tuple[PaperView, ...]:
        """A filing's papers, oldest first."""

    def ids(self) -> frozenset[str]:
        """The ids of all papers that belong to something."""


class AccessStorage(Protocol):
    """Who may see, who has seen, and which requests were carried out."""

    def grant(self, conversation: str, filing_no: str, at: datetime) -> None:
        """From now on the conversation may see this filing."""

    def is_granted(self, conversation: str, filing_no: str) -> bool:
        """Whether it may."""

    def granted(self, conversation: str) -> tuple[str, ...]:
        """The filings the conversation may see beside its own."""

    def forget_grants(self, conversation: str) -> None:
        """The conversation may see nothing any more but what it filed itself."""

    def add_failure(self, filing_no: str, at: datetime) -> None:
        """One more wrong attempt to look that number up."""

    def failures_since(self, filing_no: str, since: datetime) -> tuple[datetime, ...]:
        """The times of wrong attempts after that time, oldest first."""

    def purge_failures(self, before: datetime) -> None:
        """Forgets attempts that no longer count."""

    def log(
        self, filing_no: str, actor: str, action: str, fields: Iterable[str], at: datetime, *,
        reason: str = "", note: str = "",
    ) -> None:
        """Notes that somebody sees these fields of a filing in clear, and why; a draft's under its draft_id.

        `note` is sealed.
        """

    def accesses(self, filing_no: str) -> tuple[Access, ...]:
        """Every time the filing was seen in clear, oldest first."""

    def answered(self, actor: str, key: str) -> tuple[str, str] | None:
        """The request that came with this key before and the filing it was about."""

    def set_answered(self, actor: str, key: str, request: str, filing_no: str, at: datetime) -> None:
        """Remembers that this request was carried out. The store refuses the same actor and key twice."""


class FilingStorage(Protocol):
    """A store of drafts and filings. Its parts are used inside `transaction` only."""

    @property
    def box(self) -> SecretsBox:
        """What seals and opens the values here."""

    @property
    def drafts(self) -> DraftStorage: ...

    @property
    def kept(self) -> KeptStorage: ...

    @property
    def filings(self) -> FilingTableStorage: ...

    @property
    def papers(self) -> PaperStorage: ...

    @property
    def access(self) -> AccessStorage: ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; a transaction inside another joins it.

        What is read in it still holds when it writes: nobody else writes meanwhile, in this process or
        another. FilingProblem store_full, store_read_only, store_busy or store_failing when the disk
        won't take it; then nothing of it was kept.
        """

    def each_filing(self) -> Iterator[tuple[FilingRow, ...]]:
        """All filings by number, in batches of a transaction each. Not to be used inside one."""

    def faults(self) -> Iterator[str]:
        """What is wrong in the store, a line each; nothing in a sound one."""

    def purge_kept(self, before: datetime) -> int:
        """Delete for good values kept before that time and never used; how many there were."""

    def purge_drafts(self, before: datetime) -> int:
        """Delete for good unfinished drafts nobody touched since that time; how many there were."""

    def erase_traces(self) -> None:
        """What was deleted leaves the store's files too, unless somebody still reads an older state. FilingProblem."""

    def close(self) -> None:
        """Ends the use of the store."""
