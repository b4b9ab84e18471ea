"""The issuer as we see it: its addresses and its keys, found out at first use and kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from web.identity.identity_policy import is_safe_url
from web.identity.tokens.cached import Cached, Clock
from web.identity.tokens.fetching import Fetch, IssuerAway
from web.identity.tokens.signing_keys import PlatformKeys, signing_keys
from web.identity.tokens.verification import KeyUnknown

DISCOVERY = "/.well-known/openid-configuration"
Verified = TypeVar("Verified")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the issuer does what. `basic`: it takes a client's secret in a header."""

    authorization: str
    token: str
    jwks: str
    end_session: str | None
    basic: bool
    names_itself: bool
    """Whether its answers at our callback carry `iss` (RFC 9207)."""


class PlatformIssuer:
    """Its keys and addresses, for every thread of the process."""

    def __init__(self, address: str, fetch: Fetch, clock: Clock) -> None:
        self.address = address
        self.fetch = fetch
        self.clock = clock
        self._endpoints = Cached(self._discover, clock)
        self._keys = Cached(self._read_keys, clock)

    def endpoints(self) -> Endpoints:
        """Its addresses. Raises IssuerAway."""
        return self._endpoints.get()

    def keys(self) -> PlatformKeys:
        """Its keys. Raises IssuerAway."""
        return self._keys.get()

    def verified(self, verify: Callable[[PlatformKeys, datetime], Verified]) -> Verified:
        """What `verify` makes of a token with the issuer's keys, as they are now.

        A key that is unknown is looked for once more, but not by every request (`Cached`).

        Raises:
            TokenRefused: by `verify`.
            IssuerAway: there are no keys to verify with.
        """
        fetches = self._keys.fetches
        keys = self._keys.get()
        now = self.clock()
        try:
            return verify(keys, now)
        except KeyUnknown:
            if self._keys.fetches != fetches:
                raise  # they are of this moment
            newer = self._keys.renewed(keys)
            if newer is keys:
                raise
            return verify(newer, now)

    def _discover(self) -> Endpoints:
        url = self.address.rstrip("/") + DISCOVERY
        document = _document(self.fetch, url)
        if document.get("issuer") != self.address:
            raise IssuerAway("the discovery document is of another issuer")
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        end = document.get("end_session_endpoint")
        return Endpoints(
            authorization=_address(document, "authorization_endpoint"),
            token=_address(document, "token_endpoint"),
            jwks=_address(document, "jwks_uri"),
            end_session=end if isinstance(end, str) and is_safe_url(end) else None,
            basic=isinstance(methods, list) and "client_secret_basic" in methods,
            names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        )

    def _read_keys(self) -> PlatformKeys:
        return signing_keys(_document(self.fetch, self.endpoints().jwks))


def _document(fetch: Fetch, url: str) -> Mapping[str, Any]:
    answer = fetch(url)
    if answer.status != 200:
        raise IssuerAway(f"the issuer answers with status {answer.status}")
    return answer.members()


def _address(document: Mapping[str, Any], name: str) -> str:
    url = document.get(name)
    if not isinstance(url, str) or not is_safe_url(url):
        raise IssuerAway(f"the discovery document has no usable {name}")
    return url
