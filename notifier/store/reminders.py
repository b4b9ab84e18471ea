"""The table notify.reminders, and which awards end without another that goes on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.catalog.policy import NO_POLICY
from engine.store import policies
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import Generations
from engine.store.policies import PolicyAltered
from engine.store.postgres.connection import Transaction
from notifier.rules.preferences import AwardCategory
from notifier.rules.reminding import EARLIEST


class EndingAward(NamedTuple):
    """An award that stands and ends."""

    award_id: str
    program: str
    participant: str
    badge: str
    title: str
    category: AwardCategory
    awarded_at: datetime
    valid_until: datetime


_AWARD = (
    "n.award_id::text, n.program, n.participant, n.badge, coalesce(n.badge_name, n.badge), "
    "coalesce(n.category, 'achievement'), n.awarded_at, n.valid_until"
)


def ending(tx: Transaction, now: datetime) -> list[EndingAward]:
    """The awards that stand and end soon enough for a reminder, the first to end first."""
    rows = tx.rows(
        f"SELECT {_AWARD} FROM notify.notices n WHERE n.standing AND n.awarded_at IS NOT NULL "
        "AND n.valid_until > %s AND n.valid_until <= %s ORDER BY n.valid_until, n.award_id",
        now, now + EARLIEST,
    )  # fmt: skip
    return [EndingAward(*row) for row in rows]


def reminded(tx: Transaction, ids: Collection[str]) -> dict[str, EndingAward]:
    """The awards that these reminders are about, by reminder; those that stand."""
    rows = tx.rows(
        f"SELECT r.reminder_id::text, {_AWARD} FROM notify.reminders r "
        "JOIN notify.notices n USING (award_id) "
        "WHERE n.standing AND n.valid_until IS NOT NULL AND r.reminder_id = ANY (%s::uuid[])",
        sorted(ids),
    )
    return {row[0]: EndingAward(*row[1:]) for row in rows}


def made(tx: Transaction, ids: Sequence[str]) -> set[str]:
    """Those of these reminders that were made before."""
    rows = tx.rows(
        "SELECT reminder_id::text FROM notify.reminders WHERE reminder_id = ANY (%s::uuid[])",
        list(ids),
    )
    return {reminder for (reminder,) in rows}


def make(tx: Transaction, reminder: str, award_id: str, days: int, now: datetime) -> bool:
    """Note that a reminder is made; whether nobody made it before."""
    done = tx.execute(
        "INSERT INTO notify.reminders (reminder_id, award_id, days, at) "
        "VALUES (%s::text::uuid, %s::text::uuid, %s, %s) ON CONFLICT DO NOTHING",
        reminder, award_id, days, now,
    )  # fmt: skip
    return done == 1


def is_covered(tx: Transaction, generations: Generations, award: EndingAward) -> bool:
    """Whether a later term of the same badge, or of a higher stage, goes on behind the end: as far
    as awards were announced, and by the order of stages in the program's policy."""
    badges = [award.badge, *_above(tx, generations, award)]
    row = tx.one(
        "SELECT FROM notify.notices WHERE standing AND program = %s AND participant = %s "
        "AND badge = ANY (%b::text[]) AND award_id <> %s::text::uuid "
        "AND awarded_at IS NOT NULL AND (valid_until IS NULL OR valid_until > %s) LIMIT 1",
        award.program, award.participant, badges, award.award_id, award.valid_until,
    )  # fmt: skip
    return row is not None


def _above(tx: Transaction, generations: Generations, award: EndingAward) -> list[str]:
    """The badges of the stages above that of an award."""
    try:
        live = generations.live_of(tx, award.program)
        policy = NO_POLICY if live is None else policies.current(tx, live.catalog_id)
    except (CatalogAltered, PolicyAltered):
        return []
    stages = [stage.badge for stage in policy.stages]
    return stages[stages.index(award.badge) + 1 :] if award.badge in stages else []
