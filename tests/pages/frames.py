"""What the preview puts around a page: a program, who looks at it, and the answer that it makes."""

from dataclasses import replace

from fastapi import Request
from fastapi.responses import HTMLResponse

from notifier.rules.preferences import Appearance
from tests.pages import notification_samples
from tests.pages.samples import PROGRAMS
from web.pages.frame import is_part
from web.rendering.layout import Layout, ProgramChoice
from web.rendering.templates import render


def layout(request: Request, program: str | None, here: str = "") -> Layout:
    theme: Appearance = {"light": "light", "dark": "dark"}.get(  # type: ignore[assignment]
        request.cookies.get("theme", ""), "auto"
    )
    several = [ProgramChoice(name, PROGRAMS[name].name) for name in ("northfield", "empty")]
    if program is None:
        return Layout(appearance=theme, path=request.url.path)
    return Layout(
        program=ProgramChoice(program, PROGRAMS[program].name),
        programs=() if program == "northfield" else tuple(several),
        here=here,
        viewer=PROGRAMS[program].badges.person.display_name,
        zone="Europe/Berlin",
        appearance=theme,
        path=request.url.path,
        help_url="/help" if program == "northfield" else None,
        stages=True,
        demonstration=program != "northfield",
        unread=notification_samples.PAGES[program].unread,
    )


def coordinator(request: Request, program: str, here: str) -> Layout:
    """Of somebody who coordinates the program; of the long one, who also takes part in it."""
    of_them = replace(layout(request, program, here), coordinates=True, committee=True)
    return of_them if program == "long" else replace(of_them, participates=False, viewer=None)


def page(request: Request, template: str, around: Layout, **values: object) -> HTMLResponse:
    part = is_part(request)
    status = values.get("status", 200)
    assert isinstance(status, int)
    return HTMLResponse(render(template, around, part=part, **values), status)
