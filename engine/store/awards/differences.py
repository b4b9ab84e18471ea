"""What differs between the awards that stand and those that hold in a generation being built."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from engine.projections.award import Award, Kind
from engine.store.awards import awards
from engine.store.awards.awards import AWARD_COLUMNS, Announced
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Row, Transaction
from engine.store.projections import tables


class Difference(NamedTuple):
    """One award: as it was announced last, if ever; and as it is computed, if it holds.

    What stands and does not hold is lost; what holds and does not stand is added; what does both
    is moved if it has another date or ends otherwise, and renamed if it has the same under another
    name. (With other evidence alone it is unchanged.)
    """

    announced: Announced | None
    computed: Award | None

    @property
    def award(self) -> Award:
        """The award, as computed if it holds."""
        if self.computed is not None:
            return self.computed
        assert self.announced is not None
        return self.announced.award

    @property
    def kind(self) -> Kind | None:
        """None where there is nothing, or only a decision."""
        if self.announced is None or not self.announced.standing:
            return Kind.ADDED if self.computed is not None else None
        if self.announced.decided:
            return Kind.JUSTIFIED if self.computed is not None else None
        if self.computed is None:
            return Kind.LOST
        stored = self.announced.award
        if stored.time != self.computed.time or self.ends_otherwise:
            return Kind.MOVED
        return Kind.RENAMED if self.names_differ else Kind.UNCHANGED

    @property
    def names_differ(self) -> bool:
        """Of an award that stands and holds: whether badge or level are called otherwise."""
        assert self.announced is not None
        assert self.computed is not None
        stored = self.announced.award
        return (stored.badge, stored.level) != (self.computed.badge, self.computed.level)

    @property
    def ends_otherwise(self) -> bool:
        """Of an award that stands and holds: whether it is valid until another instant."""
        assert self.announced is not None
        assert self.computed is not None
        return self.announced.award.valid_until != self.computed.valid_until

    def ends_wrongly(self, catalog: int) -> bool:
        """Of an award that stands and holds under this catalog (its row): whether it was decided
        under it too, and yet is valid until another instant. Somebody changed the table."""
        assert self.announced is not None
        return self.ends_otherwise and self.announced.catalog == catalog

    @property
    def otherwise(self) -> bool:
        """Of an award that stands and holds: whether dates or evidence differ."""
        assert self.announced is not None
        assert self.computed is not None
        stored, now = self.announced.award, self.computed
        return (stored.time, stored.evidence) != (now.time, now.evidence) or self.ends_otherwise

    def rests_on(self, awards: Set[str]) -> bool:
        """Whether the proof that was announced names one of these awards."""
        assert self.announced is not None
        named = (e.id for e in self.announced.award.evidence if e.type == "award")
        return not awards.isdisjoint(named)


@dataclass(frozen=True, slots=True)
class DifferenceFilter:
    """Which differences: those that fit everything given. `kind`: gained, lost or moved."""

    kind: Kind | None = None
    badge: str | None = None
    recipient: str | None = None
    program: str | None = None


# The same as Difference.kind, for the database to go by.
_STANDS = "a.award_id IS NOT NULL AND a.standing"
_HOLDS = "c.award_id IS NOT NULL"
_MOVES = "(a.awarded_at <> c.awarded_at OR a.valid_until IS DISTINCT FROM c.valid_until)"
_KINDS = {
    # By decision it stands already: that is nobody's gain.
    Kind.ADDED: f"{_HOLDS} AND NOT ({_STANDS})",
    Kind.LOST: f"{_STANDS} AND NOT a.decided AND NOT ({_HOLDS})",
    Kind.MOVED: f"{_STANDS} AND NOT a.decided AND {_HOLDS} AND {_MOVES}",
    Kind.RENAMED: f"{_STANDS} AND NOT a.decided AND {_HOLDS} AND NOT {_MOVES} "
    "AND (a.badge, a.level) IS DISTINCT FROM (c.badge, c.level)",
    Kind.JUSTIFIED: f"{_STANDS} AND a.decided AND {_HOLDS}",
}
KINDS = tuple(_KINDS)
"""The kinds that there may be something to do about."""
SHOWN = (Kind.ADDED, Kind.LOST, Kind.MOVED, Kind.RENAMED)
"""The kinds that a diff shows to people."""


def _joined(replay: Replay) -> str:
    covered = "" if replay.programs is None else "WHERE program = ANY (%s::text[])"
    return (
        f"FROM (SELECT * FROM awards {covered}) a "
        f"FULL JOIN {tables.of('computed', replay.id)} c ON c.award_id = a.award_id"
    )


def _given(replay: Replay) -> list[object]:
    return [] if replay.programs is None else [sorted(replay.programs)]


def of_kind(
    tx: Transaction, replay: Replay, kind: Kind, order: str = "award_id"
) -> Iterator[Difference]:
    """The differences of a kind, by award id or, with `order`, by another column first."""
    by = f"coalesce(c.{order}, a.{order})"
    rows = tx.stream(
        f"SELECT {_SELECT} {_joined(replay)} WHERE {_KINDS[kind]} "
        f"ORDER BY {by}, coalesce(c.award_id, a.award_id)",
        *_given(replay),
    )
    return map(_difference, rows)


def page(
    tx: Transaction, replay: Replay, wanted: DifferenceFilter, after: str | None, limit: int
) -> list[Difference]:
    """The first so many differences behind an award's id that fit what is wanted."""
    kinds = SHOWN if wanted.kind is None else (wanted.kind,)
    of_kinds = " OR ".join(f"({_KINDS[kind]})" for kind in kinds)
    rows = tx.rows(
        f"SELECT {_SELECT} {_joined(replay)} WHERE ({of_kinds}) "
        "AND (%s::text IS NULL OR coalesce(c.badge, a.badge) = %s) "
        "AND (%s::text IS NULL OR coalesce(c.recipient, a.recipient) = %s) "
        "AND (%s::text IS NULL OR coalesce(c.program, a.program) = %s) "
        "AND (%s::uuid IS NULL OR coalesce(c.award_id, a.award_id) > %s::uuid) "
        "ORDER BY coalesce(c.award_id, a.award_id) LIMIT %s",
        *_given(replay),
        *(part for one in (wanted.badge, wanted.recipient, wanted.program) for part in (one, one)),
        after, after, limit,
    )  # fmt: skip
    return list(map(_difference, rows))


def kept_by(tx: Transaction, replay: Replay, generation: int) -> Iterator[Difference]:
    """What the cutover of another generation kept by decision, and does not hold, by recipient."""
    rows = tx.stream(
        f"SELECT {_SELECT} {_joined(replay)} JOIN kept_awards k ON k.award_id = a.award_id "
        f"AND k.generation = %s WHERE {_STANDS} AND a.decided AND NOT ({_HOLDS}) "
        "ORDER BY a.recipient, a.award_id",
        *_given(replay), generation,
    )  # fmt: skip
    return map(_difference, rows)


def counts(tx: Transaction, replay: Replay) -> dict[str, dict[str, int]]:
    """How many of each kind, by badge; and under "standing" how many stand."""
    columns = ", ".join(f"count(*) FILTER (WHERE {test})" for test in (*_KINDS.values(), _STANDS))
    rows = tx.rows(
        f'SELECT coalesce(c.badge, a.badge) COLLATE "C" AS badge, {columns} {_joined(replay)} '
        "GROUP BY 1 ORDER BY 1",
        *_given(replay),
    )
    names = (*(kind.value for kind in _KINDS), "standing")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def otherwise(tx: Transaction, replay: Replay) -> Iterator[Difference]:
    """What stands and holds, with other dates or other evidence."""
    rows = tx.stream(
        f"SELECT {_SELECT} {_joined(replay)} WHERE {_STANDS} AND NOT a.decided AND {_HOLDS} "
        f"AND ({_MOVES} OR a.evidence <> c.evidence)",
        *_given(replay),
    )
    return map(_difference, rows)


_SELECT = (
    f"a.award_id IS NOT NULL, {awards.SELECTED}, {_HOLDS}, {awards.selected('c', AWARD_COLUMNS)}"
)


def _difference(row: Row) -> Difference:
    size = awards.SIZE
    announced, computed = row[1 : size + 1], row[size + 2 :]
    return Difference(
        awards.announced(announced) if row[0] else None,
        awards.award(computed) if row[size + 1] else None,
    )
