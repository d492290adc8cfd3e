"""Whose conversation it is: the page's by a signed token that nobody can make up, a REST client's by its sender.

The token is a cookie. In a frame on another site browsers send none: there the page keeps the token itself and says
it in a header, or as a subprotocol of its WebSocket, where no header can be set. Whether the token outlives a reload
there depends on the browser: a cookie for that site around it alone (Partitioned) hands it out again, where it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection

COOKIE = "yidi_session"
FRAMED_COOKIE = "yidi_framed"  # looked at only where the page asks which session it has
HEADER = "x-session"
SUBPROTOCOL, TOKEN_PREFIX = "yidi", "yidi.session."
LASTS_SECONDS = 180 * 24 * 3600
PAGE_PREFIX, REST_PREFIX = "page:", "rest:"
FOLLOWS_FOR = timedelta(minutes=1)
MOST_FOLLOWED = 10_000


class Session(NamedTuple):
    """A conversation and the token that leads to it."""

    conversation: str
    token: str


class Sessions:
    """Makes and reads session tokens with a secret of this installation."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._serializer = URLSafeTimedSerializer(secret, salt="session")
        self._successors: OrderedDict[str, tuple[Session, datetime]] = OrderedDict()

    def new(self) -> Session:
        """A new conversation and its token."""
        conversation = PAGE_PREFIX + secrets.token_urlsafe(24)
        return Session(conversation, str(self._serializer.dumps(conversation)))

    def conversation(self, token: str | None) -> str | None:
        """The conversation of a token that this server signed and that is not too old; else None."""
        if not token:
            return None
        try:
            return str(self._serializer.loads(token, max_age=LASTS_SECONDS))
        except BadSignature:
            return None

    def of(self, connection: HTTPConnection) -> Session | None:
        """The session that a page's request or WebSocket names; None without one of ours."""
        token = token_said(connection)
        if token is None:
            token = connection.cookies.get(COOKIE)
        conversation = self.conversation(token)
        return Session(conversation, token) if conversation and token else None

    def framed(self, connection: HTTPConnection) -> Session | None:
        """The session that a framed page had before it was loaded again; None unless it says that it has none."""
        if token_said(connection) is None:
            return None
        token = connection.cookies.get(FRAMED_COOKIE)
        conversation = self.conversation(token)
        return Session(conversation, token) if conversation and token else None

    def conversation_of(self, connection: HTTPConnection) -> str | None:
        """The conversation of that session."""
        session = self.of(connection)
        return session.conversation if session else None

    def successor(self, conversation: str, now: datetime) -> Session | None:
        """The session that took this conversation's place a moment ago.

        For a second tab, which learns of it while its browser still has the old cookie: both go on together.
        """
        session, since = self._successors.get(conversation, (None, now))
        return session if now - since < FOLLOWS_FOR else None

    def succeed(self, conversation: str, now: datetime) -> Session:
        """A new session in the place of this conversation."""
        session = self.new()
        self._successors[conversation] = (session, now)
        self._successors.move_to_end(conversation)
        if len(self._successors) > MOST_FOLLOWED:
            self._successors.popitem(last=False)
        return session

    def rest_conversation(self, sender: str) -> str:
        """A REST client's conversation: in a space of its own, so that no sender reaches a page's.

        Clients name people by phone numbers too: only a keyed hash is kept of it.
        """
        return REST_PREFIX + hmac.new(self._secret, sender.encode(), hashlib.sha256).hexdigest()


def token_said(connection: HTTPConnection) -> str | None:
    """The token that a framed page says itself, empty when it has none yet; None from a page that has its cookie."""
    if HEADER in connection.headers:
        return connection.headers[HEADER]
    offered: list[str] = connection.scope.get("subprotocols") or []
    return next((one.removeprefix(TOKEN_PREFIX) for one in offered if one.startswith(TOKEN_PREFIX)), None)
