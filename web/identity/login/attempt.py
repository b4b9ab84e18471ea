"""One attempt to sign in, bound to the browser that began it.

Everything is derived from a secret in a cookie of that browser, so nothing is stored and several
tabs may sign in at once: `state` carries the return address and the time under an HMAC, `nonce`
and the PKCE verifier are HMACs of `state`.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from web.identity.login.return_address import return_address

LONGEST = timedelta(minutes=10)
_SECRET_BYTES = 32
_MOST_OF_A_STATE = 2_048
_FIRST, _AGAIN = "first", "again"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`state` and `nonce` go to the issuer at once, `verifier` with the code. `begun`: when, to the
    second. `again`: the person is to prove who they are, even if the issuer knows them."""

    state: str
    nonce: str
    verifier: str
    return_to: str
    begun: datetime
    again: bool


def new_secret() -> str:
    """The value of a pre-login cookie."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def is_secret(cookie: str | None) -> bool:
    """Whether a cookie's value may be used on: it has the length of one of ours."""
    return cookie is not None and len(cookie) == len(new_secret()) and cookie.isascii()


def begin(secret: str, return_to: str | None, now: datetime, *, again: bool = False) -> Attempt:
    """A new attempt of a browser."""
    seconds = int(now.timestamp())
    back = return_address(return_to)
    mode = _AGAIN if again else _FIRST
    fields = "\n".join([secrets.token_urlsafe(16), str(seconds), mode, back])
    payload = base64.urlsafe_b64encode(fields.encode()).decode().rstrip("=")
    return _attempt(secret, payload, back, datetime.fromtimestamp(seconds, UTC), again)


def resume(secret: str | None, state: str | None, now: datetime) -> Attempt | None:
    """The attempt that a state belongs to; None unless this browser began it, lately."""
    if not is_secret(secret) or not state or not state.isascii() or len(state) > _MOST_OF_A_STATE:
        return None
    assert secret
    payload, _, mac = state.partition(".")
    if not hmac.compare_digest(_mac(secret, "state", payload), mac):
        return None
    try:
        fields = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
        _, at, mode, return_to = fields.split("\n")
        begun = datetime.fromtimestamp(int(at), UTC)
    except (ValueError, binascii.Error):
        return None
    if not -timedelta(minutes=1) <= now - begun <= LONGEST:
        return None
    return _attempt(secret, payload, return_address(return_to), begun, mode == _AGAIN)


def _attempt(secret: str, payload: str, return_to: str, begun: datetime, again: bool) -> Attempt:
    state = f"{payload}.{_mac(secret, 'state', payload)}"
    nonce, verifier = _mac(secret, "nonce", state), _mac(secret, "verifier", state)
    return Attempt(state, nonce, verifier, return_to, begun, again)


def _mac(secret: str, purpose: str, text: str) -> str:
    digest = hmac.digest(secret.encode(), f"{purpose}\n{text}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
