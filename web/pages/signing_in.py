"""The pages of signing in and out, and the list of people of a demonstration."""

from collections.abc import Sequence

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from web.identity.login.sign_in_pages import PersonaLink
from web.pages import frame
from web.rendering.templates import render


class TemplatePages:
    """Pages of signing in, in the frame of all pages."""

    def signed_out(self, request: Request, sign_in: str) -> Response:
        """Somebody signed out."""
        return HTMLResponse(render("signed_out.html", frame.outside(request)))

    def failed(self, request: Request, sign_in: str) -> Response:
        """Signing in did not come to its end."""
        text = render("sign_in_failed.html", frame.outside(request), url=sign_in)
        return HTMLResponse(text, 400)

    def personas(self, request: Request, links: Sequence[PersonaLink]) -> Response:
        """Whom a demonstration offers."""
        return HTMLResponse(render("personas.html", frame.outside(request), links=links))
