"""What both surfaces have: an application with its problems, headers, files and probes."""

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp, Lifespan

from engine.probes import Readiness
from web import openapi
from web.http import probe_routes, problem_answers
from web.http.bounded_bodies import BoundedBodies
from web.http.compression import Compression
from web.http.head_requests import HeadAsGet
from web.http.headers import SecurityHeaders, content_security_policy
from web.http.path_ids import RawPaths
from web.http.request_metrics import RequestMetrics
from web.identity import wiring
from web.identity.authenticate import Identity
from web.openapi import ApiDescription
from web.pages import problem, static
from web.pages.signing_in import TemplatePages
from web.settings import WebSettings

FILES = (static, probe_routes)
"""What every surface answers to anybody."""


class Routed(Protocol):
    """A module with addresses."""

    router: APIRouter


def new(
    settings: WebSettings,
    readiness: Readiness,
    described: ApiDescription,
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """An application without addresses but that of its description."""
    app = FastAPI(
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.readiness = readiness
    openapi.install(app, described)
    return app


def complete(app: FastAPI, identity: Identity, parts: Iterable[Routed]) -> ASGIApp:
    """The application with signing in, its parts, and what surrounds every request."""
    settings: WebSettings = app.state.settings
    wiring.install(app, identity, TemplatePages())
    problem_answers.install(app, problem.page)
    for part in parts:
        app.include_router(part.router)
    issuer = urlsplit(settings.identity.issuer_address)
    policy = content_security_policy(
        [host.strip() for host in settings.avatar_hosts.split(",") if host.strip()],
        f"{issuer.scheme}://{issuer.netloc}",
    )
    answering = HeadAsGet(Compression(BoundedBodies(RawPaths(RequestMetrics(app)))))
    return SecurityHeaders(answering, policy, secure=settings.identity.origin.startswith("https"))
