"""What somebody was notified of, latest first."""

from directory import names
from engine.queries import notes
from events.instants import from_datetime, to_datetime
from notifier.rules.case_news import News
from web.store import notifications
from web.store.notifications import ItemKind, NotificationRow, Position
from web.views import cursors, people
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person


class NotificationShown(View):
    """An achievement, kudos `by` somebody, an invitation to thank `people`, what a coordinator made
    of a reported note, that an award ends ("ending"), or that a case has moved. `gone`: the award
    is no longer held. `earned_earlier`: it was old when it became known. `kudos_id`: where there is
    a note to read, or what was settled. `valid_until`: of an award that ends. `case_id`, `news`,
    `own`: which case has moved, how, and whether it is about this person."""

    id: int
    what: ItemKind
    badge: str | None
    name: str | None
    artwork: str | None
    level: str | None
    loop_id: str | None
    at: InstantText
    by: Person | None
    people: list[Person]
    award_id: str | None
    invitation_id: str | None
    kudos_id: str | None
    read: bool
    gone: bool
    earned_earlier: bool
    valid_until: InstantText | None = None
    case_id: str | None = None
    news: News | None = None
    own: bool | None = None


class NotificationsPage(View):
    """Notifications, latest first, and how many are `unread` in all. `up_to`: what marks all there
    is as read; null: there is nothing. `next` is the `after` of the page behind."""

    items: list[NotificationShown]
    unread: int
    up_to: int | None
    next: str | None


def read(
    moment: Moment, program: str, participant: str, after: str | None, limit: int
) -> NotificationsPage:
    """The latest notifications of somebody, or those behind `after`.

    Raises:
        BadCursor
    """
    tx = moment.directory
    rows = notifications.page(tx, program, participant, _position(after), limit + 1)
    page, more = rows[:limit], len(rows) > limit
    unread, newest = notifications.unread(tx, program, participant)
    named = {name for row in page for name in (*row.about, *([row.giver] if row.giver else []))}
    known = names.people(tx, program, named) if named else {}
    received = [row.award_id for row in page if row.what == "kudos" and row.award_id]
    noted = notes.of_awards(moment.engine, program, received) if received else {}

    def shown(row: NotificationRow) -> NotificationShown:
        return NotificationShown(
            id=row.id,
            what=row.what,
            badge=row.badge,
            name=row.badge_name or row.badge,
            artwork=row.badge,
            level=row.level,
            loop_id=row.loop,
            at=from_datetime(row.at),
            by=None if row.giver is None else people.of(known[row.giver]),
            people=people.listed(known, row.about),
            award_id=row.award_id,
            invitation_id=row.invitation_id,
            kudos_id=row.kudos_id or noted.get(row.award_id or ""),
            read=row.read is not None,
            gone=row.gone,
            earned_earlier=row.earned_earlier and row.what != "ending",
            valid_until=None if row.valid_until is None else from_datetime(row.valid_until),
            case_id=row.case_id,
            news=row.news,
            own=row.own,
        )

    return NotificationsPage(
        items=[shown(row) for row in page],
        unread=unread,
        up_to=newest,
        next=cursors.numbered(from_datetime(page[-1].at), page[-1].id) if more else None,
    )


def _position(after: str | None) -> Position | None:
    if after is None:
        return None
    at, number = cursors.numbered_position(after)
    return to_datetime(at), number
