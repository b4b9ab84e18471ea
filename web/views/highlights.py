"""What somebody was awarded, latest first."""

import base64
import binascii
import json
import re

from directory import names
from engine.queries import highlights
from events.award_ids import is_award_id
from web.views import people
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Highlight(View):
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


class HighlightsPage(View):
    """Awards, latest first; `next` is the `after` of the page behind."""

    items: list[Highlight]
    next: str | None


class BadCursor(ValueError):
    """An `after` that no answer of ours had."""


def read(
    moment: Moment, program: str, participant: str, after: str | None, limit: int
) -> HighlightsPage:
    """The latest awards of somebody, or those behind `after`.

    Raises:
        BadCursor, CatalogAltered
    """
    before = None if after is None else _position(after)
    answer = highlights.read(moment.engine, program, participant, before, limit)
    givers = {award.giver for award in answer.awards if award.giver is not None}
    known = names.people(moment.directory, program, givers) if givers else {}
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
            )
            for award in answer.awards
        ],
        next=_cursor(answer.awards[-1].time, answer.awards[-1].id) if answer.more else None,
    )


def _cursor(instant: str, award_id: str) -> str:
    text = json.dumps([instant, award_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[str, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        instant, award_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor from None
    if not (isinstance(instant, str) and _INSTANT.fullmatch(instant)) or not (
        isinstance(award_id, str) and is_award_id(award_id)
    ):
        raise BadCursor
    return instant, award_id
