"""Standing awards of kudos: of repeatable badges that a giver stands for, one for each fact."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from events.instants import Instant


class KudosReceived(NamedTuple):
    """Kudos as awarded. `kudos_id`: of the fact; `award_id` orders those of one instant."""

    award_id: str
    program: str
    loop: str
    recipient: str
    giver: str
    badge: str
    kudos_id: str
    time: Instant
    catalog: int

    @property
    def position(self) -> tuple[str, str]:
        """Where it stands in a list, latest first."""
        return self.time, self.award_id


class KudosWanted(NamedTuple):
    """Which kudos of a program; None: all. `since` is in it, `until` is not. `ids`: only of these
    facts; `but`: of none of these."""

    recipient: str | None = None
    giver: str | None = None
    loop: str | None = None
    since: Instant | None = None
    until: Instant | None = None
    ids: Sequence[str] | None = None
    but: Sequence[str] = ()


_COLUMNS = "award_id::text, program, loop, recipient, giver, badge, occurrence, awarded_at, catalog"
_KUDOS = "level IS NULL AND occurrence <> '' AND loop IS NOT NULL AND giver IS NOT NULL"


def in_time(
    tx: Transaction,
    program: str,
    wanted: KudosWanted,
    before: tuple[str, str] | None,
    limit: int,
) -> list[KudosReceived]:
    """The latest of a program that are wanted, or those before one (its position)."""
    conditions: list[str] = ["standing", "program = %s", _KUDOS]
    values: list[object] = [program]
    given = {
        "recipient = %s": wanted.recipient,
        "giver = %s": wanted.giver,
        "loop = %s": wanted.loop,
        "awarded_at >= %s": wanted.since,
        "awarded_at < %s": wanted.until,
    }
    for condition, value in given.items():
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if wanted.ids is not None:
        conditions.append("occurrence = ANY (%s::text[])")
        values.append(list(wanted.ids))
    if wanted.but:
        conditions.append("occurrence <> ALL (%s::text[])")
        values.append(list(wanted.but))
    if before is not None:
        conditions.append("(awarded_at, award_id) < (%s, %s::text::uuid)")
        values += before
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM awards WHERE {' AND '.join(conditions)} "
        "ORDER BY awarded_at DESC, award_id DESC LIMIT %s",
        *values, limit,
    )  # fmt: skip
    return [KudosReceived(*row) for row in rows]


def of_awards(tx: Transaction, program: str, award_ids: Sequence[str]) -> list[KudosReceived]:
    """Those of a program that have these ids, also what stands no more."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM awards WHERE award_id = ANY (%s::text[]::uuid[]) "
        f"AND program = %s AND {_KUDOS}",
        list(award_ids), program,
    )  # fmt: skip
    return [KudosReceived(*row) for row in rows]


def ever(tx: Transaction, program: str, participant: str) -> list[KudosReceived]:
    """All that somebody ever received or gave in a program, also what stands no more."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM awards WHERE program = %s AND (recipient = %s OR giver = %s) "
        f"AND {_KUDOS} ORDER BY awarded_at, award_id",
        program, participant, participant,
    )  # fmt: skip
    return [KudosReceived(*row) for row in rows]
