"""The few pages of signing in, as a heading and HTML that the layout of all pages is put around."""

from typing import Protocol

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response


class NoticeLayout(Protocol):
    """Makes a page of a heading and what follows it."""

    def __call__(
        self, request: Request, heading: str, body: Markup, status: int, /
    ) -> Response: ...


def plain_layout(_request: Request, heading: str, body: Markup, status: int) -> Response:
    """A page without any style, until there is a layout."""
    page = Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{heading}</title></head><body><main><h1>{heading}</h1>{body}</main></body></html>"
    ).format(heading=heading, body=body)
    return HTMLResponse(str(page), status, headers={"Cache-Control": "no-store"})
