"""What every page of a program knows of the person who looks, in one statement."""

from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from notifier.rules.preferences import NOTHING_CHOSEN, Preferences
from notifier.store import preferences
from notifier.store.invitations import OpenInvitation
from web.store import invitations


class Personal(NamedTuple):
    """What somebody has chosen, how many notifications are `unread`, which invitations wait for
    them, the latest first, and how many kudos of theirs are on their way."""

    chosen: Preferences
    unread: int
    invitations: tuple[OpenInvitation, ...]
    on_their_way: int


NOBODY = Personal(NOTHING_CHOSEN, 0, (), 0)

_STATEMENT = f"""
    SELECT
        (SELECT count(*) FROM notify.items
            WHERE program = me.program AND participant = me.participant
              AND read IS NULL AND NOT gone),
        (SELECT json_agg(json_build_array(invitation_id, loop, about, at) ORDER BY at DESC)
            FROM ({invitations.UNANSWERED}) waiting),
        (SELECT count(*) FROM web.gifts
            WHERE program = me.program AND giver = me.participant AND state = 'held'),
        {preferences.COLUMNS}
    FROM (SELECT %s::text, %s::text) me (program, participant)
    LEFT JOIN notify.preferences USING (program, participant)
"""


def read(tx: Transaction, program: str, participant: str, now: datetime) -> Personal:
    """What a page knows of somebody."""
    row = tx.one(
        _STATEMENT, *invitations.parameters(program, participant, now), program, participant
    )
    assert row is not None
    unread, waiting, on_their_way, version, *chosen = row
    return Personal(
        NOTHING_CHOSEN if version is None else preferences.of_row((version, *chosen)),
        int(unread),
        tuple(
            OpenInvitation(name, loop, tuple(about), datetime.fromisoformat(at))
            for name, loop, about, at in waiting or ()
        ),
        int(on_their_way),
    )
