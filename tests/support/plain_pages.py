"""Pages of signing in without any style, for tests of signing in alone."""

from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web.identity.login.sign_in_pages import PersonaLink


class PlainPages:
    """The pages."""

    def signed_out(self, request: Request, sign_in: str) -> Response:
        return _page("You are signed out", _link(sign_in, "Sign in"), 200)

    def failed(self, request: Request, sign_in: str) -> Response:
        return _page("You are not signed in", _link(sign_in, "Try again"), 400)

    def personas(self, request: Request, links: Sequence[PersonaLink]) -> Response:
        body = Markup("").join(_link(link.url, link.text) for link in links)
        return _page("Demonstration", body, 200)


def _link(url: str, text: str) -> Markup:
    return Markup('<p><a href="{url}">{text}</a></p>').format(url=url, text=text)


def _page(heading: str, body: Markup, status: int) -> Response:
    page = Markup(
        '<!doctype html><html lang="en"><title>{heading}</title><h1>{heading}</h1>{body}</html>'
    ).format(heading=heading, body=body)
    return HTMLResponse(str(page), status, headers={"Cache-Control": "no-store"})
