"""The ops surface: the console of operators, on its own address, database role and cookie.

It holds no key of notes and answers nothing about people but what operators need.
"""

from sqlalchemy import Engine
from starlette.types import ASGIApp

from engine.probes import Readiness
from web import openapi
from web.identity import wiring
from web.identity.tokens.fetching import Fetch
from web.pages.ops import home
from web.settings import WebSettings
from web.surfaces import shared
from web.surfaces.shared import Routed

API: tuple[Routed, ...] = ()
PAGES: tuple[Routed, ...] = (home,)


def application(
    settings: WebSettings, pool: Engine, readiness: Readiness, fetch: Fetch | None = None
) -> ASGIApp:
    """The ops surface. The settings were checked. `pool`: connections of the engine's role.
    `fetch`: how the issuer is asked, if not over HTTP."""
    app = shared.new(settings, readiness, openapi.OPS)
    app.state.pool = pool
    identity = wiring.make_identity(settings.identity, pool, settings.now, fetch=fetch)
    return shared.complete(app, identity, (*API, *PAGES, *shared.FILES))
