"""The ops surface: the console of operators, on its own address, database role and cookie.

It holds no key of notes and answers nothing about people but what operators need.
"""

from starlette.types import ASGIApp

from engine.probes import Readiness
from web import openapi
from web.api.ops import audit, dead_letters, jobs, partitions, replay, status
from web.identity import wiring
from web.identity.tokens.fetching import Fetch
from web.ops.console import Console
from web.pages.ops import audit as audit_pages
from web.pages.ops import dead_letters as dead_letter_pages
from web.pages.ops import home
from web.pages.ops import jobs as job_pages
from web.pages.ops import replay as replay_pages
from web.pages.ops import status as status_pages
from web.store import sessions
from web.surfaces import shared
from web.surfaces.shared import Routed

API: tuple[Routed, ...] = (status, dead_letters, partitions, replay, jobs, audit)
PAGES: tuple[Routed, ...] = (
    home,
    status_pages,
    dead_letter_pages,
    job_pages,
    replay_pages,
    audit_pages,
)


def application(console: Console, readiness: Readiness, fetch: Fetch | None = None) -> ASGIApp:
    """The ops surface. The settings were checked. `fetch`: how the issuer is asked, if not over
    HTTP."""
    settings = console.settings
    app = shared.new(settings, readiness, openapi.OPS)
    app.state.console = console
    identity = wiring.make_identity(
        settings.identity, console.pool, settings.now, fetch=fetch, table=sessions.OPERATORS
    )
    return shared.complete(app, identity, (*API, *PAGES, *shared.FILES))
