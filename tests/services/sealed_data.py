"""A data folder with values in every sealed column and folder, made without the parts that normally fill it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from services.account_store import AccountStore
from services.china_time import CHINA_TIME
from services.consent_store import ConsentStore
from services.conversation_store import ConversationStore
from services.filing_store import FilingStore
from services.question_log import QuestionLog
from services.question_log_store import QuestionLogStore
from services.sealed_store_columns import SealedTables
from services.sealed_store_files import SEALED_FOLDERS, SealedFiles
from services.secrets_box import SecretsBox, kept_signing_secret, open_box

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
ID_NUMBER = "371002199001011237"
PAPER = b"\xff\xd8 a scanned page \x00" * 50


def key_file(folder: Path) -> Path:
    return folder / "keys" / "filing.key"


def fill(folder: Path, filings: int = 3) -> None:
    """`filings` filings, each with a draft, a kept value, two values of its own, a note, a paper and a document;
    a conversation of as many sentences, and as many questions that were seen to."""
    FilingStore.open(folder / "filings.db", key_file(folder)).close()
    AccountStore(folder / "officers.db").close()
    kept_signing_secret(key_file(folder))
    box = open_box(key_file(folder), may_create=False)
    for name in ("papers", "documents"):
        (folder / name).mkdir()
    with closing(sqlite3.connect(folder / "filings.db")) as db, db:
        for n in range(filings):
            add_filing(db, folder, box, n)
    conversations = ConversationStore(folder / "conversations.db", box)
    conversations.append("c1", [{"text": f"第{n}句"} for n in range(filings)], AT)
    questions = QuestionLogStore(folder / "questions.db")
    log = QuestionLog(questions, conversations, box, lambda: AT, words_key="key")
    for n in range(filings):
        log.mark("not_stated", f"371000.topic{n}", "officer", f"备注{n}", is_done=True)
    for store in (conversations, questions, ConsentStore(folder / "consents.db")):
        store.close()


def add_filing(db: sqlite3.Connection, folder: Path, box: SecretsBox, n: int) -> None:
    """One filing with all that hangs on it."""
    draft, number, token, paper = f"draft-{n}", f"371000-{n:06}", f"kept_{n}", f"paper{n:08}"
    insert(db, "drafts", draft_id=draft, conversation=f"c{n}", state="open")
    insert(db, "draft_secrets", draft_id=draft, field="phone", ciphertext=box.seal(f"138{n}", record=draft, field="phone"))
    insert(db, "kept_values", token=token, conversation="c1", ciphertext=box.seal(f"kept {n}", record=token, field="c1"))
    insert(db, "filings", filing_no=number, draft_id=draft, conversation=f"c{n}")
    add_secret(db, box, number, "id_number", ID_NUMBER, box.lookup_hash(ID_NUMBER, field="id_number"))
    add_secret(db, box, number, "name", f"人{n}", None)
    event = insert(db, "filing_events", filing_no=number, event="submitted")
    note = box.seal("缺材料", record=f"event:{event}", field="note")
    insert(db, "event_notes", event_id=event, ciphertext=note)
    access = insert(db, "access_log", filing_no=number, action="read")
    insert(db, "access_notes", access_id=access, ciphertext=box.seal("张三来电", record=f"access:{access}", field="note"))
    insert(db, "papers", paper_id=paper, draft_id=draft, filing_no=number)
    (folder / "papers" / f"{paper}.sealed").write_bytes(box.seal_bytes(PAPER, record=paper, field="paper"))
    (folder / "documents" / f"{number}.sealed").write_bytes(box.seal_bytes(PAPER, record=number, field="document"))


def add_secret(db: sqlite3.Connection, box: SecretsBox, number: str, field: str, value: str, lookup_hash: str | None) -> None:
    sealed = box.seal(value, record=number, field=field)
    insert(db, "filing_secrets", filing_no=number, field=field, ciphertext=sealed, lookup_hash=lookup_hash)


def insert(db: sqlite3.Connection, table: str, **given: Any) -> int:
    """A row with these values and something in every other column that must have a value."""
    needed = {
        name: 0 if kind == "INTEGER" else "x"
        for _, name, kind, is_needed, default, key in db.execute(f"PRAGMA table_info({table})")
        if is_needed and default is None and not key
    }
    row = needed | given
    marks = ", ".join("?" * len(row))
    return db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()]).lastrowid


def opened(folder: Path) -> dict[str, str | bytes]:
    """Every sealed value of the folder in clear, by where it stands."""
    box, values = open_box(key_file(folder), may_create=False), {}
    with closing(SealedTables(folder)) as tables:
        for column in tables.columns:
            for value in tables.values(column):
                text = box.unseal_bytes(value.sealed, record=value.record, field=value.field)
                values[f"{column.name} {value.record} {value.field}"] = text
                assert value.lookup_hash in (None, *box.lookup_hashes(text.decode(), value.field))
        files = SealedFiles(folder, tables)
        for sealed in SEALED_FOLDERS:
            for file in files.listed(sealed):
                values[f"{sealed.name} {file.name}"] = files.unseal(sealed, file, box)
    return values


def files_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def execute(folder: Path, query: str, *arguments: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "filings.db")) as db, db:
        return db.execute(query, arguments).fetchall()


@contextmanager
def writing(folder: Path) -> Iterator[list[str]]:
    """Somebody hands in a filing every few milliseconds; the drafts of those that were."""
    box, is_over, written = open_box(key_file(folder), may_create=False), threading.Event(), []

    def write() -> None:
        with closing(sqlite3.connect(folder / "filings.db", timeout=10, isolation_level=None)) as db:
            while not is_over.wait(0.005):
                db.execute("BEGIN IMMEDIATE")
                add_filing(db, folder, box, 1000 + len(written))
                db.execute("COMMIT")
                written.append(f"draft-{1000 + len(written)}")

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        try:
            yield written
        finally:
            is_over.set()
        writer.result()
