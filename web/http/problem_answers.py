"""How problems are answered: as problem+json under /v1, as a page elsewhere.

Absent and forbidden come from one place, after the same work, and differ in `instance` alone.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError as DriverError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from engine.observability import logger
from engine.store.generations.catalogs import CatalogAltered
from engine.store.policies import PolicyAltered
from engine.store.postgres.connection import DatabaseUnreachable
from web.http.request_metrics import route_template
from web.problems import MEDIA_TYPE, Fault, Kind, Problem, pointer

log = logger(__name__)

Page = Callable[[Request, Problem], Response]
"""Renders a problem for people."""

_KINDS: dict[int, Kind] = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def install(app: FastAPI, page: Page) -> None:
    """Answer every problem and every error of an application."""

    def answer(request: Request, problem: Problem) -> Response:
        if not request.scope["path"].startswith("/v1/"):  # a Host header may make no URL
            return page(request, problem)
        return JSONResponse(
            problem.body(), problem.status, headers=dict(problem.headers), media_type=MEDIA_TYPE
        )

    @app.exception_handler(Problem)
    def _problem(request: Request, problem: Problem) -> Response:
        return answer(request, problem)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, of_validation(error))

    @app.exception_handler(HTTPException)
    def _of_framework(request: Request, error: HTTPException) -> Response:
        kind = _KINDS.get(error.status_code, "bad-request")
        headers = {"Allow": _allowed(request)} if kind == "method-not-allowed" else {}
        return answer(request, Problem(kind, headers=headers))

    @app.exception_handler(DatabaseUnreachable)
    @app.exception_handler(NoConnectionFree)
    @app.exception_handler(OperationalError)
    @app.exception_handler(DriverError)
    def _away(request: Request, error: Exception) -> Response:
        log.warning(
            "PostgreSQL is away", route=route_template(request.scope), error=type(error).__name__
        )
        return answer(request, Problem.unavailable())

    @app.exception_handler(CatalogAltered)
    @app.exception_handler(PolicyAltered)
    def _altered(request: Request, error: CatalogAltered | PolicyAltered) -> Response:
        log.error(
            "a stored catalog was changed", route=route_template(request.scope), reason=str(error)
        )
        return answer(request, Problem("internal"))

    @app.exception_handler(Exception)
    def _internal(request: Request, error: Exception) -> Response:
        log.error("a request failed", route=route_template(request.scope), exc_info=error)
        return answer(request, Problem("internal"))


def of_validation(error: RequestValidationError) -> Problem:
    """The faults that the framework found, by where they are; never what was sent."""
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return Problem("bad-request")
    return Problem.invalid(
        *(Fault(_pointer(fault["loc"]), _detail(fault)) for fault in error.errors())
    )


def _pointer(where: tuple[str | int, ...]) -> str:
    return pointer(*(where[1:] if where[0] == "body" else where))


def _detail(fault: dict[str, object]) -> str:
    if fault["type"] == "extra_forbidden":
        return "is not known here"
    text = str(fault["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _allowed(request: Request) -> str:
    """The methods of an address, over all its routes; HEAD wherever there is GET."""
    there = [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]
    if "GET" in there:
        there.insert(1, "HEAD")
    return ", ".join(there)
