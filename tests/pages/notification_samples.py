"""Notifications and invitations of made-up programs: of every kind, gone, old, and many."""

from notifier.rules.case_news import News
from tests.pages.samples import ACHIEVEMENTS, KUDOS, MINA, PROGRAMS, TOMAS, at
from web.pages.invitation_cards import InvitationCard
from web.rendering.give_form import value_of
from web.store.notifications import ItemKind
from web.views.notifications import NotificationShown, NotificationsPage
from web.views.people import Person


def _invitation(number: int, when: str, *people: Person) -> InvitationCard:
    alone = value_of("guild", people[0].participant_id) if len(people) == 1 else None
    return InvitationCard(f"00000000-0000-5000-8000-{number:012}", people, when, alone)


def _shown(
    number: int,
    what: ItemKind,
    day: str,
    badge: str | None = None,
    level: str | None = None,
    by: Person | None = None,
    *,
    people: tuple[Person, ...] = (),
    invitation: InvitationCard | None = None,
    kudos_id: str | None = None,
    read: bool = True,
    gone: bool = False,
    earned_earlier: bool = False,
    news: News | None = None,
    own: bool = True,
) -> NotificationShown:
    return NotificationShown(
        id=number,
        what=what,
        badge=badge,
        name=(ACHIEVEMENTS | KUDOS)[badge][0] if badge else None,
        artwork=badge,
        level=level,
        loop_id="guild" if level else None,
        at=at(day),
        by=by,
        people=list(invitation.people if invitation else people),
        award_id=f"award-{number}" if badge else None,
        invitation_id=invitation.invitation_id if invitation else None,
        kudos_id=kudos_id,
        read=read,
        gone=gone,
        earned_earlier=earned_earlier,
        case_id=f"00000000-0000-4000-8000-{number:012}" if news else None,
        news=news,
        own=own if news else None,
    )


_PEOPLE = tuple(PROGRAMS["long"].badges.loops[0].partners)
_OF_TOMAS = _invitation(1, "on Tuesday", TOMAS)
_OF_MANY = _invitation(2, "on 18 Apr 2026", *_PEOPLE)

_WENS = (
    _shown(14, "case", "2026-04-29", news="decided", read=False),
    _shown(13, "case", "2026-04-29", news="seat", own=False),
    _shown(12, "invitation", "2026-04-29", invitation=_OF_TOMAS, read=False),
    _shown(11, "achievement", "2026-04-29", "excellence", "gold", read=False),
    _shown(10, "kudos", "2026-04-18", "trust", by=TOMAS, kudos_id="k/1", read=False),
    _shown(9, "kudos", "2026-04-18", "creativity", by=MINA),
    _shown(8, "report_dismissed", "2026-04-17", kudos_id="k/2"),
    _shown(7, "kudos_removed", "2026-04-17", kudos_id="k/3"),
    _shown(6, "gift_removed", "2026-04-16", kudos_id="k/4"),
    _shown(5, "achievement", "2026-04-02", "growing-together", gone=True),
    _shown(4, "achievement", "2026-03-31", "momentum", "silver", earned_earlier=True),
    _shown(3, "invitation", "2026-03-30", people=(MINA,)),
)
_MANY = (
    _shown(99, "invitation", "2026-06-11", invitation=_OF_MANY, read=False),
    *(
        _shown(n, "kudos", f"2026-06-{n:02}", kind, by=_PEOPLE[n % len(_PEOPLE)], kudos_id=f"k{n}")
        for n, kind in zip((9, 8, 7, 6, 5), KUDOS, strict=True)
    ),
)

PAGES = {
    "northfield": NotificationsPage(items=[*_WENS], unread=4, up_to=14, next=None),
    "empty": NotificationsPage(items=[], unread=0, up_to=None, next=None),
    "long": NotificationsPage(items=[*_MANY], unread=1_234, up_to=99, next="further"),
}
INVITATIONS = {"northfield": [_OF_TOMAS], "empty": [], "long": [_OF_MANY, _OF_TOMAS]}
ON_THEIR_WAY = {"northfield": 1, "empty": 0, "long": 12}
