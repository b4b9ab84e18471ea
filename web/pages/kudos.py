"""The Kudos page: what somebody holds, and how far the rest is."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from web.api import asking
from web.api.asking import After, Known, ReadFrom
from web.http.path_ids import PathId
from web.pages import frame, invitation_cards
from web.pages.frame import MyPage, Visitor
from web.problems import Problem
from web.rendering import cards
from web.rendering.templates import render
from web.views import badges
from web.views.badges import LoopBadges, PersonBadges
from web.views.moment import Moment

router = APIRouter(include_in_schema=False)


async def loop_of_form(loop: Annotated[str, Query(max_length=255)] = "") -> str | None:
    """The loop that is asked for; a form asks for all of them with an empty text."""
    return await asking.loop(loop or None)


@router.get("/p/{program}/kudos")
def kudos(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    loop: Annotated[str | None, Depends(loop_of_form)],
    after: After,
    known: Known,
) -> HTMLResponse:
    """All badges over all loops, or those of one loop."""
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "kudos")
        waiting = framed.personal.invitations
        view, names = badges.read_with_names(
            moment, program, me, invitation_cards.named(waiting), after=after
        )
        chosen = _chosen(moment, program, me, view, loop)
    now = request.app.state.settings.now()
    groups = (
        cards.overview(view.badges, [item.badges for item in view.loops])
        if chosen is None
        else cards.of_loop(chosen.badges)
    )
    text = render(
        "kudos.html",
        framed.layout,
        view=view,
        invitations=invitation_cards.cards(waiting, names, framed.layout.zone, now),
        on_their_way=framed.personal.on_their_way,
        name=view.person.given_name or view.person.display_name,
        groups=groups,
        choices=view.loops,
        chosen=loop,
        closed=chosen is not None and chosen.state == "closed",
        after=after or None,
    )
    return HTMLResponse(text)


def _chosen(
    moment: Moment, program: str, me: str, view: PersonBadges, loop: str | None
) -> LoopBadges | None:
    """The loop that is asked for: of this page, or of another one. Raises Problem if it is not
    theirs."""
    if loop is None:
        return None
    listed = next((item for item in view.loops if item.loop_id == loop), None)
    if listed is not None:
        return listed
    alone = badges.read(moment, program, me, loop=loop).loops
    if not alone:
        raise Problem.not_found()
    return alone[0]
