"""A coordinator's list of a program's people: filtered, sorted, searched by name."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from engine.store.postgres.connection import transaction
from web.api.asking import After, Known, PeoplePool, Reports
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import CoordinatorPage, is_part
from web.problems import Fault, Problem
from web.rendering.templates import render
from web.reports.people_list import PeopleFilter, PeopleOrder, UnknownPosition
from web.views.report_people import ListedPeople

router = APIRouter(include_in_schema=False)

_PAGE = 50


@router.get("/p/{program}/people")
def people(
    request: Request,
    program: PathId,
    visitor: CoordinatorPage,
    pool: PeoplePool,
    reports: Reports,
    after: After,
    known: Known,
    which: Annotated[PeopleFilter, Query(alias="filter")] = "all",
    order: Annotated[PeopleOrder, Query(alias="sort")] = "name",
    search: Annotated[str, Query(alias="q", max_length=120)] = "",
) -> HTMLResponse:
    """A page of the list."""
    search = search.strip()
    listed = ListedPeople(reports, program, which)
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "people")
        try:
            page = listed.read(tx, after, _PAGE, order, search)
        except UnknownPosition:
            raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
    text = render(
        "program_people.html",
        framed.layout,
        part=is_part(request),
        page=page,
        people=page.items,
        which=which,
        order=order,
        search=search,
        asked=query(which, order, search),
        after=after or None,
    )
    return HTMLResponse(text)


def query(which: PeopleFilter, order: PeopleOrder, search: str) -> dict[str, str]:
    """The list as the query of an address, but for the page."""
    asked = {"filter": which, "sort": order, "q": search}
    usual = {"filter": "all", "sort": "name", "q": ""}
    return {name: value for name, value in asked.items() if value != usual[name]}
