"""What the ops surface says of the engine to Prometheus: the status that the console shows."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from prometheus_client.core import Metric

from engine.metrics_reader import MetricsReader, answering, gauge, gauge_by
from engine.queries.status import PartitionStatus, Status
from engine.stream.offsets.topics import BrokerUnreachable
from web.ops.console import Console

_PARTITION = ("topic", "partition")


@contextmanager
def watching(console: Console) -> Iterator[None]:
    """Let /metrics have it, for the length of the block."""

    def lag() -> Sequence[Metric]:
        sighting = console.look()
        if sighting.away is not None:  # where partitions ended before is no lag of now
            raise BrokerUnreachable(sighting.away)
        return [of_lag(sighting.status)]

    with ExitStack() as stack:
        engine = MetricsReader("engine", lambda: of_status(console.look().status))
        stack.enter_context(answering(engine))
        if console.settings.engine.kafka_bootstrap:
            stack.enter_context(answering(MetricsReader("engine_lag", lag)))
        yield


def of_status(status: Status) -> Sequence[Metric]:
    """What the tables say."""
    return [
        gauge_by(
            "badge_engine_partition_halted",
            "1 where a partition is halted, else 0.",
            _PARTITION,
            ((_labels(each), float(each.halted is not None)) for each in status.partitions),
        ),
        gauge(
            "badge_engine_outbox_messages",
            "Messages that are not published yet.",
            "topic",
            [(topic, waiting.messages) for topic, waiting in status.outbox.items()],
        ),
        gauge(
            "badge_engine_outbox_oldest_seconds",
            "For how long the oldest message that is not published has waited.",
            "topic",
            [(topic, waiting.oldest_seconds) for topic, waiting in status.outbox.items()],
        ),
        gauge(
            "badge_engine_dead_letters_open",
            "Refused records that are neither redriven nor discarded.",
            "reason",
            list(status.open_dead_letters.items()),
        ),
        gauge(
            "badge_engine_unmet_retractions",
            "Retractions whose fact has not arrived.",
            None,
            [("", status.counts.unmet_retractions)],
        ),
        gauge(
            "badge_engine_lost_offsets",
            "Offsets skipped by decision.",
            None,
            [("", status.counts.lost)],
        ),
        gauge(
            "badge_engine_input_silence_ratio",
            "How many of its longest gaps an input of this type is silent, in the program in which "
            "that is most.",
            "type",
            sorted(_silence(status).items()),
        ),
    ]


def of_lag(status: Status) -> Metric:
    """How many records Kafka has and the engine has not read."""
    return gauge_by(
        "badge_engine_lag_records",
        "Records of the topics that workers read that are not read yet.",
        _PARTITION,
        ((_labels(each), each.lag) for each in status.partitions),
    )


def _labels(partition: PartitionStatus) -> tuple[str, str]:
    return partition.topic, str(partition.partition)


def _silence(status: Status) -> dict[str, float]:
    """By type of event, that of the program in which it is silent longest."""
    silence: dict[str, float] = {}
    for each in status.inputs:
        if each.ratio is not None:
            silence[each.type] = max(each.ratio, silence.get(each.type, 0.0))
    return silence
