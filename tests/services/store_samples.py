"""The stores there are, and drafts and filings put straight into one: for the tests of the stores' interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from filing_office import PERSON, QINGDAO, WEIHAI, Clock

from services.filing_records import Consent, Draft
from services.filing_rows import FilingRow
from services.filing_storage import FilingStorage
from services.filing_store import FilingStore

# Another store is one more line here.
STORES: dict[str, Callable[[Path], FilingStorage]] = {
    "SQLite file": lambda folder: FilingStore.open(folder / "filings.db", folder / "keys" / "filing.key"),
    "SQLite memory": lambda folder: FilingStore.open(None, folder / "keys" / "filing.key"),
}
AT = Clock().at
LATER = AT + timedelta(hours=1)
PLAIN = {"treatment_region": QINGDAO, "reason": "投靠亲属", "starts_on": "2026-12-01"}
NUMBERS = tuple(f"371000-261122-0000-000{n}-0" for n in range(10))


def opened(name: str, folder: Path) -> Iterator[FilingStorage]:
    """The store of that name, for as long as a test lasts."""
    store = STORES[name](folder)
    yield store
    store.close()


def drafted(store: FilingStorage, conversation: str = "c1", region: str = WEIHAI, **more: str) -> Draft:
    """A new draft of that conversation."""
    return store.drafts.add(conversation, "long_term_residence", region, PLAIN, AT, facts={"person_group": "other"}, **more)


def filed(store: FilingStorage, number: str = NUMBERS[0], conversation: str = "c1", at: datetime = AT, **more: str) -> FilingRow:
    """A new filing of that conversation."""
    draft = store.drafts.set_consent(drafted(store, conversation, **more), Consent("v1", "0" * 64, AT), AT)
    store.drafts.set_state(draft, "submitted", at)
    return store.filings.add(number, draft, "2026-12-01", PERSON, at, "insured_person")
