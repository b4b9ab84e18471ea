"""The table notify.invitations: who may thank whom, after which survey."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.store.postgres.connection import Transaction
from events.schemas.kudos_invited import KudosInvited

OPEN_FOR = timedelta(days=30)
"""How long somebody may answer an invitation."""

# Open: not dismissed, not too old, its loop not closed, and somebody of those it is about has got
# no kudos from the respondent there since.
OPEN = """
SELECT i.invitation_id::text, i.loop, i.about, i.at
FROM notify.invitations i
WHERE (i.program, i.respondent) = (%s, %s) AND i.at > %s AND i.dismissed IS NULL
  AND NOT EXISTS (
    SELECT FROM directory.loops l
    WHERE (l.program, l.loop) = (i.program, i.loop) AND l.state = 'closed')
  AND EXISTS (
    SELECT FROM unnest(i.about) person
    WHERE NOT EXISTS (
      SELECT FROM notify.notices n
      WHERE n.program = i.program AND n.giver = i.respondent AND n.participant = person
        AND n.loop = i.loop AND n.category = 'kudos' AND n.standing AND n.awarded_at >= i.at))
ORDER BY i.at DESC, i.invitation_id
"""
"""The open ones of a program and a respondent, later than an instant: the three parameters."""


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """One that its respondent may still answer: with kudos to these people of the loop."""

    invitation_id: str
    loop: str
    about: tuple[str, ...]
    at: datetime


def open_of(tx: Transaction, program: str, participant: str, now: datetime) -> list[OpenInvitation]:
    """The invitations of somebody that are open, the latest first."""
    rows = tx.rows(OPEN, program, participant, now - OPEN_FOR)
    return [OpenInvitation(id, loop, tuple(about), at) for id, loop, about, at in rows]


def add(tx: Transaction, invitations: Collection[tuple[KudosInvited, datetime]]) -> set[str]:
    """Keep invitations with their times; gives the ids of those that are new. One statement."""
    given = {data.invitation_id: (data, at) for data, at in invitations}
    rows = list(given.values())
    # People are joined with U+001F, which no id has: arrays of arrays would need equal lengths.
    new = tx.rows(
        "INSERT INTO notify.invitations "
        "(invitation_id, program, loop, respondent, about, survey_id, at) "
        "SELECT id::uuid, program, loop, respondent, string_to_array(about, E'\\x1f'), survey, at "
        "FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], "
        "%b::timestamptz[]) r (id, program, loop, respondent, about, survey, at) "
        "ON CONFLICT DO NOTHING RETURNING invitation_id::text",
        list(given), [data.program_id for data, _ in rows], [data.loop_id for data, _ in rows],
        [data.respondent_id for data, _ in rows],
        ["\x1f".join(data.about_ids) for data, _ in rows],
        [data.survey_id for data, _ in rows], [at for _, at in rows],
    )  # fmt: skip
    return {id for (id,) in new}
