"""What somebody was awarded, latest first."""

from directory import names
from engine.queries import highlights
from web.store import notifications
from web.views import cursors, people
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person


class AwardListed(View):
    """An award that is held. `what`: the category of its badge. `by`: who gave it, of kudos."""

    id: str
    what: str
    badge: str
    name: str
    artwork: str
    level: str | None
    loop_id: str | None
    at: InstantText
    by: Person | None
    by_decision: bool
    award_id: str


class Highlight(AwardListed):
    """An award of somebody. `read`: whether its notification was; null: there is none."""

    read: bool | None


class HighlightsPage(View):
    """Awards, latest first; `next` is the `after` of the page behind."""

    items: list[Highlight]
    next: str | None


def read(
    moment: Moment, program: str, participant: str, after: str | None, limit: int
) -> HighlightsPage:
    """The latest awards of somebody, or those behind `after`.

    Raises:
        BadCursor, CatalogAltered
    """
    before = None if after is None else cursors.position(after)
    answer = highlights.read(moment.engine, program, participant, before, limit)
    givers = {award.giver for award in answer.awards if award.giver is not None}
    known = names.people(moment.directory, program, givers) if givers else {}
    seen = notifications.read_of(
        moment.directory, program, participant, [award.id for award in answer.awards]
    )
    return HighlightsPage(
        items=[
            Highlight(
                id=award.id,
                what=answer.badges[award.badge].category,
                badge=award.badge,
                name=answer.badges[award.badge].title,
                artwork=award.badge,
                level=award.level,
                loop_id=award.loop,
                at=award.time,
                by=None if award.giver is None else people.of(known[award.giver]),
                by_decision=award.decided,
                award_id=award.id,
                read=seen.get(award.id),
            )
            for award in answer.awards
        ],
        next=cursors.cursor(answer.awards[-1].time, answer.awards[-1].id) if answer.more else None,
    )
