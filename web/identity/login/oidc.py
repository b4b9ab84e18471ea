"""Signing in at the issuer: OpenID Connect, authorization code with PKCE (S256), `state`, `nonce`.

Authlib writes the requests; `fetching` sends them; `tokens` verifies what comes back.
"""

from dataclasses import dataclass
from typing import Any

from authlib.common.urls import add_params_to_uri  # type: ignore[import-untyped]
from authlib.oauth2 import ClientAuth  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

from web.identity.identity_policy import IdentityPolicy
from web.identity.login.attempt import Attempt
from web.identity.tokens import verification
from web.identity.tokens.fetching import IssuerAway
from web.identity.tokens.jwks import PlatformIssuer
from web.identity.tokens.verification import SignedIn, SignedOut, TokenRefused

CALLBACK = "/oidc/callback"
SIGNED_OUT = "/sign-in?signed-out"
_MOST_OF_A_CODE = 4_096
_MOST_OF_A_REFRESH_TOKEN = 8_192


class LoginFailed(Exception):
    """The issuer, or what it sent, signs nobody in. The message quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Login:
    """A person the issuer vouches for. `refresh`: to ask again for their roles, if it gave one."""

    signed_in: SignedIn
    refresh: str | None


class OpenIdClient:
    """This deployment, as the issuer's client."""

    def __init__(self, policy: IdentityPolicy, issuer: PlatformIssuer) -> None:
        self._policy = policy
        self._issuer = issuer
        self._callback = policy.origin + CALLBACK

    def address(self, attempt: Attempt, login_hint: str | None = None) -> str:
        """Where the browser goes to sign in. Raises IssuerAway."""
        url: str = prepare_grant_uri(
            self._issuer.endpoints().authorization,
            self._policy.client_id,
            "code",
            redirect_uri=self._callback,
            scope="openid",
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
            login_hint=login_hint,
            max_age="0" if attempt.again else None,
        )
        return url

    def check_sender(self, iss: str | None) -> None:
        """Raises LoginFailed if an answer at our callback is another issuer's (RFC 9207)."""
        if iss is None and not self._issuer.endpoints().names_itself:
            return
        if iss != self._issuer.address:
            raise LoginFailed("the answer is of another issuer")

    def redeem(self, code: str, attempt: Attempt) -> Login:
        """Who the issuer gave a code for. Raises LoginFailed, IssuerAway.

        An attempt to sign in again fails unless the issuer says that it asked the person since.
        """
        if not 0 < len(code) <= _MOST_OF_A_CODE:
            raise LoginFailed("there is no code")
        login = self._login(
            attempt.nonce,
            grant_type="authorization_code",
            redirect_uri=self._callback,
            code=code,
            code_verifier=attempt.verifier,
        )
        proved = login.signed_in.principal.authenticated_at
        if attempt.again and (proved is None or proved < attempt.begun - verification.LEEWAY):
            raise LoginFailed("the issuer did not ask the person to sign in again")
        return login

    def renew(self, refresh: str, subject: str) -> Login:
        """The same person with the roles of now. Raises LoginFailed, IssuerAway."""
        login = self._login(None, grant_type="refresh_token", refresh_token=refresh)
        if login.signed_in.principal.subject != subject:
            raise LoginFailed("the new ID token is of somebody else")
        return Login(login.signed_in, login.refresh or refresh)

    def signed_out(self, logout_token: str) -> SignedOut:
        """What a logout token says. Raises TokenRefused, IssuerAway."""
        return self._issuer.verified(
            lambda keys, now: verification.verify_logout_token(
                logout_token, keys, now, self._issuer.address, self._policy.client_id
            )
        )

    def end_session_address(self) -> str | None:
        """Where the browser goes to sign out at the issuer too; None if it offers no such place,
        or is away."""
        try:
            end = self._issuer.endpoints().end_session
        except IssuerAway:
            return None
        if end is None:
            return None
        after = self._policy.origin + SIGNED_OUT
        url: str = add_params_to_uri(
            end,
            [("client_id", self._policy.client_id), ("post_logout_redirect_uri", after)],
        )
        return url

    def _login(self, nonce: str | None, **request: str) -> Login:
        given = self._ask(**request)
        id_token, refresh = given.get("id_token"), given.get("refresh_token")
        if not isinstance(id_token, str):
            raise LoginFailed("the issuer gave no ID token")
        try:
            signed_in = self._issuer.verified(
                lambda keys, now: verification.verify_id_token(
                    id_token, keys, now, self._issuer.address, self._policy.client_id, nonce
                )
            )
        except TokenRefused as error:
            raise LoginFailed(f"ID {error}") from None
        usable = isinstance(refresh, str) and 0 < len(refresh) <= _MOST_OF_A_REFRESH_TOKEN
        return Login(signed_in, refresh if usable else None)

    def _ask(self, **request: str) -> dict[str, Any]:
        """The token endpoint's answer. Raises LoginFailed, IssuerAway."""
        endpoints = self._issuer.endpoints()
        method = "client_secret_basic" if endpoints.basic else "client_secret_post"
        secret = self._policy.client_secret
        auth = ClientAuth(self._policy.client_id, secret, method if secret else "none")
        form = prepare_token_request(request.pop("grant_type"), **request)
        url, headers, body = auth.prepare("POST", endpoints.token, {}, form)
        answer = self._issuer.fetch(url, body, headers)
        if answer.status in (400, 401, 403):
            raise LoginFailed(f"the issuer refuses, with status {answer.status}")
        if answer.status != 200:
            raise IssuerAway(f"the issuer answers with status {answer.status}")
        return answer.members()
