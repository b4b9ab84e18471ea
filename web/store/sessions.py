"""Tables of sessions: web.sessions, and web.ops_sessions of operators. Ids are SHA-256 digests;
instants come from the caller's clock."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.store.postgres.connection import Transaction

IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=24)
_SEEN_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that goes on. `roles` are whatever the column holds."""

    subject: str
    roles: Any
    roles_until: datetime
    ends: datetime
    renewable: bool
    authenticated_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a login puts into the table."""

    id: bytes
    subject: str
    sid: str | None
    roles: Sequence[dict[str, Any]]
    roles_until: datetime
    refresh: str | None
    authenticated_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionTable:
    """One of the tables."""

    name: str

    def insert(self, tx: Transaction, session: NewSession, now: datetime) -> None:
        """A session that begins now."""
        tx.execute(
            f"""
            INSERT INTO {self.name}
                (id, sub, sid, roles, roles_until, made, seen, ends, refresh, authenticated_at)
            VALUES (%s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s)
            """,
            session.id,
            session.subject,
            session.sid,
            json.dumps(session.roles),
            session.roles_until,
            now,
            now,
            now + LONGEST,
            session.refresh,
            session.authenticated_at,
        )

    def look(self, tx: Transaction, id: bytes, now: datetime) -> SessionRow | None:
        """A session that goes on, in one statement that mostly only reads: `seen` is written when
        it is a minute old, and not by a request that would have to wait for another."""
        row = tx.one(
            f"""
            WITH going_on AS (
                SELECT sub, roles, roles_until, ends, refresh IS NOT NULL AS renewable, seen,
                    authenticated_at
                FROM {self.name}
                WHERE id = %s AND ends > %s AND seen > %s
            ), seen_again AS (
                UPDATE {self.name} SET seen = %s
                WHERE id IN (
                    SELECT id FROM {self.name}
                    WHERE id = %s AND EXISTS (SELECT FROM going_on WHERE seen <= %s)
                    FOR UPDATE SKIP LOCKED
                )
            )
            SELECT sub, roles, roles_until, ends, renewable, authenticated_at FROM going_on
            """,
            id,
            now,
            now - IDLE,
            now,
            id,
            now - _SEEN_AGAIN,
        )
        return SessionRow(*row) if row else None

    def roles_of_going_on(
        self, tx: Transaction, ids: Sequence[bytes], now: datetime
    ) -> dict[bytes, Any]:
        """Of these sessions those that go on, with whatever their column of roles holds. Nobody is
        seen by it."""
        rows = tx.rows(
            f"SELECT id, roles FROM {self.name} WHERE id = ANY(%s) AND ends > %s AND seen > %s",
            list(ids),
            now,
            now - IDLE,
        )
        return {bytes(id): roles for id, roles in rows}

    def count_going_on(self, tx: Transaction, now: datetime) -> int:
        """How many have not ended."""
        row = tx.one(
            f"SELECT count(*) FROM {self.name} WHERE ends > %s AND seen > %s", now, now - IDLE
        )
        return 0 if row is None else int(row[0])

    def claim_renewal(
        self, tx: Transaction, id: bytes, now: datetime, until: datetime
    ) -> str | None:
        """The refresh token's JWE, for the one request that may use it until `until`; else None."""
        row = tx.one(
            f"""
            UPDATE {self.name} SET renewing = %s
            WHERE id = %s AND refresh IS NOT NULL AND (renewing IS NULL OR renewing <= %s)
            RETURNING refresh
            """,
            until,
            id,
            now,
        )
        return row[0] if row else None

    def renew(
        self,
        tx: Transaction,
        id: bytes,
        roles: Sequence[dict[str, Any]],
        roles_until: datetime,
        refresh: str | None,
    ) -> None:
        """New roles, and the refresh token for the next time."""
        tx.execute(
            f"""
            UPDATE {self.name}
            SET roles = %s::jsonb, roles_until = %s, refresh = %s, renewing = NULL WHERE id = %s
            """,
            json.dumps(roles),
            roles_until,
            refresh,
            id,
        )

    def end(self, tx: Transaction, id: bytes) -> int:
        """End one session. Gives how many there were."""
        return tx.execute(f"DELETE FROM {self.name} WHERE id = %s", id)

    def end_of_issuer(
        self, tx: Transaction, subject: str | None, sid: str | None, made_until: datetime
    ) -> int:
        """End the sessions of an issuer's session, or without one all of a subject. Gives how many.

        `made_until`: sessions made later stay, so that a logout that is repeated ends no new login.
        """
        return tx.execute(
            f"""
            DELETE FROM {self.name}
            WHERE (%s::text IS NULL OR sid = %s) AND (%s::text IS NULL OR sub = %s)
              AND NOT (%s::text IS NULL AND %s::text IS NULL) AND made <= %s
            """,
            sid,
            sid,
            subject,
            subject,
            sid,
            subject,
            made_until,
        )

    def tidy(self, tx: Transaction, now: datetime) -> int:
        """Delete what has ended, but for rows that another deletes. Gives how many."""
        return tx.execute(
            f"""
            DELETE FROM {self.name} WHERE id IN (
                SELECT id FROM {self.name} WHERE ends <= %s OR seen <= %s FOR UPDATE SKIP LOCKED
            )
            """,
            now,
            now - IDLE,
        )


PEOPLE = SessionTable("web.sessions")
OPERATORS = SessionTable("web.ops_sessions")
