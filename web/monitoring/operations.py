"""What the ops surface says of the engine to Prometheus: read from its tables, and from Kafka."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from prometheus_client.core import Metric
from sqlalchemy import Engine

from engine.metrics_reader import MetricsReader, answering, gauge
from engine.queries import monitored
from engine.queries.monitored import MonitoredState
from engine.store.postgres.connection import transaction
from web.settings import WebSettings

Ends = Callable[[], dict[int, int]]
"""Where the partitions of the activity topic end."""


@contextmanager
def watching(settings: WebSettings, pool: Engine, ends: Ends | None = None) -> Iterator[None]:
    """Let /metrics have it, for the length of the block. `pool`: connections of the engine's role.
    `ends`: how Kafka is asked, if not by the settings."""

    def state() -> MonitoredState:
        with transaction(pool) as tx:
            return monitored.read(tx, settings.engine.activity_topic, settings.now())

    def lag() -> Sequence[Metric]:
        return [of_lag((ends or (lambda: _ends(settings)))(), state())]

    with ExitStack() as stack:
        stack.enter_context(answering(MetricsReader("engine", lambda: of_state(state()))))
        if settings.engine.kafka_bootstrap or ends:
            stack.enter_context(answering(MetricsReader("engine_lag", lag)))
        yield


def of_state(state: MonitoredState) -> Sequence[Metric]:
    """What the tables say."""
    return [
        gauge(
            "badge_engine_partition_halted",
            "1 where a partition is halted, else 0.",
            "partition",
            [(str(number), float(halted)) for number, halted in state.halted.items()],
        ),
        gauge(
            "badge_engine_outbox_messages",
            "Messages that are not published yet.",
            "topic",
            [(topic, waiting.messages) for topic, waiting in state.outbox.items()],
        ),
        gauge(
            "badge_engine_outbox_oldest_seconds",
            "For how long the oldest message that is not published has waited.",
            "topic",
            [(topic, waiting.oldest_seconds) for topic, waiting in state.outbox.items()],
        ),
        gauge(
            "badge_engine_dead_letters_open",
            "Refused records that are neither redriven nor discarded.",
            "reason",
            list(state.open_dead_letters.items()),
        ),
        gauge(
            "badge_engine_unmet_retractions",
            "Retractions whose fact has not arrived.",
            None,
            [("", state.unmet_retractions)],
        ),
        gauge(
            "badge_engine_lost_offsets", "Offsets skipped by decision.", None, [("", state.lost)]
        ),
        gauge(
            "badge_engine_input_silence_ratio",
            "How many of its longest gaps an input of this type is silent, in the program in which "
            "that is most.",
            "type",
            sorted(state.silence.items()),
        ),
    ]


def of_lag(ends: dict[int, int], state: MonitoredState) -> Metric:
    """How many records Kafka has and the engine has not read."""
    lags = [(n, max(0, end - state.next_offsets.get(n, 0))) for n, end in sorted(ends.items())]
    return gauge(
        "badge_engine_lag_records",
        "Records of the activity topic that are not read yet.",
        "partition",
        [(str(number), lag) for number, lag in lags],
    )


def _ends(settings: WebSettings) -> dict[int, int]:
    # A Kafka client that nothing else of the surface needs.
    from engine.stream.offsets import topics

    ranges = topics.ranges(settings.engine, settings.engine.activity_topic)
    return {number: there.end for number, there in ranges.items()}
