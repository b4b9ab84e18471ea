"""A small site that identifies its visitors: one page, one answer of the API, one change."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from tests.support.plain_pages import PlainPages
from web.identity.authenticate import Identity, identify, identify_page
from web.identity.principal import Principal
from web.identity.wiring import install
from web.problems import MEDIA_TYPE, Problem


def site(identity: Identity) -> FastAPI:
    """The application."""
    app = FastAPI()
    install(app, identity, PlainPages())

    @app.exception_handler(Problem)
    def answer(_request: Request, problem: Problem) -> Response:
        return JSONResponse(
            problem.body(), problem.status, headers=dict(problem.headers), media_type=MEDIA_TYPE
        )

    @app.get("/p/{program}/kudos")
    def page(program: str, who: Annotated[Principal, Depends(identify_page)]) -> Response:
        return PlainTextResponse(f"kudos of {who.subject}")

    @app.get("/v1/me")
    def me(who: Annotated[Principal, Depends(identify)]) -> dict[str, object]:
        return {"subject": who.subject, "roles": [role.model_dump() for role in who.roles]}

    @app.api_route("/v1/change", methods=["POST", "PUT", "PATCH", "DELETE"])
    def change(who: Annotated[Principal, Depends(identify)]) -> str:
        return who.subject

    return app


def query(url: str) -> Mapping[str, str]:
    """The parameters of a URL."""
    return dict(parse_qsl(urlsplit(url).query))
