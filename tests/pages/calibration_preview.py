"""The pages of calibrations over made-up ones."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tests.pages import calibration_samples
from tests.pages.frames import coordinator, layout, page
from web.pages.panels.anchors import filled
from web.pages.panels.calibrations import waits
from web.rendering import calibrations
from web.rendering.calibrations import KeepForm
from web.rendering.layout import Layout
from web.rendering.texts import calibrations as texts
from web.views.panels.calibrations import RowAgreed

router = APIRouter()


@router.get("/p/{program}/calibrations")
def of_program(
    request: Request, program: str, of: str = "", done: str = "", wrong: bool = False
) -> HTMLResponse:
    coordinates = of == "coordinator"
    view = calibration_samples.COORDINATOR if coordinates else calibration_samples.LISTS[program]
    around = coordinator(request, program, "cases") if coordinates else _rater(request, program)
    every = [one for rubric in view.items for one in rubric.calibrations]

    def bar_of(row: RowAgreed) -> calibrations.AgreementBar:
        return calibrations.bar(row, view.limits)

    return page(
        request,
        "panels/calibrations.html",
        around,
        view=view,
        waiting=[one for one in every if waits(one)],
        own=[one for one in every if one.mine is not None],
        alarms=[(each, calibrations.alarm(each)) for each in view.alarms],
        bar_of=bar_of,
        bias_of=calibrations.bias,
        done=texts.DONE.get(done, ""),
        fault="A calibration of this rubric is open already." if wrong else "",
    )


@router.get("/p/{program}/calibrations/{calibration}/anchors/{number}")
def to_rate(request: Request, program: str, number: str, wrong: bool = False) -> HTMLResponse:
    anchor = calibration_samples.TO_RATE.get(number, calibration_samples.TO_RATE["3"])
    form = filled(anchor)
    if wrong:
        missing = texts.ROWS_MISSING[0].format(n=1)
        form = replace(form, faults={"expectations": texts.RATE_ROW}, refused=missing)
    return page(
        request,
        "panels/anchor.html",
        _rater(request, program),
        anchor=anchor,
        numbers={row.row: place for place, row in enumerate(anchor.rows, start=1)},
        form=form,
        done="",
    )


@router.get("/p/{program}/anchors")
def kept(request: Request, program: str, wrong: bool = False) -> HTMLResponse:
    form = KeepForm()
    if wrong:
        form = KeepForm("practice/1", "A title", "Some work", "lena", {"inclusion": "2"})
        form = replace(form, fault=texts.NO_CONSENT)
    return page(
        request,
        "panels/anchors.html",
        coordinator(request, program, "cases"),
        view=calibration_samples.KEPT[program],
        form=form,
        done="",
    )


def _rater(request: Request, program: str) -> Layout:
    around = layout(request, program, "reviews")
    return replace(around, committee=True, governs=frozenset({"reviewer"}))
