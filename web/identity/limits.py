"""How many requests a principal may make in a minute: a window that slides, kept in this process.

Memory is bounded: a window holds as many instants as the limit, and the principals that were quiet
longest are forgotten. Addresses have a store of their own, so that strangers push nobody out.
"""

import ipaddress
import math
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from web.identity.identity_policy import Network

WINDOW_SECONDS = 60.0
_MOST_WINDOWS = 10_000
_V6_PREFIX = 64  # one subscriber has all of it


class Window:
    """At most `most` requests of a key in so many seconds. Refused ones do not count."""

    def __init__(
        self,
        most: int,
        elapsed: Callable[[], float] = time.monotonic,
        most_keys: int = _MOST_WINDOWS,
        seconds: float = WINDOW_SECONDS,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._elapsed = elapsed
        self._most_keys = most_keys
        self._lock = threading.Lock()
        self._instants: OrderedDict[str, array[float]] = OrderedDict()

    def seconds_to_wait(self, key: str) -> int:
        """0 if the request may pass, and then it counts; else the seconds until one may."""
        with self._lock:
            now = self._elapsed()
            instants = self._instants.setdefault(key, array("d"))
            self._instants.move_to_end(key)
            if len(self._instants) > self._most_keys:
                self._instants.popitem(last=False)
            past = 0
            while past < len(instants) and instants[past] <= now - self._seconds:
                past += 1
            del instants[:past]
            if len(instants) < self._most:
                instants.append(now)
                return 0
            return max(1, math.ceil(instants[0] + self._seconds - now))

    def __len__(self) -> int:
        return len(self._instants)


def client_address(peer: str | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The network address that a request comes from; of IPv6 the /64.

    `forwarded`: the values of its X-Forwarded-For headers. They are believed from the right, and
    only as far as trusted proxies wrote them.
    """
    address = peer or ""
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    while hops and _is_trusted(address, trusted):
        address = hops.pop()
    parsed = _parsed(address)
    if parsed is None:
        return peer or "unknown"  # what a proxy forwarded is no address, or there is no peer
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, _V6_PREFIX), strict=False))
    return str(parsed)


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in network for network in trusted if network.version == parsed.version
    )


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return mapped or parsed
