"""The addresses of signing in and out: /sign-in, /sign-out, /oidc/…"""

from urllib.parse import parse_qs

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from web.identity.authenticate import AGAIN, SIGN_IN, Identity, check_site, hashed, limit_strangers
from web.identity.bodies import bounded_body
from web.identity.login import attempt
from web.identity.login.oidc import CALLBACK, LoginFailed
from web.identity.login.return_address import START, return_address
from web.identity.login.sign_in_pages import SignInPages
from web.identity.tokens.fetching import IssuerAway
from web.identity.tokens.verification import TokenRefused
from web.problems import Problem

SIGN_OUT = "/sign-out"
BACKCHANNEL = "/oidc/backchannel-logout"
_NO_STORE = {"Cache-Control": "no-store"}
_log = structlog.get_logger("web.identity")


def routes(identity: Identity, pages: SignInPages) -> APIRouter:
    """The router of an app's pages."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN, dependencies=[Depends(limit_strangers)])
    def sign_in(request: Request) -> Response:
        if "signed-out" in request.query_params:
            return pages.signed_out(request, SIGN_IN)
        hint = request.query_params.get("login_hint") if identity.dev_issuer else None
        return_to = return_address(request.query_params.get("next"))
        again = AGAIN in request.query_params
        cookie = request.cookies.get(identity.cookie)
        try:
            stays = hint is None and not again
            if stays and cookie is not None and identity.sessions.principal(cookie):
                return RedirectResponse(return_to, 303, _NO_STORE)
            return _to_issuer(request, identity, return_to, hint, again)
        except IssuerAway as error:
            raise _away(error) from None

    @router.get(CALLBACK, dependencies=[Depends(limit_strangers)])
    def callback(request: Request) -> Response:
        given = request.query_params
        secret = request.cookies.get(identity.login_cookie)
        begun = attempt.resume(secret, given.get("state"), identity.clock())
        try:
            if begun is None:
                raise LoginFailed("the state is of no attempt of this browser")
            identity.client.check_sender(given.get("iss"))
            if "error" in given:
                raise LoginFailed("the issuer signed nobody in")
            login = identity.client.redeem(given.get("code", ""), begun)
        except LoginFailed as error:
            _log.warning("login_failed", reason=str(error))
            return pages.failed(request, f"{SIGN_IN}?next={START}")
        except IssuerAway as error:
            raise _away(error) from None
        cookie = identity.sessions.begin(login, request.cookies.get(identity.cookie))
        _log.info("signed_in", subject=hashed(login.signed_in.principal.subject))
        response = RedirectResponse(identity.policy.origin + begun.return_to, 303, _NO_STORE)
        identity.set_cookie(response, identity.cookie, cookie)
        identity.delete_cookie(response, identity.login_cookie)
        return response

    @router.post(SIGN_OUT, dependencies=[Depends(limit_strangers)])
    def sign_out(request: Request) -> Response:
        cookie = request.cookies.get(identity.cookie)
        address = None
        if cookie is not None:
            check_site(request)
            identity.sessions.end(cookie)
            address = identity.client.end_session_address()
        response = RedirectResponse(address or f"{SIGN_IN}?signed-out", 303, _NO_STORE)
        identity.delete_cookie(response, identity.cookie)
        return response

    @router.post(BACKCHANNEL, dependencies=[Depends(limit_strangers)])
    async def backchannel_logout(request: Request) -> Response:
        form = parse_qs((await bounded_body(request)).decode("ascii", "replace"))
        given = form.get("logout_token", [])
        if len(given) != 1:
            return _not_signed_out()
        return await run_in_threadpool(_end_of_issuer, identity, given[0])

    return router


def _to_issuer(
    request: Request, identity: Identity, return_to: str, hint: str | None, again: bool
) -> Response:
    """The issuer's address for a new attempt; other tabs' attempts go on with the same secret."""
    secret = request.cookies.get(identity.login_cookie)
    if not attempt.is_secret(secret):
        secret = None
    secret = secret or attempt.new_secret()
    begun = attempt.begin(secret, return_to, identity.clock(), again=again)
    response = RedirectResponse(identity.client.address(begun, hint), 303, _NO_STORE)
    lasts = int(attempt.LONGEST.total_seconds())
    identity.set_cookie(response, identity.login_cookie, secret, lasts)
    return response


def _end_of_issuer(identity: Identity, logout_token: str) -> Response:
    try:
        signed_out = identity.client.signed_out(logout_token)
    except TokenRefused as error:
        _log.warning("logout_refused", reason=error.reason)
        return _not_signed_out()
    except IssuerAway as error:
        raise _away(error) from None
    _log.info("signed_out_by_issuer", sessions=identity.sessions.end_of_issuer(signed_out))
    return Response(status_code=200, headers=_NO_STORE)


def _not_signed_out() -> Response:
    """As OpenID Connect Back-Channel Logout 1.0, 2.8 wants it."""
    return JSONResponse({"error": "invalid_request"}, 400, headers=_NO_STORE)


def _away(error: IssuerAway) -> Problem:
    _log.warning("issuer_away", reason=str(error))
    return Problem.unavailable()
