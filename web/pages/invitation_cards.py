"""Invitations to give kudos as cards: who was met, when, and where the form is. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.names import DirectoryPerson
from notifier.store.invitations import OpenInvitation
from web.rendering import give_form, wording
from web.rendering.texts import notifications as texts
from web.views import people
from web.views.notifications import NotificationShown
from web.views.people import Person

_A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """One invitation. `when`: "on Tuesday". `whom`: who is chosen in the form, if it names one."""

    invitation_id: str
    people: tuple[Person, ...]
    when: str
    whom: str | None

    @property
    def names(self) -> str:
        """Who was met, as plain text."""
        return ", ".join(person.display_name for person in self.people)


def named(waiting: Iterable[OpenInvitation]) -> set[str]:
    """Whose names the cards have."""
    return {name for invitation in waiting for name in invitation.about}


def cards(
    waiting: Sequence[OpenInvitation],
    known: Mapping[str, DirectoryPerson],
    zone: str,
    now: datetime,
) -> list[InvitationCard]:
    """A card for each. `known`: whom they name, by id."""
    return [_card(one, people.listed(known, one.about), zone, now) for one in waiting]


def by_id(
    waiting: Sequence[OpenInvitation],
    listed: Iterable[NotificationShown],
    zone: str,
    now: datetime,
) -> dict[str, InvitationCard]:
    """The cards of those that a list of notifications has, by invitation."""
    shown = {item.invitation_id: item.people for item in listed}
    return {
        one.invitation_id: _card(one, shown[one.invitation_id], zone, now)
        for one in waiting
        if one.invitation_id in shown
    }


def _card(
    invitation: OpenInvitation, met: Sequence[Person], zone: str, now: datetime
) -> InvitationCard:
    """On the last days the day of the week says when; before, the date."""
    if now - invitation.at < _A_WEEK:
        when = texts.ON_WEEKDAY.format(weekday=wording.weekday(invitation.at, zone))
    else:
        when = texts.ON_DAY.format(day=wording.day(invitation.at, zone))
    alone = met[0].participant_id if len(met) == 1 else None
    whom = None if alone is None else give_form.value_of(invitation.loop, alone)
    return InvitationCard(invitation.invitation_id, tuple(met), when, whom)
