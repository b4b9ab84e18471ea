"""A value that somebody else has, kept for a while: fetched by one thread at a time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from web.identity.tokens.fetching import IssuerAway

Value = TypeVar("Value")
Clock = Callable[[], datetime]

FRESH = timedelta(minutes=10)
STALE = timedelta(hours=1)
"""How old a value may become while the issuer is away: a key it withdrew may live that long."""
PAUSE_AFTER_FAILURE = timedelta(seconds=5)
BETWEEN_RENEWALS = timedelta(seconds=30)
_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Held(Generic[Value]):
    value: Value
    at: datetime


class Cached(Generic[Value]):
    """At most one fetch at a time, and none for PAUSE_AFTER_FAILURE after one that failed.

    An instant in the future counts as long ago, so a clock that was set back blocks nothing.
    """

    def __init__(self, fetch: Callable[[], Value], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._held: _Held[Value] | None = None
        self._failed: datetime | None = None
        self._renewed: datetime | None = None
        self.fetches = 0
        """How often the value was fetched."""

    def get(self) -> Value:
        """The value: at most FRESH old, or STALE while it cannot be had. Raises IssuerAway."""
        held = self._held
        if held and self._within(FRESH, held.at):
            return held.value
        usable = held if held and self._within(STALE, held.at) else None
        # With a stale value nobody waits for the thread that fetches.
        if not self._lock.acquire(timeout=-1 if usable is None else 0):
            assert usable
            return usable.value
        try:
            held = self._held
            if held and self._within(FRESH, held.at):
                return held.value
            return self._fetched().value
        except IssuerAway:
            if usable is None:
                raise
            return usable.value
        finally:
            self._lock.release()

    def renewed(self, seen: Value) -> Value:
        """The value after one more fetch, if `seen` is all we have and BETWEEN_RENEWALS allows it.

        Otherwise what we have. Raises IssuerAway, also when the fetch of another thread takes long.
        """
        if not self._lock.acquire(timeout=_PATIENCE_SECONDS):
            raise IssuerAway("the issuer is being asked already")
        try:
            held = self._held
            if held and (held.value is not seen or self._within(BETWEEN_RENEWALS, self._renewed)):
                return held.value
            value = self._fetched().value
            self._renewed = self._clock()
            return value
        finally:
            self._lock.release()

    def _fetched(self) -> _Held[Value]:
        if self._within(PAUSE_AFTER_FAILURE, self._failed):
            raise IssuerAway("the issuer was away a moment ago")
        try:
            held = _Held(self._fetch(), self._clock())
        except IssuerAway:
            self._failed = self._clock()
            raise
        self._failed, self._held = None, held
        self.fetches += 1
        return held

    def _within(self, period: timedelta, at: datetime | None) -> bool:
        return at is not None and timedelta(0) <= self._clock() - at < period
