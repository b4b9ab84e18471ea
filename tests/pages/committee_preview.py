"""The pages of the committee over made-up cases."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tests.pages import case_samples, desk_samples
from tests.pages.frames import coordinator, layout, page
from web.rendering import cases, desk
from web.rendering.desk import SignatureForm
from web.rendering.layout import Layout
from web.rendering.texts import case as case_texts
from web.rendering.texts import committee as committee_texts
from web.rendering.texts import desk as desk_texts
from web.rendering.texts import minutes as minutes_texts

router = APIRouter()


@router.get("/p/{program}/cases")
def of_program(request: Request, program: str) -> HTMLResponse:
    view = case_samples.DEADLINES[program]
    return page(
        request,
        "cases.html",
        coordinator(request, program, "cases"),
        view=view,
        rows=cases.rows(view.items),
        late=sum(case.overdue for case in view.items),
    )


@router.get("/p/{program}/cases/{case_id}")
def one(
    request: Request, program: str, case_id: str, of: str = "", wrong: bool = False
) -> HTMLResponse:
    case = case_samples.CASES[case_id]
    own = not of
    if of:
        case = case.model_copy(update={"may": ["acknowledge"] if case.state == "applied" else []})
    around = layout(request, program, "progress") if own else coordinator(request, program, "cases")
    return page(
        request,
        "case.html",
        around,
        case=case,
        page=cases.cards(case, around.zone, own=own),
        own=own,
        again=not own and case.outcome == "granted",
        done="",
        fault=case_texts.REFUSALS["statement-needed"] if wrong else "",
        filled="What I wrote" if wrong else "",
        facts_at=["progress"] if own else ["people", "imani", "progress"],
    )


@router.get("/p/{program}/desk")
def queue(request: Request, program: str, of: str = "") -> HTMLResponse:
    view = desk_samples.QUEUES[of or program]
    return page(
        request,
        "desk.html",
        _member(request, program, *view.roles),
        view=view,
        mine=desk.rows(view.mine),
        others=desk.rows(view.others),
        auditor="auditor" in view.roles,
        done=desk_texts.DONE["recused"] if of == "auditor" else "",
    )


@router.get("/p/{program}/desk/{case_id}")
def pack(request: Request, program: str, case_id: str, fault: str = "") -> HTMLResponse:
    case = desk_samples.DESK[case_id]
    samples = {one.case_id: one for one in desk_samples.QUEUES["northfield"].samples}
    form = SignatureForm(
        outcome="declined" if fault else "", statement="Because." if fault else "", fault=fault
    )
    return page(
        request,
        "desk_case.html",
        _member(request, program, "member"),
        case=case,
        page=desk.cards(case),
        form=form,
        again="/sign-in",
        sample=case_id in samples,
    )


@router.get("/p/{program}/committee")
def people(request: Request, program: str, of: str = "", wrong: bool = False) -> HTMLResponse:
    around = _member(request, program, "member") if of else coordinator(request, program, "cases")
    return page(
        request,
        "committee.html",
        around,
        view=desk_samples.COMMITTEES[of or program],
        done=committee_texts.DONE["saved"] if of else "",
        fault=committee_texts.BAD_DATE if wrong else "",
    )


@router.get("/p/{program}/minutes")
def all_minutes(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    return page(
        request,
        "minutes.html",
        _member(request, program, "chair"),
        view=desk_samples.MINUTES[program],
        done="",
        fault=minutes_texts.FAULTS["too-late"] if wrong else "",
    )


@router.get("/p/{program}/minutes/{number}")
def minutes(request: Request, program: str, number: int) -> HTMLResponse:
    around = _member(request, program, "member")
    return page(request, "minutes_read.html", around, view=desk_samples.MINUTES_READ)


def _member(request: Request, program: str, *roles: str) -> Layout:
    around = layout(request, program, "desk")
    return replace(around, committee=True, governs=frozenset(roles))
