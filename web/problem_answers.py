"""How problems are answered: as problem+json under /v1, as a page elsewhere.

Absent and forbidden come from one place, after the same work, and differ in `instance` alone.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError as DriverError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable
from web.problems import MEDIA_TYPE, Fault, Kind, Problem

log = logger(__name__)

Page = Callable[[Request, Problem], Response]
"""Renders a problem for people."""

_KINDS: dict[int, Kind] = {404: "not-found", 405: "method-not-allowed", 400: "bad-request"}


def install(app: FastAPI, page: Page) -> None:
    """Answer every problem and every error of an application."""

    def answer(request: Request, problem: Problem) -> Response:
        if not request.url.path.startswith("/v1/"):
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
        kind = _KINDS.get(error.status_code)
        if kind is None:
            kind = "bad-request"
        return answer(request, Problem(kind, headers=error.headers or {}))

    @app.exception_handler(DatabaseUnreachable)
    @app.exception_handler(OperationalError)
    @app.exception_handler(DriverError)
    def _away(request: Request, error: Exception) -> Response:
        log.warning("PostgreSQL is away", route=_route(request), error=type(error).__name__)
        return answer(request, Problem.unavailable())

    @app.exception_handler(Exception)
    def _internal(request: Request, error: Exception) -> Response:
        log.error("a request failed", route=_route(request), exc_info=error)
        return answer(request, Problem("internal"))


def of_validation(error: RequestValidationError) -> Problem:
    """The faults that the framework found, by where they are; never what was sent."""
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return Problem("bad-request")
    return Problem.invalid(
        *(Fault(_pointer(fault["loc"]), _detail(fault)) for fault in error.errors())
    )


def _pointer(where: tuple[str | int, ...]) -> str:
    place, *rest = map(str, where)
    prefix = {"body": "", "query": "/query", "header": "/header", "path": "/path"}.get(place, "")
    return prefix + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in rest)


def _detail(fault: dict[str, object]) -> str:
    if fault["type"] == "extra_forbidden":
        return "is not known here"
    text = str(fault["msg"])
    return text[:1].lower() + text[1:]


def _route(request: Request) -> str:
    """The template of a route: never a path, which names people."""
    return str(getattr(request.scope.get("route"), "path", "none"))
