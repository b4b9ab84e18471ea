"""Invitations to give kudos that somebody has not answered."""

from datetime import datetime

from directory import names
from engine.store.postgres.connection import Transaction
from events.instants import from_datetime
from web.store import invitations
from web.views import people
from web.views.model import InstantText, View
from web.views.people import Person


class InvitationShown(View):
    """Kudos may be given to `people` of a loop, for what they did `at` a meeting or before."""

    invitation_id: str
    loop_id: str
    people: list[Person]
    at: InstantText


class InvitationsShown(View):
    """The open invitations of somebody, the latest first."""

    items: list[InvitationShown]


def read(tx: Transaction, program: str, participant: str, now: datetime) -> InvitationsShown:
    """What somebody may answer, in two statements."""
    waiting = invitations.unanswered(tx, program, participant, now)
    about = {name for one in waiting for name in one.about}
    known = names.people(tx, program, about) if about else {}
    return InvitationsShown(
        items=[
            InvitationShown(
                invitation_id=one.invitation_id,
                loop_id=one.loop,
                people=people.listed(known, one.about),
                at=from_datetime(one.at),
            )
            for one in waiting
        ]
    )
