"""The few pages of signing in: what the routes need of whoever renders pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class PersonaLink:
    """A link of the dev issuer that signs in as somebody."""

    url: str
    text: str


class SignInPages(Protocol):
    """Renders the pages."""

    def signed_out(self, request: Request, sign_in: str) -> Response:
        """Somebody signed out; `sign_in` is where they sign in again."""

    def failed(self, request: Request, sign_in: str) -> Response:
        """Signing in did not come to its end; status 400."""

    def personas(self, request: Request, links: Sequence[PersonaLink]) -> Response:
        """Whom the dev issuer offers."""


class PlainPages:
    """Pages without any style, for tests of signing in alone."""

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
    return HTMLResponse(str(page), status, headers=NO_STORE)
