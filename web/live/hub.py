"""Who listens for changes, in memory: streams by person, each with what it has not sent yet.

Safe between threads: one thread reads Kafka, streams run in the event loop. A change wakes the
streams of its person and of nobody else.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from web.live.changes import Listener, PageChange

MOST_OF_ONE = 3
MOST = 2_000
_MOST_PENDING = 100


class TooManyOfOne(Exception):
    """Somebody has as many streams as one person may have."""


class HubFull(Exception):
    """This process has as many streams as it may have."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What a stream may go on for. `session`: the id of the session in web.sessions; None for a
    token. `until`: when the roles are too old."""

    session: bytes | None
    until: datetime


@dataclass(eq=False, slots=True)
class Subscription:
    """One stream. `wake` is called, from any thread, when there is something to take."""

    listener: Listener
    admission: Admission
    wake: Callable[[], None]
    _pending: dict[PageChange, None] = field(default_factory=dict)
    _ended: bool = False


class Hub:
    """The streams of this process. `reading`: whether changes are noticed from the start; else from
    `begin_reading` on."""

    def __init__(
        self, *, most_of_one: int = MOST_OF_ONE, most: int = MOST, reading: bool = False
    ) -> None:
        self._most_of_one = most_of_one
        self._most = most
        self._reading = reading
        self._lock = threading.Lock()
        self._streams: dict[Listener, list[Subscription]] = {}
        self._count = 0
        self._participants: frozenset[str] = frozenset()

    @property
    def is_reading(self) -> bool:
        """Whether a change that happens now wakes its person."""
        return self._reading

    @property
    def participants(self) -> frozenset[str]:
        """The participant ids of all who listen."""
        return self._participants

    @property
    def count(self) -> int:
        """How many streams there are."""
        return self._count

    def open(
        self, listener: Listener, admission: Admission, wake: Callable[[], None]
    ) -> Subscription:
        """Listen. Raises TooManyOfOne, HubFull."""
        with self._lock:
            streams = self._streams.get(listener, [])
            if len(streams) >= self._most_of_one:
                raise TooManyOfOne
            if self._count >= self._most:
                raise HubFull
            opened = Subscription(listener, admission, wake)
            self._streams[listener] = [*streams, opened]
            self._counted(1)
            return opened

    def close(self, subscription: Subscription) -> None:
        """Listen no longer; a second time changes nothing."""
        with self._lock:
            streams = self._streams.get(subscription.listener, [])
            left = [stream for stream in streams if stream is not subscription]
            if len(left) == len(streams):
                return
            self._streams[subscription.listener] = left
            if not left:
                del self._streams[subscription.listener]
            self._counted(-1)

    def take(self, subscription: Subscription) -> tuple[list[PageChange], bool]:
        """What a stream has not sent yet, and whether it ends then."""
        with self._lock:
            pending = list(subscription._pending)
            subscription._pending.clear()
            return pending, subscription._ended

    def publish(self, changes: Iterable[tuple[Listener, PageChange]]) -> None:
        """Wake those who are to hear of these changes. One that a stream has yet to send is not
        repeated; of more than 100 the oldest are left out."""
        woken: dict[Callable[[], None], None] = {}
        with self._lock:
            for listener, change in changes:
                for stream in self._streams.get(listener, ()):
                    stream._pending[change] = None
                    if len(stream._pending) > _MOST_PENDING:
                        del stream._pending[next(iter(stream._pending))]
                    woken[stream.wake] = None
        for wake in woken:
            wake()

    def begin_reading(self) -> None:
        """From now on changes are noticed."""
        self._reading = True
        for stream in self.streams():
            stream.wake()

    def stop_reading(self) -> None:
        """Changes are not noticed for a while: new streams wait."""
        self._reading = False

    def streams(self) -> list[Subscription]:
        """All of them, as they are now."""
        with self._lock:
            return [stream for streams in self._streams.values() for stream in streams]

    def end(self, subscriptions: Iterable[Subscription]) -> None:
        """Let these streams end, once they have sent what they have."""
        ending = list(subscriptions)
        with self._lock:
            for stream in ending:
                stream._ended = True
        for stream in ending:
            stream.wake()

    def end_of(self, listener: Listener) -> int:
        """Let all streams of somebody end, who was erased, say. Gives how many."""
        with self._lock:
            streams = list(self._streams.get(listener, ()))
        self.end(streams)
        return len(streams)

    def end_all(self) -> None:
        """Let every stream end: the process does."""
        self.end(self.streams())

    def _counted(self, by: int) -> None:
        self._count += by
        self._participants = frozenset(listener.participant for listener in self._streams)
