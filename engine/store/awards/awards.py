"""Awards as announced: one row per award id ever announced, shared by all generations.

A row keeps what was announced as it was announced. It is never deleted: its revision is what makes
the next message about the award different from the last.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from engine.catalog.renames import BadgeLevel
from engine.projections.award import Award
from engine.rules.criteria.criterion import EvidenceItem
from engine.store.postgres.connection import Row, Transaction
from events.instants import Instant


class Announced(msgspec.Struct, frozen=True, gc=False):
    """What was announced of an award. `catalog` is the row of the catalog it was decided under;
    `decided` marks an award kept by decision, which facts do not justify."""

    award: Award
    revision: int
    standing: bool
    catalog: int
    decided: bool = False
    silent: bool = False


AWARD_COLUMNS = (
    "award_id", "program", "loop", "recipient", "badge", "level", "occurrence", "awarded_at",
    "valid_until", "evidence", "giver",
)  # fmt: skip
AWARD_TYPES = ("uuid", *["text"] * 10)

_COLUMNS = (*AWARD_COLUMNS, "revision", "standing", "catalog", "decided", "silent")
_TYPES = (*AWARD_TYPES, "int4", "bool", "int4", "bool", "bool")
_CHANGES = (
    "badge", "level", "occurrence", "awarded_at", "valid_until", "evidence", "giver", "revision",
    "standing", "catalog", "decided", "silent",
)  # fmt: skip
_UPDATE = (
    f"UPDATE awards a SET {', '.join(f'{name} = k.{name}' for name in _CHANGES)} "
    "FROM unnest(%b::text[]::uuid[], "
    f"{', '.join(f'%b::{_TYPES[_COLUMNS.index(name)]}[]' for name in _CHANGES)}) "
    f"k (award_id, {', '.join(_CHANGES)}) WHERE a.award_id = k.award_id"
)


def selected(table: str, columns: Iterable[str]) -> str:
    """Columns of a table for SELECT, the first of which is an award's id."""
    first, *others = columns
    return ", ".join([f"{table}.{first}::text", *(f"{table}.{name}" for name in others)])


SELECTED = selected("a", _COLUMNS)
"""Of the table, called a: what `announced` takes."""
SIZE = len(_COLUMNS)
_SELECT = f"SELECT {SELECTED} FROM "


def find(tx: Transaction, ids: Iterable[str]) -> dict[str, Announced]:
    """What was announced of these awards, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = tx.rows(
        _SELECT + "unnest(%b::text[]::uuid[]) k (id) JOIN awards a ON a.award_id = k.id",
        wanted,
    )
    return {row[0]: announced(row) for row in rows}


def standing(tx: Transaction, program: str | None = None) -> Iterator[Announced]:
    """The standing awards by id, of all programs or of one."""
    rows = tx.stream(
        _SELECT + "awards a WHERE a.standing AND (%s::text IS NULL OR a.program = %s) "
        "ORDER BY a.award_id",
        program, program,
    )  # fmt: skip
    return (announced(row) for row in rows)


def of_people(tx: Transaction, program: str, recipients: Iterable[str]) -> Iterator[Announced]:
    """Everything ever announced to these people of a program."""
    rows = tx.rows(
        _SELECT + "awards a WHERE a.program = %s AND a.recipient = ANY (%b::text[])",
        program, sorted(recipients),
    )  # fmt: skip
    return map(announced, rows)


def of_loop(tx: Transaction, program: str, loop: str) -> Iterator[Announced]:
    """Everything ever announced in a loop."""
    rows = tx.rows(_SELECT + "awards a WHERE a.program = %s AND a.loop = %s", program, loop)
    return map(announced, rows)


def standing_repeatable(
    tx: Transaction, recipients: Iterable[tuple[str, str]]
) -> dict[tuple[str, str, str], int]:
    """How many awards of each repeatable badge these recipients (program, participant) hold: by
    program, participant and badge. (Such an award has no level, and its fact's id.)"""
    wanted = sorted(set(recipients))
    rows = tx.rows(
        "SELECT a.program, a.recipient, a.badge, count(*) "
        "FROM unnest(%b::text[], %b::text[]) w (program, recipient) "
        "JOIN awards a ON a.program = w.program AND a.recipient = w.recipient "
        "WHERE a.standing AND a.level IS NULL AND a.occurrence <> '' GROUP BY 1, 2, 3",
        [program for program, _ in wanted], [name for _, name in wanted],
    )  # fmt: skip
    return {(program, name, badge): number for program, name, badge, number in rows}


def insert(tx: Transaction, announced: Iterable[Announced]) -> None:
    """Add awards announced for the first time."""
    rows = sorted(_row(item) for item in announced)
    if rows:
        tx.copy("awards", _COLUMNS, _TYPES, rows)


def update(tx: Transaction, announced: Iterable[Announced]) -> None:
    """Change awards announced before."""
    rows = sorted(_row(item) for item in announced)
    if rows:
        columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        tx.execute(_UPDATE, columns["award_id"], *(columns[name] for name in _CHANGES))


def rename(tx: Transaction, programs: Iterable[str], names: Mapping[BadgeLevel, BadgeLevel]) -> int:
    """Give the awards of these programs, standing or not, the names that badges and levels have
    now; gives how many had others. Their ids and revisions stay."""
    pairs = sorted(names.items(), key=str)
    was, now = zip(*pairs, strict=True)
    return tx.execute(
        "UPDATE awards a SET badge = n.badge, level = n.level, "
        "occurrence = coalesce(n.level, a.occurrence) "
        "FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[]) "
        "n (old_badge, old_level, badge, level) WHERE a.program = ANY (%b::text[]) "
        "AND a.badge = n.old_badge AND a.level IS NOT DISTINCT FROM n.old_level",
        [badge for badge, _ in was], [level for _, level in was],
        [badge for badge, _ in now], [level for _, level in now], sorted(programs),
    )  # fmt: skip


def put_under(
    tx: Transaction, programs: Iterable[str], names: Iterable[BadgeLevel], catalog: int
) -> None:
    """Let the awards of these badges be of this catalog, the one that calls them so: the badge of
    an award is looked up in its catalog."""
    wanted = sorted(set(names), key=str)
    tx.execute(
        "UPDATE awards a SET catalog = %s FROM unnest(%b::text[], %b::text[]) n (badge, level) "
        "WHERE a.program = ANY (%b::text[]) AND a.badge = n.badge "
        "AND a.level IS NOT DISTINCT FROM n.level AND a.catalog <> %s",
        catalog, [badge for badge, _ in wanted], [level for _, level in wanted],
        sorted(programs), catalog,
    )  # fmt: skip


def restate(tx: Transaction, announced: Iterable[Announced]) -> None:
    """Change dates and evidence of standing awards, keeping what stood before for the audit."""
    items = list(announced)
    if items:
        tx.execute(
            "INSERT INTO restatements (award_id, awarded_at, valid_until, evidence) "
            "SELECT award_id, awarded_at, valid_until, evidence FROM awards "
            "WHERE award_id = ANY (%b::text[]::uuid[])",
            [item.award.id for item in items],
        )
        update(tx, items)


def values(award: Award) -> Row:
    """An award as a table has it, by AWARD_COLUMNS."""
    evidence = [[e.time, e.type, e.id, e.loop] for e in award.evidence]
    return (
        award.id, award.program, award.loop, award.recipient, award.badge, award.level,
        award.occurrence, award.time, award.valid_until, msgspec.json.encode(evidence).decode(),
        award.giver,
    )  # fmt: skip


def award(row: Row) -> Award:
    """The inverse of `values`."""
    award_id, program, loop, recipient, badge, level, occurrence, time, until, evidence, giver = row
    return Award(
        id=award_id,
        program=program,
        loop=loop,
        recipient=recipient,
        badge=badge,
        level=level,
        occurrence=occurrence,
        time=Instant(time),
        evidence=tuple(EvidenceItem(*item) for item in msgspec.json.decode(evidence)),
        giver=giver,
        valid_until=None if until is None else Instant(until),
    )


def _row(item: Announced) -> Row:
    rest = (item.revision, item.standing, item.catalog, item.decided, item.silent)
    return (*values(item.award), *rest)


def announced(row: Row) -> Announced:
    """What SELECTED selects, as one."""
    size = len(AWARD_COLUMNS)
    return Announced(award(row[:size]), *row[size:])
