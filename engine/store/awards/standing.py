"""Standing awards as boards and pages show them: without evidence, by loop or by person."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from engine.projections.loop_board import StandingAward
from engine.store.postgres.connection import Transaction
from events.instants import Instant

_SELECT = (
    "SELECT award_id::text, loop, recipient, badge, level, occurrence, awarded_at, decided, "
    "catalog, valid_until FROM awards WHERE standing AND program = %s"
)


class LevelTally(NamedTuple):
    """What a person holds of a badge at a level (None: it has none), over all loops: how many
    awards, the earliest of them, and when the latest was. `catalog`: one of the catalogs they were
    decided under. `valid_until`: when the last of them ends; None if one does not."""

    badge: str
    level: str | None
    awards: int
    first: str
    first_at: Instant
    first_decided: bool
    latest_at: Instant
    catalog: int
    valid_until: Instant | None


class PersonTallies(NamedTuple):
    """What a person holds in a program. `loops`: by badge, in how many loops they hold some of it.
    `givers`: how many people they have kudos from."""

    levels: list[LevelTally]
    loops: dict[str, int]
    givers: int


class AwardOfBadge(NamedTuple):
    """An award of one badge, with who gave it (kudos only). `occurrence`: of a repeatable badge,
    the id of its fact."""

    id: str
    loop: str | None
    level: str | None
    time: Instant
    decided: bool
    giver: str | None
    occurrence: str
    valid_until: Instant | None


class BadgeAwards(NamedTuple):
    """`recent`: the latest awards of a badge, latest first, of the `total`. `best`: all of the loop
    in which the highest level is held."""

    recent: tuple[AwardOfBadge, ...]
    best: tuple[AwardOfBadge, ...]
    total: int


class AwardInTime(NamedTuple):
    """An award as a list of the latest shows it. `catalog` as of a tally."""

    id: str
    loop: str | None
    badge: str
    level: str | None
    time: Instant
    decided: bool
    giver: str | None
    catalog: int
    valid_until: Instant | None


def which_stand(tx: Transaction, ids: Iterable[str]) -> dict[str, bool]:
    """Of these awards those that were ever announced, and whether each stands."""
    rows = tx.rows(
        "SELECT award_id::text, standing FROM awards WHERE award_id = ANY (%b::text[]::uuid[])",
        sorted(set(ids)),
    )
    return dict(rows)


def revisions(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """The revisions of those of these awards that stand, by id."""
    rows = tx.rows(
        "SELECT award_id::text, revision FROM awards "
        "WHERE standing AND award_id = ANY (%b::text[]::uuid[])",
        sorted(set(ids)),
    )
    return dict(rows)


def of_program(tx: Transaction, program: str) -> list[StandingAward]:
    """All of a program, by id."""
    rows = tx.rows(f"{_SELECT} ORDER BY award_id", program)
    return [StandingAward(*row) for row in rows]


def kept(tx: Transaction, program: str) -> list[StandingAward]:
    """Those of a program that are kept by decision."""
    return [StandingAward(*row) for row in tx.rows(f"{_SELECT} AND decided", program)]


def of_badges(tx: Transaction, program: str, badges: Iterable[str]) -> list[StandingAward]:
    """Those of a program of these badges, by recipient and time."""
    rows = tx.rows(
        f"{_SELECT} AND badge = ANY (%b::text[]) ORDER BY recipient, awarded_at, award_id",
        program, sorted(badges),
    )  # fmt: skip
    return [StandingAward(*row) for row in rows]


def of_loop(tx: Transaction, program: str, loop: str) -> list[StandingAward]:
    """Those of a loop."""
    return [StandingAward(*row) for row in tx.rows(f"{_SELECT} AND loop = %s", program, loop)]


def beyond_loops(tx: Transaction, program: str, people: Iterable[str]) -> list[StandingAward]:
    """Of these people, those of the program, and those kept by decision in any loop."""
    rows = tx.rows(
        f"{_SELECT} AND recipient = ANY (%b::text[]) AND (loop IS NULL OR decided)",
        program, sorted(people),
    )  # fmt: skip
    return [StandingAward(*row) for row in rows]


def around_loop(
    tx: Transaction, program: str, loop: str, people: Iterable[str]
) -> list[StandingAward]:
    """Those of a loop; and of these people and of all who hold one there, those of the program, and
    those kept by decision in any other loop."""
    rows = tx.rows(
        f"{_SELECT} AND loop = %s UNION ALL {_SELECT} AND (loop IS NULL OR decided) "
        "AND loop IS DISTINCT FROM %s AND recipient = ANY (%b::text[] || ARRAY("
        "SELECT recipient FROM awards WHERE standing AND program = %s AND loop = %s))",
        program, loop, program, loop, sorted(people), program, loop,
    )  # fmt: skip
    return [StandingAward(*row) for row in rows]


def of_person(
    tx: Transaction, program: str, person: str, loops: Sequence[str] = ()
) -> tuple[PersonTallies, list[StandingAward]]:
    """What a person holds in a program, counted; and one by one those of these loops, and those
    beyond loops (of the program, or kept by decision)."""
    rows = tx.rows(_TALLIES, program, person, list(loops))
    levels, in_loops, awards, givers = [], {}, [], 0
    for kind, badge, level, number, text, catalog in rows:
        match kind:
            case "level":
                first = (text[_ID], Instant(text[_AT]), text[_DECIDED] == "1")
                latest, until = Instant(text[_LATEST]), text[_UNTIL] or None
                levels.append(LevelTally(badge, level, number, *first, latest, catalog, until))
            case "loops":
                in_loops[badge] = number
            case "givers":
                givers = number
            case _:
                award_id, loop, occurrence, time, decided, until = msgspec.json.decode(text)
                awards.append(
                    StandingAward(
                        award_id, loop, person, badge, level, occurrence, Instant(time), decided,
                        catalog, until,
                    )
                )  # fmt: skip
    return PersonTallies(levels, in_loops, givers), awards


def of_badge(
    tx: Transaction,
    program: str,
    person: str,
    badge: str,
    loop: str | None,
    levels: Sequence[str],
    limit: int,
) -> BadgeAwards:
    """What a person holds of a badge, in a loop or in all. `levels`: its levels, lowest first; none
    of a repeatable badge, of which no loop is the best."""
    rows = tx.rows(_OF_BADGE, program, person, badge, loop, loop, list(levels), limit, bool(levels))
    awards = [AwardOfBadge(*row[:-3]) for row in rows]
    return BadgeAwards(
        recent=tuple(award for award, row in zip(awards, rows, strict=True) if row[-3] <= limit),
        best=tuple(award for award, row in zip(awards, rows, strict=True) if levels and row[-1]),
        total=rows[0][-2] if rows else 0,
    )


_OF_BADGE = """
WITH mine AS (
    SELECT award_id::text, loop, level, awarded_at, decided, giver, occurrence, valid_until,
        row_number() OVER (ORDER BY awarded_at DESC, award_id) AS number, count(*) OVER () AS total
    FROM awards WHERE standing AND program = %s AND recipient = %s AND badge = %s
        AND (%s::text IS NULL OR loop = %s OR loop IS NULL)
), best AS (
    SELECT loop FROM mine
    ORDER BY array_position(%s::text[], coalesce(level, '')) DESC NULLS LAST, number LIMIT 1
)
SELECT mine.*, mine.loop IS NOT DISTINCT FROM best.loop FROM mine, best
WHERE number <= %s OR (%s AND mine.loop IS NOT DISTINCT FROM best.loop) ORDER BY number
"""


def in_time(
    tx: Transaction, program: str, person: str, before: tuple[str, str] | None, limit: int
) -> list[AwardInTime]:
    """The latest awards that a person holds, or those before one (its instant and id)."""
    instant, award = before or (None, None)
    rows = tx.rows(
        "SELECT award_id::text, loop, badge, level, awarded_at, decided, giver, catalog, "
        "valid_until FROM awards WHERE standing AND program = %s AND recipient = %s "
        "AND (%s::text IS NULL OR (awarded_at, award_id) < (%s, %s::text::uuid)) "
        "ORDER BY awarded_at DESC, award_id DESC LIMIT %s",
        program, person, instant, instant, award, limit,
    )  # fmt: skip
    return [AwardInTime(*row) for row in rows]


# The earliest award is found as the least text of date, id and decision: to sort ids by dates
# takes ten times as long (measured, for somebody with 10,000 awards: 320 ms).
_INSTANT, _UUID = len("2026-03-04T10:00:00.000000Z"), 36
_AT, _ID = slice(_INSTANT), slice(_INSTANT, _INSTANT + _UUID)
_DECIDED, _BEHIND = _INSTANT + _UUID, _INSTANT + _UUID + 1
_LATEST, _UNTIL = slice(_BEHIND, _BEHIND + _INSTANT), slice(_BEHIND + _INSTANT, None)
_TALLIES = """
WITH mine AS MATERIALIZED (
    SELECT badge, level, loop, giver, catalog, awarded_at || award_id || decided::int AS first,
        award_id, occurrence, awarded_at, decided, valid_until
    FROM awards WHERE standing AND program = %s AND recipient = %s
)
SELECT 'level', badge, level, count(*), min(first) || max(awarded_at)
    || CASE WHEN count(valid_until) = count(*) THEN max(valid_until) ELSE '' END, max(catalog)
    FROM mine GROUP BY badge, level
UNION ALL SELECT 'loops', badge, NULL, count(*), NULL, NULL
    FROM (SELECT DISTINCT badge, loop FROM mine WHERE loop IS NOT NULL) l GROUP BY badge
UNION ALL SELECT 'givers', NULL, NULL, count(*), NULL, NULL
    FROM (SELECT DISTINCT giver FROM mine WHERE giver IS NOT NULL) g
UNION ALL SELECT 'award', badge, level, NULL,
    json_build_array(award_id, loop, occurrence, awarded_at, decided, valid_until)::text, catalog
    FROM mine WHERE loop = ANY (%b::text[]) OR loop IS NULL OR decided
"""
