"""The pages over made-up people, without Kafka, a database or a session.

`python -m tests.pages.preview` serves them on http://127.0.0.1:8090/p/northfield/kudos, to work on
templates and styles: a changed template shows after a restart.
"""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from tests.pages.samples import PROGRAMS
from web.pages import cards, static
from web.pages.layout import Layout, ProgramChoice, Theme
from web.pages.rendering import render

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

app = FastAPI()
app.include_router(static.router)


@app.middleware("http")
async def secured(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await call(request)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _layout(request: Request, program: str | None, here: str = "") -> Layout:
    theme: Theme = {"light": "light", "dark": "dark"}.get(  # type: ignore[assignment]
        request.cookies.get("theme", ""), "auto"
    )
    several = [ProgramChoice(name, PROGRAMS[name].name) for name in ("northfield", "empty")]
    if program is None:
        return Layout(theme=theme, path=request.url.path)
    return Layout(
        program=ProgramChoice(program, PROGRAMS[program].name),
        programs=() if program == "northfield" else tuple(several),
        here=here,
        viewer=PROGRAMS[program].badges.person.display_name,
        zone="Europe/Berlin",
        theme=theme,
        path=request.url.path,
        help_url="/help" if program == "northfield" else None,
        demonstration=program != "northfield",
    )


def _page(request: Request, template: str, layout: Layout, **values: object) -> HTMLResponse:
    part = request.headers.get("hx-request-type") == "partial"
    return HTMLResponse(render(template, layout, part=part, **values))


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
        groups=groups,
        choices=view.loops,
        chosen=loop or None,
        after=after or None,
        closed=any(each.state == "closed" for each in one),
    )


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=8090, log_level="warning")
