"""An issuer as a function, with a clock that stands still until it is moved."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import Key

from tests.support.issuing import ISSUER, NOW, key, public
from web.identity.tokens.fetching import IssuerAnswer, IssuerAway


class StandingClock:
    """What the time is: NOW until `move`."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class PretendedIssuer:
    """Answers as the platform does. `away`: it does not answer. `asked`: what it was asked."""

    def __init__(self, *keys: Key) -> None:
        self.keys = list(keys) or [key("RS256")]
        self.discovery: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
        }
        self.away = False
        self.status = 200
        self.statuses: dict[str, int] = {}
        self.tokens: dict[str, Any] = {}
        self.asked: list[str] = []
        self.forms: list[tuple[str, Mapping[str, str]]] = []

    def __call__(
        self, url: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> IssuerAnswer:
        path = url.removeprefix(ISSUER)
        self.asked.append(path)
        if self.away:
            raise IssuerAway("away")
        if body is not None:
            self.forms.append((body, headers or {}))
        said = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": public(*self.keys),
            "/token": self.tokens,
        }[path]
        return IssuerAnswer(self.statuses.get(path, self.status), json.dumps(said).encode())
