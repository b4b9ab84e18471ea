"""What a deployment decides about signing in, and which of its decisions do not fit together."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from engine.loopback import is_loopback

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DEV_ISSUER_PATH = "/dev/issuer"


@dataclass(frozen=True, slots=True)
class IdentityPolicy:
    """The settings of signing in; `docs/operating.md`, 'Signing in', explains them.

    `issuer`: None with the dev issuer, which is its own. `bind`: the address that is listened on,
    without its port. `trusted_proxies`: whose X-Forwarded-For is believed. `cookie`: what sessions
    have in a browser, without what a deployment adds; browsers tell no port from another.
    """

    public_url: str
    bind: str
    issuer: str | None = None
    client_id: str = "badge-web"
    client_secret: str | None = field(default=None, repr=False)
    audience: str = "badge-web"
    dev_issuer: bool = False
    trusted_proxies: tuple[Network, ...] = ()
    requests_per_minute: int = 300
    cookie: str = "badges"

    @property
    def origin(self) -> str:
        """Scheme, host and port of the pages, as a browser's Origin header has them."""
        return origin_of(self.public_url)

    @property
    def issuer_address(self) -> str:
        """What the tokens' `iss` must be."""
        if self.dev_issuer:
            return self.origin + DEV_ISSUER_PATH
        return self.issuer or ""

    def faults(self) -> list[str]:
        """What is wrong, each as SETTING: reason. The list is empty if the process may start."""
        wrong = [*_faults_of_url("BADGE_WEB_PUBLIC_URL", self.public_url, origin_only=True)]
        if self.dev_issuer:
            wrong += self._faults_of_dev_issuer()
        elif self.issuer is None:
            wrong.append("BADGE_WEB_ISSUER: not set; give the address of the platform's issuer")
        else:
            wrong += _faults_of_url("BADGE_WEB_ISSUER", self.issuer)
        if not self.client_id:
            wrong.append("BADGE_WEB_CLIENT_ID: empty")
        if not self.audience:
            wrong.append("BADGE_WEB_AUDIENCE: empty")
        return wrong

    def _faults_of_dev_issuer(self) -> list[str]:
        """It lets anybody be anybody, so it is for one machine only."""
        wrong = []
        if self.issuer is not None:
            wrong.append("BADGE_WEB_ISSUER: set, and so is BADGE_WEB_DEV_ISSUER; give one of them")
        if not is_loopback(self.bind):
            wrong.append("BADGE_WEB_DEV_ISSUER: needs a loopback address in BADGE_WEB_BIND")
        if not is_loopback(urlsplit(self.public_url).hostname or ""):
            wrong.append("BADGE_WEB_DEV_ISSUER: needs a loopback address in BADGE_WEB_PUBLIC_URL")
        return wrong


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, in lower case; the scheme's own port is left out."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and networks as BADGE_WEB_TRUSTED_PROXIES names them. Raises ValueError."""
    return tuple(ipaddress.ip_network(text.strip()) for text in texts if text.strip())


def is_safe_url(url: str) -> bool:
    """Whether something may be sent to a URL: https, or http to this machine; no login in it."""
    parts = _split(url)
    if parts is None or not parts.hostname or "@" in parts.netloc or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


def _split(url: str) -> SplitResult | None:
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _faults_of_url(setting: str, url: str, origin_only: bool = False) -> list[str]:
    if not is_safe_url(url):
        return [f"{setting}: must be an https URL (http only with a loopback address)"]
    parts = urlsplit(url)
    if parts.query or (origin_only and parts.path not in ("", "/")):
        return [f"{setting}: must be https://HOST[:PORT]" + ("" if origin_only else "[/PATH]")]
    return []
