"""The pages over made-up people, without Kafka, a database or a session.

`python -m tests.pages.preview` serves them on http://127.0.0.1:8090/p/northfield/kudos, to work on
templates and styles: a changed template shows after a restart.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from notifier.rules.preferences import Preferences
from notifier.unsubscribe import Unsubscription
from tests.pages import (
    calibration_preview,
    case_samples,
    committee_preview,
    credential_samples,
    fairness_preview,
    mentor_preview,
    notes_samples,
    notification_samples,
    progress_samples,
    report_samples,
    review_preview,
    share_samples,
)
from tests.pages.frames import coordinator as _coordinator
from tests.pages.frames import layout as _layout
from tests.pages.frames import page as _page
from tests.pages.samples import GIVEN_NOW, KINDS, PROGRAMS, at
from web.pages import static
from web.pages.coordinator.overview import presets
from web.pages.coordinator.program_people import query
from web.rendering import cards, checklists, give_form, given_lines, overview, settings_form
from web.rendering import progress as progress_cards
from web.rendering.give_form import Chosen, GiveForm
from web.rendering.layout import Layout
from web.rendering.texts import case as case_texts
from web.rendering.texts import give as texts
from web.rendering.texts import given as given_texts
from web.rendering.texts import settings as settings_texts
from web.rendering.time_zones import time_zones
from web.reports.days import ReportDays
from web.reports.people_list import PeopleFilter, PeopleOrder
from web.views.committee.cases import CasesOfPerson

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PERSONAS = [
    {"text": "Wen Zhao · Northfield Alumni · participant", "url": "/p/northfield/kudos"},
    {"text": "Kim Okafor · Riverside Makers · participant", "url": "/p/empty/kudos"},
    {"text": "Ops", "url": "/ops"},
]

SETTINGS_FAULTS = {
    "timezone": settings_texts.UNKNOWN_ZONE,
    "quiet_from": settings_texts.BAD_TIME,
    "quiet_to": settings_texts.BAD_TIME,
}

app = FastAPI()
app.include_router(static.router)
app.include_router(committee_preview.router)
app.include_router(mentor_preview.router)
app.include_router(fairness_preview.router)
app.include_router(review_preview.router)
app.include_router(calibration_preview.router)


@app.get("/v1/programs/{program}/me/events")
def events() -> Response:
    """Nothing ever changes; the stream stays open."""
    return StreamingResponse(_silence(), media_type="text/event-stream")


async def _silence() -> AsyncIterator[str]:
    yield ": hi\n\n"
    while True:
        await asyncio.sleep(15)
        yield ": hi\n\n"


@app.middleware("http")
async def secured(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await call(request)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@app.get("/p/{program}/kudos")
def kudos(request: Request, program: str, loop: str = "", after: str = "") -> HTMLResponse:
    view = PROGRAMS[program].badges
    one = [each for each in view.loops if each.loop_id == loop]
    groups = (
        cards.of_loop(one[0].badges)
        if one
        else cards.overview(view.badges, [each.badges for each in view.loops])
    )
    return _page(
        request,
        "kudos.html",
        _layout(request, program, "kudos"),
        view=view,
        invitations=notification_samples.INVITATIONS[program],
        on_their_way=notification_samples.ON_THEIR_WAY[program],
        name=view.person.given_name or view.person.display_name,
        groups=groups,
        choices=view.loops,
        chosen=loop or None,
        after=after or None,
        closed=any(each.state == "closed" for each in one),
    )


@app.get("/p/{program}/kudos/{badge}")
def badge(request: Request, program: str, badge: str, loop: str = "") -> HTMLResponse:
    view = PROGRAMS[program].badges
    detail = PROGRAMS[program].details[badge]
    return _page(
        request,
        "badge.html",
        _layout(request, program, "kudos"),
        detail=detail.model_copy(update={"loop_id": loop}) if loop and detail.loop_id else detail,
        chosen=loop or None,
        choices=view.loops,
    )


@app.get("/p/{program}/give")
def give(
    request: Request,
    program: str,
    wrong: bool = False,
    alone: bool = False,
    whom: str = "",
    invitation: str = "",
) -> HTMLResponse:
    loops = tuple(PROGRAMS[program].partners)[: 1 if alone else None]
    chosen = Chosen(whom=whom or give_form.only_one(loops), key="k" * 32, invitation=invitation)
    faults = {}
    if wrong:
        chosen = Chosen(kind="trust", note="Thank you. " * 200, key="k" * 32)
        faults = {
            "whom": texts.CHOOSE_WHOM,
            "note": texts.TOO_LONG.format(n="2,200", most="2,000"),
        }
    return _page(
        request,
        "give.html",
        _layout(request, program, "kudos"),
        form=GiveForm(loops, KINDS, chosen, faults=faults),
        most_note=2_000,
        undo_seconds=8.0,
    )


@app.get("/p/{program}/given")
def given(request: Request, program: str, late: bool = False) -> HTMLResponse:
    lines = given_lines.lines(PROGRAMS[program].given, GIVEN_NOW)
    return _page(
        request,
        "given.html",
        _layout(request, program, "kudos"),
        lines=lines,
        again=None,
        next="further" if program == "long" else None,
        after=None,
        fault=(given_texts.TOO_LATE_HEADING, given_texts.TOO_LATE) if late else None,
    )


@app.get("/p/{program}/highlights")
def highlights(request: Request, program: str, after: str = "") -> HTMLResponse:
    return _page(
        request,
        "highlights.html",
        _layout(request, program, "highlights"),
        page=PROGRAMS[program].highlights,
        after=after or None,
        loops={each.loop_id: each for each in PROGRAMS[program].badges.loops},
    )


@app.get("/p/{program}/awards/{state}/share")
def share(request: Request, program: str, state: str) -> HTMLResponse:
    shown = share_samples.AWARDS[program]
    allowed = replace(shown.program, public_pages=state != "forbidden")
    shared = state in ("shared", "named")
    return _page(
        request,
        "share.html",
        _layout(request, program, "highlights"),
        address=request.url.path,
        shown=replace(shown, program=allowed),
        held=state != "lost",
        share=share_samples.shared(program, show_name=state == "named") if shared else None,
    )


@app.get("/a/{program}")
def public_award(request: Request, program: str, named: bool = False) -> HTMLResponse:
    shown, links = share_samples.AWARDS[program], share_samples.shared(program)
    return _page(
        request,
        "public/award.html",
        _layout(request, None),
        shown=shown if named else replace(shown, holder=None),
        url=links.url,
        picture=links.og_url,
        size=(1200, 627),
    )


@app.get("/verify")
def verify(request: Request, given: str = "") -> HTMLResponse:
    checked = credential_samples.CHECKED.get(given)
    return _page(
        request,
        "public/verify.html",
        _layout(request, None),
        checked=checked,
        kind=None if checked is None else type(checked).__name__,
        text="eyJhbGciOiJSUzI1NiJ9." * 20 if given == "changed" else "",
        compared=given == "named",
        is_theirs=True,
        host=share_samples.HOST,
        shown_at=f"{share_samples.HOST}/a/{share_samples.SHARE_ID}" if given == "valid" else None,
    )


@app.get("/issuers/{program}")
def issuer(request: Request, program: str) -> HTMLResponse:
    of = share_samples.AWARDS[program].achievement.issuer
    return _page(request, "public/issuer.html", _layout(request, None), issuer=of, support="/help")


@app.get("/achievements/{program}/{badge}")
def achievement(request: Request, program: str, badge: str) -> HTMLResponse:
    return _page(
        request,
        "public/achievement.html",
        _layout(request, None),
        achievement=share_samples.AWARDS[program].achievement,
        art_of=credential_samples.ARTS[program],
        issuer_address=f"/issuers/{program}",
    )


@app.get("/gone/{why}")
def ended(request: Request, why: str) -> HTMLResponse:
    return _page(request, "public/award_ended.html", _layout(request, None), why=why)


@app.get("/p/{program}/notifications/bell")
def bell(request: Request, program: str) -> HTMLResponse:
    return _page(request, "bell.html", _layout(request, program))


@app.get("/p/{program}/notifications")
def notifications(request: Request, program: str, after: str = "") -> HTMLResponse:
    waiting = {one.invitation_id: one for one in notification_samples.INVITATIONS[program]}
    return _page(
        request,
        "notifications.html",
        _layout(request, program, "notifications"),
        page=notification_samples.PAGES[program],
        open=waiting,
        after=after or None,
    )


@app.get("/p/{program}/people/{person}")
def summary(request: Request, program: str) -> HTMLResponse:
    return _page(
        request, "summary.html", _layout(request, program), summary=PROGRAMS[program].summary
    )


@app.get("/p/{program}/notes")
def notes(request: Request, program: str, reported: bool = False) -> HTMLResponse:
    return _page(
        request,
        "notes.html",
        _layout(request, program, "notes"),
        notes=notes_samples.TO_ME[program],
        next="further" if program == "long" else None,
        after=None,
        loops={each.loop_id: each for each in PROGRAMS[program].badges.loops},
        reported=reported,
        alone=False,
    )


@app.get("/p/{program}/notes/all")
def program_notes(
    request: Request, program: str, asked: bool = False, wrong: bool = False
) -> HTMLResponse:
    faults = {"purpose" if asked else "from": "This is what is wrong"} if wrong else {}
    fields = ("recipient", "giver", "loop", "from", "to")
    return _page(
        request,
        "program_notes.html",
        _coordinator(request, program, "notes/all"),
        purpose=None if asked else "A recipient reported a note",
        faults=faults,
        filled=dict.fromkeys(fields, "") | {"reported": program == "long"},
        chosen={},
        notes=notes_samples.OF_PROGRAM[program],
        next="further" if program == "long" else None,
        after="here" if program == "long" else None,
        too_many=False,
        settled=program == "northfield",
    )


@app.get("/p/{program}/settings")
def settings(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    return _page(
        request,
        "settings.html",
        _layout(request, program, "settings"),
        form=replace(
            settings_form.of(Preferences(timezone="Europe/Berlin", email_off=frozenset({"kudos"}))),
            faults=SETTINGS_FAULTS if wrong else {},
        ),
        platform_zone="UTC",
        zones=time_zones(),
        bad_address=at("2026-04-18") if program == "long" else None,
        saved=program == "long",
    )


@app.get("/u/{token}")
def unsubscribe(request: Request, token: str, done: bool = False) -> HTMLResponse:
    ends = Unsubscription("northfield", "wen.zhao", "invitation")
    name = PROGRAMS[token].name
    layout = _layout(request, None)
    return _page(request, "unsubscribe.html", layout, ends=ends, name=name, done=done)


@app.get("/sign-in")
def sign_in(request: Request) -> HTMLResponse:
    return _page(request, "sign_in_failed.html", _layout(request, None), url="/sign-in")


@app.get("/signed-out")
def signed_out(request: Request) -> HTMLResponse:
    return _page(request, "signed_out.html", _layout(request, None))


@app.get("/problem/{status}")
def problem(request: Request, status: int) -> HTMLResponse:
    return _page(
        request,
        "problem.html",
        _layout(request, None),
        status=status,
        instance="urn:uuid:0b1c1a52-9d3b-4d5c-8f43-5a3c6f8f2d10",
    )


@app.get("/home")
def home(request: Request) -> HTMLResponse:
    return _page(request, "home.html", _layout(request, None))


@app.get("/p/{program}/overview")
def program_overview(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    shown = None if wrong else report_samples.REPORTS[program]
    chosen = ReportDays(date(2026, 1, 1), date(2026, 6, 29), "Europe/Berlin")
    return _page(
        request,
        "overview.html",
        _coordinator(request, program, "overview"),
        report=shown,
        never=report_samples.NEVER[program],
        charts=[] if shown is None else overview.of_report(shown),
        most=None if shown is None else overview.most_recognised(shown),
        percent=overview.percent,
        filled={"from": "2026-01-01", "to": "2026-06-29"},
        faults={"from": "must not be after `to`"} if wrong else {},
        presets=presets(date(2026, 6, 29), chosen),
    )


@app.get("/p/{program}/people")
def program_people(
    request: Request,
    program: str,
    which: Annotated[PeopleFilter, Query(alias="filter")] = "all",
    order: Annotated[PeopleOrder, Query(alias="sort")] = "name",
    search: Annotated[str, Query(alias="q")] = "",
) -> HTMLResponse:
    page = report_samples.people(program, near=which == "near", nobody=bool(search))
    return _page(
        request,
        "program_people.html",
        _coordinator(request, program, "people"),
        page=page,
        people=page.items,
        which=which,
        order=order,
        search=search,
        asked=query(which, order, search),
        after="here" if program == "long" else None,
    )


@app.get("/p/{program}/people/{person}/board")
def person_board(request: Request, program: str, person: str) -> HTMLResponse:
    view = PROGRAMS[program].badges
    return _page(
        request,
        "person_board.html",
        _coordinator(request, program, "people"),
        view=view,
        groups=cards.overview(view.badges, [each.badges for each in view.loops]),
        loops=cards.of_loops(view.loops),
        after="here" if program == "long" else None,
    )


@app.get("/p/{program}/loops/{loop}/board")
def loop_board(request: Request, program: str, loop: str) -> HTMLResponse:
    view = report_samples.BOARDS[program]
    return _page(
        request,
        "loop_board.html",
        _coordinator(request, program, "people"),
        view=view,
        members=cards.of_members(view.members),
    )


@app.get("/p/{program}/highlights/all")
def program_highlights(request: Request, program: str) -> HTMLResponse:
    return _page(
        request,
        "program_highlights.html",
        _coordinator(request, program, "highlights/all"),
        page=report_samples.highlights(program),
        after="here" if program == "long" else None,
    )


@app.get("/p/{program}/progress")
def my_progress(request: Request, program: str, of: str = "", stage: str = "") -> HTMLResponse:
    around = replace(_layout(request, program, "progress"), committee=True)
    return _progress(request, around, of or program, stage)


@app.get("/p/{program}/people/{person}/progress")
def progress_of_person(request: Request, program: str, person: str) -> HTMLResponse:
    return _progress(request, _coordinator(request, program, "people"), program, "")


def _progress(request: Request, layout: Layout, of: str, stage: str) -> HTMLResponse:
    view = progress_samples.PROGRESS[of]
    own = layout.here == "progress"
    mine = CasesOfPerson(items=case_samples.MINE[of], may_apply=case_samples.OPEN_FOR[of])
    facts = progress_samples.FIRST
    assert layout.program is not None
    achievements = cards.overview(PROGRAMS[layout.program.program_id].badges.badges, [])[0].cards
    return _page(
        request,
        "progress.html",
        layout,
        view=view,
        page=progress_cards.cards(
            view, facts, facts, layout.zone, own=own, of_mine=mine if own else None
        ),
        own=own,
        chosen=stage or None,
        address=["progress"] if own else ["people", "somebody", "progress"],
        fault=case_texts.REFUSALS["already-open"] if of == "top" else "",
        achievements=achievements,
    )


@app.get("/p/{program}/progress/{stage}/facts")
def facts_of_line(
    request: Request, program: str, stage: str, line: str, renewal: bool = False, after: str = ""
) -> HTMLResponse:
    shown = progress_samples.FACTS["panels" if line == "13" else program]
    lines = progress_samples.master()
    return _page(
        request,
        "progress_facts.html",
        _layout(request, program, "progress"),
        shown=shown,
        title=checklists.title(next(each for each in lines if each.line == shown.line)),
        stage=progress_samples.PROGRESS[program].stages[-1],
        renewal=renewal,
        address=["progress"],
        after=after or None,
    )


@app.get("/p/{program}/rubrics")
def rubrics(request: Request, program: str) -> HTMLResponse:
    return _page(
        request,
        "rubrics.html",
        _layout(request, program, "progress"),
        rubrics=progress_samples.RUBRICS[program],
    )


@app.get("/personas")
def personas(request: Request) -> HTMLResponse:
    return _page(request, "personas.html", _layout(request, None), links=PERSONAS * 9)


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=8090, log_level="warning")
