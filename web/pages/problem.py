"""The pages that say what went wrong."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from web.pages import frame
from web.problems import Problem
from web.rendering.templates import render


def page(request: Request, problem: Problem) -> Response:
    """A problem as a page, or as the part of one where a part was asked for."""
    instance = str(problem.body()["instance"])
    return _html(request, "problem.html", problem.status, problem.headers, instance=instance)


def _html(
    request: Request, template: str, status: int, headers: Mapping[str, str], **values: object
) -> Response:
    part = frame.is_part(request)
    text = render(template, frame.outside(request), part=part, status=status, **values)
    return HTMLResponse(text, status, dict(headers))
