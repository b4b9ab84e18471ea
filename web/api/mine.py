"""What participants see of themselves: badges, one badge, one award, partners, highlights."""

from fastapi import APIRouter

from engine.queries.errors import UnknownAward, UnknownBadge
from web.api.asking import After, Known, Limit, Me, OneLoop, ReadFrom
from web.api.sharing import PublicHost
from web.http.path_ids import AwardId, PathId
from web.problems import Fault, Problem
from web.views import award, badge, badges, highlights, partners
from web.views.award import AwardDetail
from web.views.badge import BadgeDetail
from web.views.badges import PersonBadges
from web.views.cursors import BadCursor
from web.views.highlights import HighlightsPage
from web.views.partners import Partners

router = APIRouter(prefix="/v1/programs/{program}/me", tags=["me"])


@router.get("/badges", operation_id="getMyBadges")
def my_badges(
    program: PathId,
    me: Me,
    readings: ReadFrom,
    loop: OneLoop,
    after: After,
    known: Known,
    limit: Limit = 20,
) -> PersonBadges:
    """My badges over all loops, and loop by loop."""
    with readings.moment() as moment:
        return badges.read(moment, program, me, loop=loop, after=after, limit=limit)


@router.get("/badges/{badge_name}", operation_id="getMyBadge")
def my_badge(
    program: PathId, badge_name: PathId, me: Me, readings: ReadFrom, loop: OneLoop, known: Known
) -> BadgeDetail:
    """One badge: what each level asks for, how far I am, and its latest awards."""
    with readings.moment() as moment:
        try:
            return badge.read(moment, program, me, badge_name, loop)
        except UnknownBadge:
            raise Problem.not_found() from None


@router.get("/awards/{award_id}", operation_id="getMyAward")
def my_award(
    program: PathId,
    award_id: AwardId,
    me: Me,
    readings: ReadFrom,
    host: PublicHost,
    known: Known,
) -> AwardDetail:
    """One award of mine, what it rests on, and how it is shared."""
    with readings.moment() as moment:
        try:
            return award.read(moment, program, me, award_id, host)
        except UnknownAward:
            raise Problem.not_found() from None


@router.get("/partners", operation_id="getMyPartners")
def my_partners(
    program: PathId, me: Me, readings: ReadFrom, after: After, known: Known, limit: Limit = 20
) -> Partners:
    """My loops with who else is there, and the kinds of kudos."""
    with readings.moment() as moment:
        return partners.read(moment, program, me, after=after, limit=limit)


@router.get("/highlights", operation_id="getMyHighlights")
def my_highlights(
    program: PathId, me: Me, readings: ReadFrom, after: After, known: Known, limit: Limit = 20
) -> HighlightsPage:
    """What I was awarded, latest first."""
    with readings.moment() as moment:
        try:
            return highlights.read(moment, program, me, after or None, limit)
        except BadCursor:
            fault = Fault("/query/after", "must be the `next` of an answer")
            raise Problem.invalid(fault) from None
