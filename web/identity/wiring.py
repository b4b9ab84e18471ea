"""Makes what identifies requests, once a process, and puts it into an app."""

from fastapi import FastAPI
from sqlalchemy import Engine

from web.identity.authenticate import Identity, SignInNeeded, send_to_sign_in
from web.identity.dev import dev_issuer_routes
from web.identity.dev.dev_issuer import DevFetch, DevIssuer
from web.identity.dev.personas import Personas, ops
from web.identity.identity_policy import IdentityPolicy
from web.identity.limits import Window
from web.identity.login import routes
from web.identity.login.oidc import OpenIdClient
from web.identity.login.sessions import Sessions
from web.identity.login.sign_in_pages import SignInPages
from web.identity.tokens.cached import Clock
from web.identity.tokens.fetching import Fetch, HttpFetch
from web.identity.tokens.jwks import PlatformIssuer
from web.store.sessions import PEOPLE, SessionTable


def make_identity(
    policy: IdentityPolicy,
    people: Engine,
    clock: Clock,
    personas: Personas = lambda: [ops()],
    fetch: Fetch | None = None,
    table: SessionTable = PEOPLE,
) -> Identity:
    """Nothing is asked of the issuer yet. `personas`: of the dev issuer. `people`: the pool that
    may write the table of sessions.

    Raises:
        DevIssuerForbidden: the dev issuer is on where it must not be.
    """
    dev_issuer = DevIssuer(policy, personas, clock) if policy.dev_issuer else None
    way = fetch or (DevFetch(dev_issuer) if dev_issuer else HttpFetch())
    issuer = PlatformIssuer(policy.issuer_address, way, clock)
    client = OpenIdClient(policy, issuer)
    return Identity(
        policy=policy,
        issuer=issuer,
        client=client,
        sessions=Sessions(people, client, clock, table=table),
        principals=Window(policy.requests_per_minute),
        addresses=Window(policy.requests_per_minute),
        clock=clock,
        dev_issuer=dev_issuer,
    )


def install(app: FastAPI, identity: Identity, pages: SignInPages) -> None:
    """Put the identity, its addresses and its redirect to /sign-in into an app."""
    app.state.identity = identity
    app.add_exception_handler(SignInNeeded, send_to_sign_in)
    app.include_router(routes.routes(identity, pages))
    if identity.dev_issuer is not None:
        app.include_router(dev_issuer_routes.routes(identity.dev_issuer, pages))
