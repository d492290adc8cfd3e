"""The filing database's tables. A change is a new migration: those that a release has carried stay as they are."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("filing_store")


@migrations()
def create_drafts(db: Database) -> None:
    """Unfinished filings. `fields` never holds a sensitive value: those are in draft_secrets."""
    db.table("drafts").create(
        {
            "draft_id": str, "conversation": str, "kind": str, "insured_region": str,
            "state": str, "fields": str, "failures": str, "reviewed_at": str,
            "letter_version": str, "letter_sha256": str, "consented_at": str,
            "created_at": str, "updated_at": str,
        },
        pk="draft_id",
        not_null={"conversation", "kind", "insured_region", "state", "fields", "failures"},
        strict=True,
    )
    db.execute(
        "CREATE UNIQUE INDEX one_unfinished_draft ON drafts (conversation)"
        " WHERE state IN ('open', 'paused')"
    )
    db.table("draft_secrets").create(
        {"draft_id": str, "field": str, "ciphertext": bytes},
        pk=("draft_id", "field"),
        not_null={"ciphertext"},
        foreign_keys=[("draft_id", "drafts", "draft_id")],
        strict=True,
    )


@migrations()
def create_kept_values(db: Database) -> None:
    """Raw values on their way into a draft, known to the dialogue only by token."""
    db.table("kept_values").create(
        {"token": str, "conversation": str, "ciphertext": bytes, "created_at": str},
        pk="token",
        not_null={"conversation", "ciphertext", "created_at"},
        strict=True,
    )
    db.table("kept_values").create_index(["conversation"])


@migrations()
def create_filings(db: Database) -> None:
    """Submitted filings; one per draft, which makes a repeated submit harmless."""
    db.table("filings").create(
        {
            "filing_no": str, "draft_id": str, "conversation": str, "kind": str,
            "insured_region": str, "treatment_region": str, "reason": str, "starts_on": str,
            "status": str, "submitted_at": str, "confirmed_on": str, "letter_version": str,
            "letter_sha256": str, "consented_at": str, "version": int,
        },
        pk="filing_no",
        not_null={
            "draft_id", "conversation", "kind", "insured_region", "treatment_region", "reason",
            "starts_on", "status", "submitted_at", "letter_version", "letter_sha256",
            "consented_at", "version",
        },
        foreign_keys=[("draft_id", "drafts", "draft_id")],
        strict=True,
    )
    db.table("filings").create_index(["draft_id"], unique=True)
    db.table("filings").create_index(["conversation"])
    db.table("filing_secrets").create(
        {"filing_no": str, "field": str, "ciphertext": bytes, "lookup_hash": str},
        pk=("filing_no", "field"),
        not_null={"ciphertext"},
        foreign_keys=[("filing_no", "filings", "filing_no")],
        strict=True,
    )
    db.table("filing_secrets").create_index(["field", "lookup_hash"])


@migrations()
def create_filing_events(db: Database) -> None:
    """What happened to each filing. The database itself refuses to rewrite it."""
    db.table("filing_events").create(
        {"id": int, "filing_no": str, "event": str, "at": str, "actor": str, "detail": str},
        pk="id",
        not_null={"filing_no", "event", "at", "actor", "detail"},
        foreign_keys=[("filing_no", "filings", "filing_no")],
        strict=True,
    )
    db.table("filing_events").create_index(["filing_no"])
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER filing_events_no_{verb.lower()} BEFORE {verb} ON filing_events "
            "BEGIN SELECT RAISE(ABORT, 'filing_events is append-only: add a new event'); END"
        )


@migrations()
def let_filings_succeed_each_other(db: Database) -> None:
    """Every kind of filing, its effect and validity, and which filing it mends, changes or renews."""
    for column, default in (("purpose", "new"), ("facts", "{}"), ("skipped", "[]")):
        db.table("drafts").add_column(column, str, not_null_default=default)
    db.table("drafts").add_column("predecessor", str)
    for column, default in (("purpose", "new"), ("facts", "{}"), ("fields", "{}")):
        db.table("filings").add_column(column, str, not_null_default=default)
    for column in ("predecessor", "effective_on", "valid_to"):
        db.table("filings").add_column(column, str)
    db.execute("UPDATE filings SET effective_on = starts_on WHERE confirmed_on IS NOT NULL")
    db.execute(
        "UPDATE filings SET fields = json_object("
        "'treatment_region', treatment_region, 'reason', reason, 'starts_on', starts_on)"
    )
    db.table("filings").create_index(["status", "insured_region", "submitted_at", "filing_no"])
    db.table("filings").create_index(["predecessor"])


@migrations()
def create_event_notes(db: Database) -> None:
    """What officers wrote to people, sealed: it may name them. Beside the events, which nothing may change."""
    db.table("event_notes").create(
        {"event_id": int, "ciphertext": bytes}, pk="event_id", not_null={"ciphertext"},
        foreign_keys=[("event_id", "filing_events", "id")], strict=True,
    )


@migrations()
def create_papers(db: Database) -> None:
    """Uploaded papers; their content lies sealed in files of their own. Of a draft, then of its filing."""
    db.table("papers").create(
        {
            "paper_id": str, "draft_id": str, "filing_no": str, "paper": str, "media_type": str,
            "size": int, "uploaded_at": str,
        },
        pk="paper_id",
        not_null={"draft_id", "paper", "media_type", "size", "uploaded_at"},
        strict=True,
    )
    db.table("papers").create_index(["draft_id"])
    db.table("papers").create_index(["filing_no"])


@migrations()
def create_look_ups(db: Database) -> None:
    """Which other conversations have shown whose filing it is, and wrong attempts to."""
    db.table("grants").create(
        {"conversation": str, "filing_no": str, "granted_at": str}, pk=("conversation", "filing_no"),
        not_null={"granted_at"}, strict=True,
    )
    db.table("lookup_failures").create(
        {"id": int, "filing_no": str, "at": str}, pk="id", not_null={"filing_no", "at"}, strict=True
    )
    db.table("lookup_failures").create_index(["filing_no", "at"])


@migrations()
def create_access_log(db: Database) -> None:
    """Every time somebody saw sensitive values in clear. Nothing can be taken out of it."""
    db.table("access_log").create(
        {"id": int, "filing_no": str, "actor": str, "action": str, "fields": str, "at": str},
        pk="id", not_null={"filing_no", "actor", "action", "fields", "at"}, strict=True,
    )
    db.table("access_log").create_index(["filing_no"])
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER access_log_no_{verb.lower()} BEFORE {verb} ON access_log "
            "BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END"
        )


@migrations()
def create_answered_requests(db: Database) -> None:
    """What an officer's request was answered, so that the same request sent again changes nothing."""
    db.table("answered_requests").create(
        {"actor": str, "key": str, "request": str, "filing_no": str, "at": str}, pk=("actor", "key"),
        not_null={"request", "filing_no", "at"}, strict=True,
    )


@migrations()
def index_what_is_looked_up(db: Database) -> None:
    """A million filings are no slower than a hundred: no step of a conversation or the desk reads a table through."""
    db.table("drafts").create_index(["conversation", "updated_at"])
    db.table("lookup_failures").create_index(["at"])
    # One entry for each person instead of one for each value: most values are looked up by nobody.
    db.execute("DROP INDEX idx_filing_secrets_field_lookup_hash")
    db.execute(
        "CREATE INDEX filing_secrets_looked_up ON filing_secrets (field, lookup_hash) WHERE lookup_hash IS NOT NULL"
    )


@migrations()
def say_why_somebody_looked(db: Database) -> None:
    """Why it was asked to see what is masked: a closed reason, and words of their own, sealed: they may name people."""
    db.table("access_log").add_column("reason", str, not_null_default="")
    db.table("access_notes").create(
        {"access_id": int, "ciphertext": bytes}, pk="access_id", not_null={"ciphertext"},
        foreign_keys=[("access_id", "access_log", "id")], strict=True,
    )


@migrations()
def list_phones_without_a_hash(db: Database) -> None:
    """Filings are found by phone too; FilingTable.hash_phones gives those that are there their hashes."""
    db.execute(
        "CREATE INDEX filing_phones_not_hashed ON filing_secrets (field)"
        " WHERE field = 'phone' AND lookup_hash IS NULL"
    )
