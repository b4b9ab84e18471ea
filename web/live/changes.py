"""What a record of mentoring.awards changes, and for whom: never what it says.

A page that hears of a change asks again for what it shows, with the rights of the person who looks.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from events.award_ids import is_award_id
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.kudos_invited import KudosInvited

What = Literal["badges", "kudos", "notes", "notifications", "highlights"]


class Listener(NamedTuple):
    """Somebody of a program."""

    program: str
    participant: str


class PageChange(NamedTuple):
    """A part of somebody's pages is no longer what it was. `id`: the award's, or the
    invitation's."""

    what: What
    id: str


_OF_ACHIEVEMENT: tuple[What, ...] = ("badges", "notifications", "highlights")
_OF_KUDOS: tuple[What, ...] = ("kudos", "notes", "notifications", "highlights")
_OF_REPEATABLE: tuple[What, ...] = ("badges", *_OF_KUDOS)
_OF_GIVER: tuple[What, ...] = ("kudos",)
_OF_INVITATION: tuple[What, ...] = ("notifications",)


class _AwardsData(msgspec.Struct):
    program_id: str
    award_id: str = ""
    recipient_id: str = ""
    category: str | None = None
    total: int | None = None
    giver_id: str | None = None
    invitation_id: str = ""
    respondent_id: str = ""


class _AwardsRecord(msgspec.Struct):
    type: str
    data: _AwardsData


_decode = msgspec.json.Decoder(_AwardsRecord).decode


def changes_of(value: bytes) -> Iterator[tuple[Listener, PageChange]]:
    """Who is to hear of a record, and what. Nobody of one that is not of these types.

    A revocation names neither giver nor category: only those of repeatable badges have a total, and
    these may be kudos or not.
    """
    try:
        record = _decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    data = record.data
    match record.type:
        case BadgeAwarded.TYPE if data.category == "kudos" or data.giver_id is not None:
            yield from _each(data, data.recipient_id, _OF_KUDOS, data.award_id)
            if data.giver_id is not None and data.giver_id != data.recipient_id:
                yield from _each(data, data.giver_id, _OF_GIVER, data.award_id)
        case BadgeRevoked.TYPE if data.total is not None:
            yield from _each(data, data.recipient_id, _OF_REPEATABLE, data.award_id)
        case BadgeAwarded.TYPE | BadgeRevoked.TYPE:
            yield from _each(data, data.recipient_id, _OF_ACHIEVEMENT, data.award_id)
        case KudosInvited.TYPE:
            yield from _each(data, data.respondent_id, _OF_INVITATION, data.invitation_id)


def revoked_by(value: bytes) -> str | None:
    """The id of the award that a record revokes; None if it revokes none."""
    if BadgeRevoked.TYPE.encode() not in value:
        return None
    try:
        record = _decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    award_id = record.data.award_id
    return award_id if record.type == BadgeRevoked.TYPE and is_award_id(award_id) else None


def may_wake(participants: frozenset[str], key: bytes | None, value: bytes) -> bool:
    """Whether a record is worth reading, by its key and at most one look for a giver.

    `participants`: the ids of those who listen, of whatever program.
    """
    if not participants:
        return False
    return (key or b"").decode(errors="replace") in participants or b'"giver_id"' in value


def _each(
    data: _AwardsData, participant: str, parts: tuple[What, ...], id: str
) -> Iterator[tuple[Listener, PageChange]]:
    if not is_award_id(id):
        return  # a stream is made of lines, so an id must have none
    for what in parts:
        yield Listener(data.program_id, participant), PageChange(what, id)
