"""Raw values waiting to be used as a field, known outside by an opaque token."""

from __future__ import annotations

import secrets
import string
from datetime import datetime

from sqlite_utils import Database

from services.china_time import stamp
from services.filing_store_sql import Rows
from services.secrets_box import SecretsBox

TOKEN_LETTERS = 26


class KeptValueTable:
    """Put, take once, purge. The caller holds the store's transaction."""

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._table = Rows(database, "kept_values", "token")
        self._database = database
        self._box = box

    def put(self, conversation: str, raw: str, at: datetime) -> str:
        """A new token for `raw`, good in this conversation only."""
        # Letters only: no run of digits in it can be taken for a phone or ID number,
        # which the privacy filter would replace. 26 letters are 122 bits.
        token = "kept_" + "".join(
            secrets.choice(string.ascii_lowercase) for _ in range(TOKEN_LETTERS)
        )
        self._table.insert(
            {
                "token": token,
                "conversation": conversation,
                "ciphertext": self._box.seal(raw, record=token, field=conversation),
                "created_at": stamp(at),
            }
        )
        return token

    def take(self, conversation: str, token: str) -> str | None:
        """The raw value, deleted on the way out; None if used, purged or another conversation's."""
        row = self._database.execute(
            "DELETE FROM kept_values WHERE token = ? AND conversation = ? RETURNING ciphertext",
            [token, conversation],
        ).fetchone()
        return None if row is None else self._box.unseal(row[0], record=token, field=conversation)

    def forget(self, conversation: str) -> None:
        """Delete all that this conversation has waiting."""
        self._database.execute("DELETE FROM kept_values WHERE conversation = ?", [conversation])

    def purge(self, before: datetime) -> int:
        """Delete values kept before that time; how many there were."""
        return self._database.execute(
            "DELETE FROM kept_values WHERE created_at < ?", [stamp(before)]
        ).rowcount
