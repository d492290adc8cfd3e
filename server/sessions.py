"""Whose conversation it is: the page's by a signed cookie that nobody can make up, a REST client's by its sender."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "yidi_session"
LASTS_SECONDS = 180 * 24 * 3600
PAGE_PREFIX, REST_PREFIX = "page:", "rest:"


class Sessions:
    """Makes and reads session cookies with a secret of this installation."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._serializer = URLSafeTimedSerializer(secret, salt="session")

    def new(self) -> tuple[str, str]:
        """A new conversation and its cookie."""
        conversation = PAGE_PREFIX + secrets.token_urlsafe(24)
        return conversation, str(self._serializer.dumps(conversation))

    def conversation(self, cookie: str | None) -> str | None:
        """The conversation of a cookie that this server signed and that is not too old; else None."""
        if not cookie:
            return None
        try:
            return str(self._serializer.loads(cookie, max_age=LASTS_SECONDS))
        except BadSignature:
            return None

    def rest_conversation(self, sender: str) -> str:
        """A REST client's conversation: in a space of its own, so that no sender reaches a page's.

        Clients name people by phone numbers too: only a keyed hash is kept of it.
        """
        return REST_PREFIX + hmac.new(self._secret, sender.encode(), hashlib.sha256).hexdigest()
