"""Where Kafka's partitions end, as it last answered: a page never waits long for it."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engine.queries.status import TopicOffsets
from engine.settings import Settings, SettingsError
from engine.stream.offsets.open_transactions import OpenTransactions
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing
from web.identity.tokens.cached import Clock

_AGAIN = timedelta(seconds=2)
_WAIT_SECONDS = 2.0
_SILENT = "it has not answered yet"


@dataclass(frozen=True, slots=True)
class KafkaAnswer:
    """What Kafka answered `at` an instant; None: nothing so far. `away`: why it does not answer
    now."""

    topics: Mapping[str, TopicOffsets] = field(default_factory=dict)
    at: datetime | None = None
    away: str | None = _SILENT


class KnownOffsets:
    """Asks for the topics that workers read, in a thread of its own and one question at a time."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._transactions = OpenTransactions()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="offsets")
        self._lock = threading.Lock()
        self._asking: Future[None] | None = None
        self._asked: datetime | None = None
        self._known = KafkaAnswer()

    def latest(self) -> KafkaAnswer:
        """What is known, asked for again if it is older than a moment."""
        with self._lock:
            now = self._clock()
            if self._asking is None and (self._asked is None or now - self._asked >= _AGAIN):
                self._asked = now
                self._asking = self._thread.submit(self._ask)
            asking = self._asking
        if asking is not None:
            try:
                asking.result(_WAIT_SECONDS)
            except NotInTime:
                with self._lock:
                    return replace(self._known, away=self._known.away or _SILENT)
        with self._lock:
            return self._known

    def close(self) -> None:
        """Ask no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _ask(self) -> None:
        try:
            there = {
                name: self._transactions.offsets(self._settings, name)
                for name in self._settings.input_topics
            }
            known = KafkaAnswer(there, self._clock(), None)
        except (BrokerUnreachable, TopicMissing, SettingsError) as error:
            known = replace(self._known, away=str(error))
        with self._lock:
            self._known, self._asking = known, None
