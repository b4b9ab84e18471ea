"""What a program's people were awarded of late, for its coordinators."""

from datetime import datetime, timedelta

from directory import lookup
from engine.queries import award_lists
from events.instants import from_datetime
from web.views import cursors, people
from web.views.highlights import AwardListed
from web.views.model import View
from web.views.moment import Moment
from web.views.people import Person

DAYS = 200
"""How far back the list goes."""


class ProgramHighlight(AwardListed):
    """An award of somebody of the program."""

    recipient: Person
    loop_name: str | None


class ProgramHighlightsPage(View):
    """Awards, latest first; `next` is the `after` of the page behind."""

    items: list[ProgramHighlight]
    next: str | None


def read(
    moment: Moment, program: str, after: str | None, limit: int, now: datetime
) -> ProgramHighlightsPage:
    """The program's awards of the last days, or those behind `after`.

    Raises:
        BadCursor, CatalogAltered
    """
    before = None if after is None else cursors.position(after)
    since = from_datetime(now - timedelta(days=DAYS))
    answer = award_lists.latest(moment.engine, program, since, before, limit)
    named = {name for award in answer.awards for name in (award.recipient, award.giver) if name}
    loops = {award.loop for award in answer.awards if award.loop is not None}
    known, labels = lookup.of(moment.directory, program, named, loops)
    return ProgramHighlightsPage(
        items=[
            ProgramHighlight(
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
                recipient=people.of(known[award.recipient]),
                loop_name=labels[award.loop].name if award.loop in labels else None,
            )
            for award in answer.awards
        ],
        next=cursors.cursor(answer.awards[-1].time, answer.awards[-1].id) if answer.more else None,
    )
