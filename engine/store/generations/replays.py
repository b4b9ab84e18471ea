"""Generations on their way to being live, and back: what each is of, and how far it has come.

    planned → building → ready → approved → live → replaced → retired
                                     └ dropped, from anywhere before live

`details` is JSON, so that what is only kept for people needs no column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from engine.rules.time_zones import RULES_VERSION
from engine.store.postgres import locks
from engine.store.postgres.connection import Row, Transaction
from engine.store.projections import tables

Status = Literal[
    "planned", "building", "ready", "approved", "live", "replaced", "retired", "dropped"
]
OPEN: tuple[Status, ...] = ("planned", "building", "ready", "approved")
"""Of a replay that goes on: nobody else replays its programs meanwhile."""

Cut = Mapping[int, int]
"""By lane of the ledger, the offset that its next row will have, or a later one."""


class ReplayBusy(Exception):
    """Somebody else is at work on the same generation, or on the same programs."""


class NotReady(Exception):
    """A generation that is not where the command needs it."""


class NoSuchGeneration(Exception):
    """There is no generation of this number."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A generation. `programs`: those it is of; None for all there are or will be.

    `cut`: what its projections are of: every row of the ledger before these offsets, and perhaps
    some behind them; None before it is built.
    """

    id: int
    catalog: int
    status: Status
    created_at: str
    programs: frozenset[str] | None
    details: Mapping[str, Any]

    def covers(self, program: str) -> bool:
        """Whether it is of this program."""
        return self.programs is None or program in self.programs

    @property
    def takes_default(self) -> bool:
        """Whether programs never seen before are to start under it."""
        return self.programs is None or bool(self.details.get("default"))

    @property
    def planned_at(self) -> Cut:
        """Where the cursors stood when it was planned."""
        return _lanes(self.details["planned_at"])

    @property
    def cut(self) -> Cut | None:
        kept = self.details.get("cut")
        return None if kept is None else _lanes(kept)

    @property
    def first_cut(self) -> Cut:
        """Where the cursors stood when its build began."""
        return _lanes(self.details["first_cut"])


_SELECT = (
    "SELECT g.id, g.catalog, g.status, to_char(g.created_at AT TIME ZONE 'UTC', "
    '\'YYYY-MM-DD"T"HH24:MI:SS"Z"\'), CASE WHEN NOT g.every_program THEN '
    "(SELECT coalesce(array_agg(p.program), '{}') FROM generation_programs p "
    "WHERE p.generation = g.id) END, g.details FROM generations g "
)


def get(tx: Transaction, number: int) -> Replay:
    """One generation. Raises NoSuchGeneration."""
    row = tx.one(_SELECT + "WHERE g.id = %s", number)
    if row is None:
        raise NoSuchGeneration(
            f"there is no generation {number}; `badge-replay list` shows those there are"
        )
    return _replay(row)


def every(tx: Transaction) -> list[Replay]:
    """All of them, in the order in which they were made."""
    return [_replay(row) for row in tx.rows(_SELECT + "ORDER BY g.id")]


def hold(tx: Transaction, number: int) -> Replay:
    """One generation, whose status stays until the transaction ends. Raises NoSuchGeneration."""
    tx.one("SELECT 1 FROM generations WHERE id = %s FOR SHARE", number)
    return get(tx, number)


ZONE_RULES = "zone_rules"


def folded_by() -> dict[str, str]:
    """The detail of a generation that says by which release of the rules of time zones its facts
    are folded: under others a fact may belong to another day."""
    return {ZONE_RULES: RULES_VERSION}


def create(
    tx: Transaction,
    catalog: int,
    programs: Iterable[str] | None,
    details: Mapping[str, Any],
    planned_at: Cut | None = None,
) -> Replay:
    """Plan a generation of these programs, or of all. `planned_at`: where the cursors stood before
    its programs were looked up, if they were.

    Raises:
        ReplayBusy: a replay of one of these programs is open.
    """
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.REPLAY})")
    wanted = None if programs is None else frozenset(programs)
    for other in every(tx):
        if other.status in OPEN and (
            wanted is None or other.programs is None or wanted & other.programs
        ):
            raise ReplayBusy(
                f"generation {other.id} ({other.status}) is a replay of the same programs: take it "
                f"to its cutover, or drop it with `badge-replay retire {other.id}`"
            )
    stood = cursors(tx) if planned_at is None else planned_at
    row = tx.one(
        "INSERT INTO generations (catalog, status, every_program, details) "
        "VALUES (%s, 'planned', %s, %s) RETURNING id",
        catalog, wanted is None, _text({**details, "planned_at": stood, **folded_by()}),
    )  # fmt: skip
    assert row is not None
    number = int(row[0])
    tx.execute(
        "INSERT INTO generation_programs (generation, program) "
        "SELECT %s, p FROM unnest(%s::text[]) p",
        number, sorted(wanted or ()),
    )  # fmt: skip
    tables.create(tx, number, tables.PROJECTIONS + tables.OF_A_BUILD)
    return get(tx, number)


def add_programs(tx: Transaction, number: int, programs: Iterable[str]) -> None:
    """Take programs in that were not there when it was planned."""
    tx.execute(
        "INSERT INTO generation_programs (generation, program) "
        "SELECT %s, p FROM unnest(%s::text[]) p ON CONFLICT DO NOTHING",
        number, sorted(programs),
    )  # fmt: skip


def note(tx: Transaction, number: int, status: Status, **details: object) -> Replay:
    """Give a generation a status, and more details; one given as None is taken away."""
    after = {**get(tx, number).details, **details}
    kept = {name: value for name, value in after.items() if value is not None}
    tx.execute(
        "UPDATE generations SET status = %s, details = %s WHERE id = %s",
        status, _text(kept), number,
    )  # fmt: skip
    return get(tx, number)


def work_on(tx: Transaction, number: int) -> None:
    """Be the only one at work on a generation, until the transaction ends.

    Raises:
        ReplayBusy: somebody else is.
    """
    got = tx.one(
        f"SELECT pg_try_advisory_xact_lock(({locks.REPLAY} & 2147483647)::int, %s)", number
    )
    if got is None or not got[0]:
        raise ReplayBusy(f"somebody else is at work on generation {number}")


def cursors(tx: Transaction) -> dict[int, int]:
    """Where every lane of the ledger stands: a later row of a lane has this offset, or more."""
    return dict(tx.rows("SELECT lane, next_offset FROM cursors ORDER BY lane"))


def _replay(row: Row) -> Replay:
    number, catalog, status, created_at, programs, details = row
    kept = None if programs is None else frozenset(programs)
    return Replay(number, catalog, status, created_at, kept, msgspec.json.decode(details))


def _lanes(kept: Mapping[str, int]) -> Cut:
    return {int(lane): offset for lane, offset in kept.items()}


def _text(details: Mapping[str, Any]) -> str:
    return msgspec.json.encode(dict(details)).decode()
