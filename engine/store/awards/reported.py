"""Standing awards counted for a program's coordinators: by month, badge, loop and person.

An award with a giver is a kudos; the others are achievements. All of a program are read once and
grouped there, never a row for each.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from events.instants import Instant


class AwardsOfMonth(NamedTuple):
    """How many awards of a badge at a level (None: it has none) there are in a month of the range,
    by its number from 0. `catalog`: one of the catalogs they were decided under."""

    month: int
    badge: str
    level: str | None
    kudos: bool
    awards: int
    catalog: int


class KudosOfLoop(NamedTuple):
    """How many kudos of the range are of a loop, and when the first of all times was given."""

    kudos: int
    first: Instant


class CountedAwards(NamedTuple):
    """The awards of a range. `recognised`: everybody who ever received kudos, and whether they did
    in the range; `givers`: everybody who ever gave any. `loops`: each loop that ever had kudos."""

    months: tuple[AwardsOfMonth, ...]
    recognised: dict[str, bool]
    givers: frozenset[str]
    loops: dict[str, KudosOfLoop]


class PersonAwards(NamedTuple):
    """What somebody received and gave. `badges`: how many different ones they hold; `last_at`: when
    they last received or gave something."""

    received: int
    given: int
    badges: int
    last_at: Instant | None


class ReportedAward(NamedTuple):
    """An award as lists of a program have it; `giver` and `kudos_id` of kudos only."""

    id: str
    loop: str | None
    recipient: str
    badge: str
    level: str | None
    time: Instant
    decided: bool
    giver: str | None
    kudos_id: str
    catalog: int


def counted(
    tx: Transaction, program: str, since: Instant, until: Instant, months: Sequence[Instant]
) -> CountedAwards:
    """The awards from `since` to before `until`. `months`: when each month but the first begins."""
    by_month: list[AwardsOfMonth] = []
    recognised: dict[str, bool] = {}
    givers: set[str] = set()
    loops: dict[str, KudosOfLoop] = {}
    starts = [since, *months]
    rows = tx.rows(_COUNTED, since, until, starts, program)
    for kind, name, text, number, month, catalog in rows:
        match kind:
            case "person":
                recognised[name] = number > 0
            case "giver":
                givers.add(name)
            case "loop":
                loops[name] = KudosOfLoop(number, Instant(text))
            case _:
                row = AwardsOfMonth(month - 1, name, text, kind == "kudos", number, catalog)
                by_month.append(row)
    return CountedAwards(tuple(by_month), recognised, frozenset(givers), loops)


_COUNTED = """
WITH own AS MATERIALIZED (
    SELECT recipient, loop, badge, level, giver, giver IS NOT NULL AS kudos, catalog, awarded_at,
        CASE WHEN awarded_at >= r.since AND awarded_at < r.until
            THEN width_bucket(awarded_at, r.months) END AS month
    FROM awards, (SELECT %s::text COLLATE "C", %s::text COLLATE "C", %s::text[] COLLATE "C")
        r (since, until, months)
    WHERE standing AND program = %s
)
SELECT CASE WHEN kudos THEN 'kudos' ELSE 'achievement' END, badge, level, count(*), month,
    max(catalog) FROM own WHERE month IS NOT NULL GROUP BY kudos, badge, level, month
UNION ALL SELECT 'person', recipient, NULL, count(month), NULL, NULL
    FROM own WHERE kudos GROUP BY recipient
UNION ALL SELECT 'giver', giver, NULL, count(*), NULL, NULL
    FROM own WHERE kudos GROUP BY giver
UNION ALL SELECT 'loop', loop, min(awarded_at), count(month), NULL, NULL
    FROM own WHERE kudos AND loop IS NOT NULL GROUP BY loop
"""


def by_person(
    tx: Transaction, program: str, since: Instant | None = None, until: Instant | None = None
) -> dict[str, PersonAwards]:
    """Everybody who received or gave something, of all times or from `since` to before `until`."""
    people: dict[str, PersonAwards] = {}
    nothing = PersonAwards(0, 0, 0, None)
    conditions, values = ["standing", "program = %s"], [program]
    for condition, instant in (("awarded_at >= %s", since), ("awarded_at < %s", until)):
        if instant is not None:
            conditions.append(condition)
            values.append(instant)
    statement = _BY_PERSON.format(own=" AND ".join(conditions))
    for name, gave, kudos, badges, last in tx.rows(statement, *values, *values):
        known = people.get(name, nothing)
        last_at = max(filter(None, (known.last_at, Instant(last))))
        people[name] = (
            known._replace(given=kudos, last_at=last_at)
            if gave
            else PersonAwards(kudos, known.given, badges, last_at)
        )
    return people


_BY_PERSON = """
SELECT recipient, false, sum(kudos)::bigint, count(*), max(last) FROM (
    SELECT recipient, badge, count(giver) AS kudos, max(awarded_at) AS last
    FROM awards WHERE {own} GROUP BY recipient, badge
) b GROUP BY recipient
UNION ALL SELECT giver, true, count(*), 0, max(awarded_at)
    FROM awards WHERE {own} AND giver IS NOT NULL GROUP BY giver
"""

_AWARD = (
    "SELECT award_id::text, loop, recipient, badge, level, awarded_at, decided, giver, occurrence, "
    "catalog FROM awards WHERE standing AND program = %s"
)


def in_time(
    tx: Transaction,
    program: str,
    since: Instant,
    before: tuple[str, str] | None,
    limit: int,
) -> list[ReportedAward]:
    """The latest awards of a program since an instant, or those before one (its instant and id)."""
    instant, award = before or (None, None)
    rows = tx.rows(
        f"{_AWARD} AND awarded_at >= %s "
        "AND (%s::text IS NULL OR (awarded_at, award_id) < (%s, %s::text::uuid)) "
        "ORDER BY awarded_at DESC, award_id DESC LIMIT %s",
        program, since, instant, instant, award, limit,
    )  # fmt: skip
    return [ReportedAward(*row) for row in rows]


def stream(
    tx: Transaction, program: str, since: Instant, until: Instant, *, only_kudos: bool, portion: int
) -> Iterator[ReportedAward]:
    """The awards from `since` to before `until` in the order of time, fetched in portions."""
    rows = tx.stream(
        f"{_AWARD} AND awarded_at >= %s AND awarded_at < %s AND (giver IS NOT NULL OR NOT %s) "
        "ORDER BY awarded_at, award_id",
        program, since, until, only_kudos, portion=portion,
    )  # fmt: skip
    return (ReportedAward(*row) for row in rows)


def kudos_of_loops(
    tx: Transaction, program: str, loops: Iterable[str], since: Instant, until: Instant
) -> list[tuple[str, str]]:
    """Loop and fact id of each kudos of these loops from `since` to before `until`."""
    rows = tx.rows(
        "SELECT loop, occurrence FROM awards WHERE standing AND giver IS NOT NULL "
        "AND program = %s AND loop = ANY (%b::text[]) AND awarded_at >= %s AND awarded_at < %s",
        program, sorted(loops), since, until,
    )  # fmt: skip
    return [(loop, fact) for loop, fact in rows]
