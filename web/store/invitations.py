"""Invitations to thank somebody, as pages have them: which wait to be answered, and dismissing."""

from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction
from notifier.store.invitations import OPEN, OPEN_FOR, OpenInvitation

# The notifier knows of kudos once they are awarded; here they are known once they are given.
UNANSWERED = f"""
    SELECT o.* FROM ({OPEN}) o (invitation_id, loop, about, at)
    WHERE EXISTS (
        SELECT FROM unnest(o.about) person
        WHERE NOT EXISTS (
            SELECT FROM web.gifts g
            WHERE g.program = %s AND g.giver = %s AND g.recipient = person AND g.loop = o.loop
              AND g.state IN ('held', 'sent') AND g.at >= o.at))
"""


def parameters(program: str, participant: str, now: datetime) -> tuple[object, ...]:
    """Those of UNANSWERED, in its order."""
    return program, participant, now - OPEN_FOR, program, participant


def unanswered(
    tx: Transaction, program: str, participant: str, now: datetime
) -> list[OpenInvitation]:
    """The open invitations of somebody to which they have not given yet, the latest first."""
    rows = tx.rows(UNANSWERED, *parameters(program, participant, now))
    return [OpenInvitation(name, loop, tuple(about), at) for name, loop, about, at in rows]


class InvitationRow(NamedTuple):
    """An invitation of somebody, open or not."""

    invitation_id: str
    loop: str
    about: tuple[str, ...]
    at: datetime
    dismissed: datetime | None


def ever(tx: Transaction, program: str, participant: str) -> list[InvitationRow]:
    """All that somebody ever got, the latest first."""
    rows = tx.rows(
        "SELECT invitation_id::text, loop, about, at, dismissed FROM notify.invitations "
        "WHERE program = %s AND respondent = %s ORDER BY at DESC, invitation_id",
        program, participant,
    )  # fmt: skip
    return [InvitationRow._make((*row[:2], tuple(row[2]), *row[3:])) for row in rows]


def is_of(tx: Transaction, program: str, participant: str, invitation_id: str) -> bool:
    """Whether an invitation is this person's, open or not."""
    row = tx.one(
        "SELECT FROM notify.invitations "
        "WHERE invitation_id = %s AND program = %s AND respondent = %s",
        invitation_id, program, participant,
    )  # fmt: skip
    return row is not None


def dismiss(
    tx: Transaction, program: str, participant: str, invitation_id: str, now: datetime
) -> bool:
    """Somebody does not want to answer one of theirs; False if it is not theirs. Safe to repeat."""
    return bool(
        tx.execute(
            "UPDATE notify.invitations SET dismissed = coalesce(dismissed, %s) "
            "WHERE invitation_id = %s AND program = %s AND respondent = %s",
            now, invitation_id, program, participant,
        )
    )  # fmt: skip


def mark_read(
    tx: Transaction, program: str, participant: str, invitation_id: str, now: datetime
) -> None:
    """Somebody has seen one of theirs."""
    tx.execute(
        "UPDATE notify.items SET read = %s WHERE program = %s AND participant = %s "
        "AND invitation_id = %s AND read IS NULL",
        now, program, participant, invitation_id,
    )  # fmt: skip
