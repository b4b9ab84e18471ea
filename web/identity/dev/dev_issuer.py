"""An OpenID Connect issuer for demonstrations: anybody may be anybody, so never for real people.

It exists only where `IdentityPolicy.faults` finds nothing: asked for, bound to a loopback address,
under a loopback URL. Its key is made at its start; codes and refresh tokens are in memory.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from web.identity.dev.personas import Persona, Personas
from web.identity.identity_policy import IdentityPolicy
from web.identity.login.oidc import CALLBACK
from web.identity.tokens.cached import Clock
from web.identity.tokens.fetching import IssuerAnswer, IssuerAway
from web.identity.tokens.jwks import DISCOVERY

_ALGORITHM = "ES256"
_LIFETIME = timedelta(minutes=15)
_CODE_LIFETIME = timedelta(minutes=1)
_MOST_GRANTS = 1_000


class DevIssuerForbidden(Exception):
    """The dev issuer was to be made where people other than developers could reach it."""


class GrantRefused(Exception):
    """A request of the authorize page or the token endpoint is wrong: an OAuth error code."""


@dataclass(frozen=True, slots=True)
class _DevGrant:
    persona: Persona
    sid: str
    nonce: str | None = None
    challenge: str | None = None
    made: datetime | None = None
    authenticated: datetime | None = None


class DevIssuer:
    """Its endpoints, as functions of their parameters. Raises DevIssuerForbidden when made."""

    def __init__(self, policy: IdentityPolicy, personas: Personas, clock: Clock) -> None:
        if not policy.dev_issuer or policy.faults():
            raise DevIssuerForbidden("; ".join(policy.faults()) or "BADGE_WEB_DEV_ISSUER is off")
        self.address = policy.issuer_address
        self._policy = policy
        self._personas = personas
        self._clock = clock
        self._key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig"})
        self._codes: OrderedDict[str, _DevGrant] = OrderedDict()
        self._refreshes: OrderedDict[str, _DevGrant] = OrderedDict()

    def discovery(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks.json",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [_ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def jwks(self) -> dict[str, Any]:
        """Its public key."""
        return {"keys": [{**self._key.as_dict(private=False), "alg": _ALGORITHM}]}

    def personas(self) -> list[Persona]:
        """Who one may be."""
        return list(self._personas())

    def persona(self, id: str) -> Persona | None:
        """The persona of an id."""
        return next((one for one in self._personas() if one.id == id), None)

    def check(self, request: Mapping[str, str]) -> None:
        """Raises GrantRefused unless an authorization request is our client's, with PKCE."""
        wanted = {
            "response_type": "code",
            "client_id": self._policy.client_id,
            "redirect_uri": self._policy.origin + CALLBACK,
            "code_challenge_method": "S256",
        }
        if any(request.get(name) != value for name, value in wanted.items()):
            raise GrantRefused("invalid_request")
        if not request.get("code_challenge") or not request.get("state"):
            raise GrantRefused("invalid_request")

    def granted(self, request: Mapping[str, str], persona: Persona) -> str:
        """Where the browser goes with its code. Raises GrantRefused."""
        self.check(request)
        code = secrets.token_urlsafe(24)
        grant = _DevGrant(
            persona,
            secrets.token_urlsafe(12),
            request.get("nonce"),
            request["code_challenge"],
            self._clock(),
            self._clock(),
        )
        _keep(self._codes, code, grant)
        back = {"code": code, "state": request["state"], "iss": self.address}
        return f"{request['redirect_uri']}?{urlencode(back)}"

    def token(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The token endpoint. A code and a refresh token are good for one use. Raises
        GrantRefused."""
        if form.get("client_id") != self._policy.client_id:
            raise GrantRefused("invalid_client")
        match form.get("grant_type"):
            case "authorization_code":
                grant = self._redeemed(form)
            case "refresh_token":
                known = self._refreshes.pop(form.get("refresh_token", ""), None)
                if known is None:
                    raise GrantRefused("invalid_grant")
                grant = known
            case _:
                raise GrantRefused("unsupported_grant_type")
        refresh = secrets.token_urlsafe(24)
        kept = _DevGrant(grant.persona, grant.sid, authenticated=grant.authenticated)
        _keep(self._refreshes, refresh, kept)
        return {
            "access_token": self._access_token(grant.persona, grant.authenticated),
            "token_type": "Bearer",
            "expires_in": int(_LIFETIME.total_seconds()),
            "id_token": self._id_token(grant),
            "refresh_token": refresh,
        }

    def access_token(self, persona: Persona) -> str:
        """A token for the API, for somebody who has just chosen who they are."""
        return self._access_token(persona, self._clock())

    def _access_token(self, persona: Persona, authenticated: datetime | None) -> str:
        claims = {"aud": self._policy.audience, **_auth_time(authenticated)}
        return self._signed("at+jwt", persona, claims)

    def _redeemed(self, form: Mapping[str, str]) -> _DevGrant:
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or grant.made is None or grant.challenge is None:
            raise GrantRefused("invalid_grant")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        in_time = self._clock() - grant.made <= _CODE_LIFETIME
        same = form.get("redirect_uri") == self._policy.origin + CALLBACK
        if not (in_time and same and hmac.compare_digest(challenge, grant.challenge)):
            raise GrantRefused("invalid_grant")
        return grant

    def _id_token(self, grant: _DevGrant) -> str:
        claims = {"aud": self._policy.client_id, "sid": grant.sid}
        claims |= _auth_time(grant.authenticated)
        if grant.nonce is not None:
            claims["nonce"] = grant.nonce
        return self._signed("JWT", grant.persona, claims)

    def _signed(self, typ: str, persona: Persona, claims: Mapping[str, Any]) -> str:
        now = self._clock()
        header = {"alg": _ALGORITHM, "kid": self._key.kid, "typ": typ}
        times = {"iat": now, "nbf": now, "exp": now + _LIFETIME}
        common = {"iss": self.address, "sub": persona.id, "roles": list(persona.roles)}
        seconds = {name: int(instant.timestamp()) for name, instant in times.items()}
        return jwt.encode(header, {**common, **seconds, **claims}, self._key)


class DevFetch:
    """How the web asks its own dev issuer: without the network, so also before it listens."""

    def __init__(self, issuer: DevIssuer) -> None:
        self._issuer = issuer

    def __call__(
        self, url: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> IssuerAnswer:
        issuer = self._issuer
        match url.removeprefix(issuer.address):
            case "/jwks.json":
                return _json(200, issuer.jwks())
            case "/token":
                try:
                    return _json(200, issuer.token(dict(parse_qsl(body or ""))))
                except GrantRefused as error:
                    return _json(400, {"error": str(error)})
            case path if path == DISCOVERY:
                return _json(200, issuer.discovery())
        raise IssuerAway("the dev issuer has no such address")


def _auth_time(at: datetime | None) -> dict[str, Any]:
    return {} if at is None else {"auth_time": int(at.timestamp())}


def _json(status: int, content: dict[str, Any]) -> IssuerAnswer:
    return IssuerAnswer(status, json.dumps(content).encode())


def _keep(grants: OrderedDict[str, _DevGrant], name: str, grant: _DevGrant) -> None:
    grants[name] = grant
    if len(grants) > _MOST_GRANTS:
        grants.popitem(last=False)
