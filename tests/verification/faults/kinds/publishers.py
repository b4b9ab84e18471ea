"""Other publishers of the activity topic: one hangs in a transaction, one sends a bomb."""

from confluent_kafka import Message, Producer

from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import for_a_while, until

_NAMED_SECONDS = 20.0
_UNPACKED = 48 << 20  # more than BADGE_ENGINE_UNPACKED_MB allows
_DENSE = ("gzip", "lz4", "zstd")  # zeros packed by snappy would be more than a broker takes


@kind("open transaction")
def open_transaction(stage: FaultStage) -> str:
    """What its partition gets after it waits, and `status` names it; it is aborted in the end."""
    producer = Producer(
        {
            "bootstrap.servers": stage.brokers.direct,
            "transactional.id": f"{stage.deployment.name}-hanging",
        }
    )
    producer.init_transactions(30)
    producer.begin_transaction()
    partition, offset = _sent(stage, producer, b"never committed")
    try:
        named = until(lambda: _behind(stage, partition) > 0, _NAMED_SECONDS)
        for_a_while(stage.beyond_session)
        passed = stage.deployment.cursors()[partition].next_offset
    finally:
        producer.abort_transaction(30)
    if not named:
        raise Missed(
            f"nothing was published to partition {partition} behind it, or status is silent"
        )
    assert passed <= offset, f"offset {offset} was passed, though its transaction was open"
    return f"open at partition {partition} offset {offset} for over {stage.beyond_session:.1f} s"


@kind("compressed bomb", only_once=True)  # the checker keeps what it reads
def bomb(stage: FaultStage) -> str:
    """A batch of some kilobytes that unpacks to more than a worker may hold."""
    codec = stage.random.choice(_DENSE)
    producer = Producer(
        {
            "bootstrap.servers": stage.brokers.direct,
            "compression.type": codec,
            "message.max.bytes": 2 * _UNPACKED,
        }
    )
    partition, offset = _sent(stage, producer, bytes(_UNPACKED))
    passed = until(
        lambda: stage.deployment.cursors()[partition].next_offset > offset, _NAMED_SECONDS * 2
    )
    assert passed, f"partition {partition} stays before the bomb at offset {offset}"
    return f"{_UNPACKED >> 20} MiB in {codec} at partition {partition} offset {offset}, passed"


def _sent(stage: FaultStage, producer: Producer, value: bytes) -> tuple[int, int]:
    """Publish a record to any partition; which one, and the record's offset."""
    places: list[tuple[int, int]] = []

    def delivered(error: object, message: Message) -> None:
        if error is None:
            places.append((message.partition() or 0, message.offset() or 0))

    partition = stage.random.randrange(stage.started_partitions)
    producer.produce(stage.deployment.activity, value, b"no key", partition, on_delivery=delivered)
    producer.flush(60)
    if not places:
        raise Missed("the broker did not take the record")
    return places[0]


def _behind(stage: FaultStage, partition: int) -> int:
    """How many records `status` says wait behind an open transaction."""
    for row in stage.deployment.status()["partitions"]:
        if row["partition"] == partition and row["behind_open_transaction"]:
            return int(row["behind_open_transaction"]["records"])
    return 0
