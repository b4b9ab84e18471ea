"""Sessions of browsers: a random id in a cookie, everything else in a table.

Roles are at most 15 minutes old. Where the issuer gave a refresh token one request asks it for
new ones, and the person notices nothing; without one they go to the issuer and come back. When they
proved who they are is of the login alone: new roles do not make it later.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from web.identity.login.oidc import Login, LoginFailed, OpenIdClient
from web.identity.login.sealed_refresh import seal, unseal
from web.identity.principal import Principal, Role, roles_of
from web.identity.tokens.cached import Clock
from web.identity.tokens.fetching import IssuerAway
from web.identity.tokens.verification import LEEWAY, SignedOut
from web.store import sessions
from web.store.sessions import NewSession, SessionRow, SessionTable

_ID_BYTES = 32
_RENEW_AHEAD = timedelta(minutes=1)
_RENEWING = timedelta(seconds=10)
"""How long one request may take to renew, and the pause after it could not."""
_PAUSE_SECONDS, _PAUSES = 0.1, 30


class Sessions:
    """What cookies stand for. `pause`: waits for so many seconds. `table`: where they are kept."""

    def __init__(
        self,
        people: Engine,
        client: OpenIdClient,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
        table: SessionTable = sessions.PEOPLE,
    ) -> None:
        self._table = table
        self._people = people
        self._client = client
        self._clock = clock
        self._pause = pause
        self._failed: datetime | None = None
        """When the issuer last gave no new roles; None since it gave some."""

    def begin(self, login: Login, before: str | None) -> str:
        """A session of a new id, which is the cookie's value. The one of before the login ends.

        Those of others that have ended are deleted meanwhile.
        """
        cookie = secrets.token_urlsafe(_ID_BYTES)
        who = login.signed_in.principal
        session = NewSession(
            id=digest(cookie),
            subject=who.subject,
            sid=login.signed_in.sid,
            roles=_as_json(who.roles),
            roles_until=who.until,
            refresh=seal(login.refresh, cookie) if login.refresh else None,
            authenticated_at=who.authenticated_at,
        )
        with transaction(self._people) as tx:
            if before is not None:
                self._table.end(tx, digest(before))
            self._table.tidy(tx, self._clock())
            self._table.insert(tx, session, self._clock())
        return cookie

    def principal(self, cookie: str) -> Principal | None:
        """Who a cookie stands for; None if its session has ended or never was.

        Raises IssuerAway: the roles are too old, and there are no newer ones to be had.
        """
        row = self._look(cookie)
        if row is None:
            return None
        now = self._clock()
        if row.renewable and now >= row.roles_until - _RENEW_AHEAD:
            return self._renewed(cookie, row)
        return _principal(row) if now < row.roles_until else None

    def end(self, cookie: str) -> None:
        """Sign out one browser."""
        with transaction(self._people) as tx:
            self._table.end(tx, digest(cookie))

    def end_of_issuer(self, signed_out: SignedOut) -> int:
        """Sign out everywhere, as the issuer says. Gives the number of sessions."""
        with transaction(self._people) as tx:
            return self._table.end_of_issuer(
                tx, signed_out.subject, signed_out.sid, signed_out.at + LEEWAY
            )

    def _look(self, cookie: str) -> SessionRow | None:
        with transaction(self._people) as tx:
            row = self._table.look(tx, digest(cookie), self._clock())
        return row if row is not None and isinstance(row.roles, list) else None

    def _renewed(self, cookie: str, row: SessionRow) -> Principal | None:
        """With new roles; with those of before if they are still good and others are not to be
        had."""
        now = self._clock()
        with transaction(self._people) as tx:
            sealed = self._table.claim_renewal(tx, digest(cookie), now, now + _RENEWING)
        good_still = _principal(row) if now < row.roles_until else None
        if sealed is None:
            return good_still or self._awaited(cookie)
        refresh = unseal(sealed, cookie)
        try:
            if refresh is None:
                raise LoginFailed("the refresh token cannot be read")
            login = self._client.renew(refresh, row.subject)
        except LoginFailed:
            self.end(cookie)
            return None
        except IssuerAway:
            self._failed = self._clock()
            if good_still is None:
                raise
            return good_still
        self._failed = None
        who = login.signed_in.principal
        again = seal(login.refresh, cookie) if login.refresh else None
        with transaction(self._people) as tx:
            self._table.renew(tx, digest(cookie), _as_json(who.roles), who.until, again)
        until = min(who.until, row.ends)
        return Principal(who.subject, who.roles, until, row.authenticated_at)

    def _awaited(self, cookie: str) -> Principal | None:
        """The roles that another request is asking for; nobody waits for an issuer known to be
        away."""
        for _ in range(_PAUSES):
            if self._failed_lately():
                raise IssuerAway("the issuer was away a moment ago")
            self._pause(_PAUSE_SECONDS)
            row = self._look(cookie)
            if row is None:
                return None
            if self._clock() < row.roles_until:
                return _principal(row)
        raise IssuerAway("another request did not get new roles in time")

    def _failed_lately(self) -> bool:
        """Whether a claim may still be held by a request that failed. An instant in the future
        counts as long ago."""
        failed = self._failed
        return failed is not None and timedelta(0) <= self._clock() - failed < _RENEWING


def digest(cookie: str) -> bytes:
    """The id of a session in the table: SHA-256 of the cookie's value."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogateescape")).digest()


def _principal(row: SessionRow) -> Principal:
    until = min(row.roles_until, row.ends)
    return Principal(row.subject, roles_of(row.roles), until, row.authenticated_at)


def _as_json(roles: Iterable[Role]) -> Sequence[dict[str, Any]]:
    return [role.model_dump(mode="json") for role in roles]
