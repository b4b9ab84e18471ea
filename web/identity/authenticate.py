"""Who a request comes from: dependencies of the API's and the pages' handlers.

The order of refusals: 401 (no valid token or session), 403 (from another site), 429. Requests
without a principal count for their address: beyond its limit they get 429 in place of 401.
"""

import hashlib
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.identity.dev.dev_issuer import DevIssuer
from web.identity.identity_policy import IdentityPolicy
from web.identity.limits import Window, client_address
from web.identity.login.oidc import OpenIdClient
from web.identity.login.sessions import Sessions, digest
from web.identity.principal import Principal
from web.identity.same_origin import SAFE_METHODS, comes_from_us
from web.identity.tokens import verification
from web.identity.tokens.cached import Clock
from web.identity.tokens.fetching import IssuerAway
from web.identity.tokens.jwks import PlatformIssuer
from web.identity.tokens.verification import TokenRefused
from web.problems import Problem

SIGN_IN = "/sign-in"
AGAIN = "again"
"""The parameter of SIGN_IN that sends somebody who is signed in to the issuer too."""
_log = structlog.get_logger("web.identity")


@dataclass(frozen=True, slots=True)
class Identity:
    """All that identifies requests, made once a process; it stands at `app.state.identity`."""

    policy: IdentityPolicy
    issuer: PlatformIssuer
    client: OpenIdClient
    sessions: Sessions
    principals: Window
    addresses: Window
    clock: Clock
    dev_issuer: DevIssuer | None = None

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. `__Host-` needs https, which a demonstration has
        not."""
        name = self.policy.cookie
        return f"{name}-dev" if self.policy.dev_issuer else f"__Host-{name}"

    @property
    def login_cookie(self) -> str:
        """The name of the cookie of attempts to sign in."""
        return f"{self.cookie}-login"

    def set_cookie(
        self, response: Response, name: str, value: str, lasts: int | None = None
    ) -> None:
        """Set one of the two. `lasts` in seconds; without it until the browser is closed."""
        secure = not self.policy.dev_issuer
        response.set_cookie(
            name, value, lasts, path="/", secure=secure, httponly=True, samesite="lax"
        )

    def delete_cookie(self, response: Response, name: str) -> None:
        """Make the browser forget one of the two."""
        secure = not self.policy.dev_issuer
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")


def identify(request: Request) -> Principal:
    """Who asks. A dependency of every handler that is not public.

    Raises:
        Problem: as `identify_uncounted`, or too-many-requests.
    """
    who = identify_uncounted(request)
    identity: Identity = request.app.state.identity
    wait = identity.principals.seconds_to_wait(who.subject)
    if wait:
        raise Problem.too_many(wait)
    return who


def identify_uncounted(request: Request) -> Principal:
    """Who asks, for what does not count towards the limit of requests.

    Raises:
        Problem: unauthenticated, cross-site, or unavailable (no keys, or no roles, since the
            issuer is away).
    """
    identity: Identity = request.app.state.identity
    given = request.headers.getlist("authorization")
    cookie = request.cookies.get(identity.cookie)
    if given and cookie is not None:
        _refuse_stranger(request)
    try:
        who = _of_token(identity, given) if given else _of_cookie(identity, cookie)
    except IssuerAway as error:
        _log.warning("issuer_away", reason=str(error))
        raise Problem.unavailable() from None
    if who is None:
        _refuse_stranger(request)
    if cookie is not None and request.method not in SAFE_METHODS:
        check_site(request)
    return who


def sign_in_again_address(path: str) -> str:
    """Where a browser goes to sign in again, even if it is signed in, and to come back to a page of
    ours."""
    return f"{SIGN_IN}?{AGAIN}=1&next={quote(path, safe='/')}"


def session_of(request: Request) -> bytes | None:
    """The id of the session that identifies a request; None if a token does."""
    identity: Identity = request.app.state.identity
    cookie = request.cookies.get(identity.cookie)
    return None if cookie is None else digest(cookie)


def identify_page(request: Request) -> Principal:
    """Who asks for a page; somebody signed out is sent to sign in.

    Raises:
        SignInNeeded: there is no valid session.
        Problem: as `identify`.
    """
    try:
        return identify(request)
    except Problem as problem:
        if problem.kind != "unauthenticated" or request.headers.getlist("authorization"):
            raise
        raise SignInNeeded(_sign_in_address(request), "hx-request" in request.headers) from None


def limit_strangers(request: Request) -> None:
    """The limit of requests by address: a dependency of public handlers. Raises Problem."""
    identity: Identity = request.app.state.identity
    wait = identity.addresses.seconds_to_wait(
        client_address(
            request.client.host if request.client else None,
            request.headers.getlist("x-forwarded-for"),
            identity.policy.trusted_proxies,
        )
    )
    if wait:
        raise Problem.too_many(wait)


def check_site(request: Request) -> None:
    """Raises Problem (cross-site) unless a page of ours made the request."""
    identity: Identity = request.app.state.identity
    if not comes_from_us(request, identity.policy.origin):
        raise Problem("cross-site")


@dataclass
class SignInNeeded(Exception):
    """A page was asked for by somebody signed out. `part`: htmx asks, for a part of a page."""

    address: str
    part: bool


def send_to_sign_in(_request: Request, error: Exception) -> Response:
    """The answer to SignInNeeded: an exception handler. htmx follows a header, not a redirect."""
    assert isinstance(error, SignInNeeded)
    headers = {"Cache-Control": "no-store"}
    if error.part:
        headers |= {"HX-Redirect": error.address, "WWW-Authenticate": "Bearer"}
        return Response(status_code=401, headers=headers)
    return RedirectResponse(error.address, 303, headers)


def hashed(subject: str) -> str:
    """A subject as logs have it."""
    return hashlib.sha256(subject.encode()).hexdigest()[:16]


def _refuse_stranger(request: Request) -> NoReturn:
    limit_strangers(request)
    raise Problem.unauthenticated()


def _of_token(identity: Identity, given: list[str]) -> Principal | None:
    scheme, _, token = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        return None
    policy = identity.policy
    try:
        return identity.issuer.verified(
            lambda keys, now: verification.verify(
                token.strip(), keys, now, policy.issuer_address, policy.audience
            )
        )
    except TokenRefused as error:
        _log.info("token_refused", reason=error.reason)
        return None


def _of_cookie(identity: Identity, cookie: str | None) -> Principal | None:
    return None if cookie is None else identity.sessions.principal(cookie)


def _sign_in_address(request: Request) -> str:
    if request.method not in ("GET", "HEAD"):
        return SIGN_IN
    # As it was sent: an id in it may have an encoded slash.
    path = request.scope["raw_path"].split(b"?")[0].decode("ascii", "replace")
    path += f"?{request.url.query}" if request.url.query else ""
    return f"{SIGN_IN}?next={quote(path, safe='/')}"
