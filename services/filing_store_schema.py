"""The filing database's tables. A change is a new migration."""

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
