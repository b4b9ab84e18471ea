"""The few pages of signing in: what the routes need of the part that renders pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response


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
