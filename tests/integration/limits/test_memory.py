"""Memory follows the setting, whatever the lag and however it is packed; and how large a record
may be."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.handlers.batch import Record
from engine.stream.fetch import fetch_limits
from engine.stream.fetch.batches import Answer
from engine.stream.fetch.fetch_limits import FetchLimit, footprint
from tests.end_to_end.deployment import Deployment
from tests.integration.limits.backlog import LARGEST, peak_behind, publish, sized

RECORDS = 1_600  # of 64 KiB: 100 MiB
BOUND_MB = 185  # the worker itself 110 to 120, the setting 8, and what is on its way in and out

SMALL = {"MEMORY_MB": "8", "PARTITIONS": "4"}


@pytest.mark.verify
@pytest.mark.parametrize("compression", ["none", "zstd"])
def test_a_backlog_much_larger_than_memory_is_taken_in_and_nothing_lost(
    deployment: Deployment, compression: str
) -> None:
    small = replace(deployment, settings={**deployment.settings, **SMALL})
    small.run("migrate")
    too_large = [sized(RECORDS, LARGEST + 1), sized(RECORDS + 1, 900_000)]
    publish(small, [*map(sized, range(RECORDS)), *too_large], compression)

    peak = peak_behind(small, RECORDS + 2)

    assert peak < BOUND_MB
    status = small.status()
    assert (status["applied"], status["dead_letters"], status["lag"]) == (RECORDS, 2, 0)
    assert status["open_dead_letters"] == {"oversize": 2}


class _Record:
    def __init__(self, value: bytes | None, headers: list[tuple[str, bytes | None]]) -> None:
        self.offset, self.key, self.value, self.headers = 0, None, value, headers
        self.timestamp = 0


def test_a_record_that_holds_nothing_takes_room_too() -> None:
    assert footprint(_Record(None, [])) >= 200
    held = footprint(_Record(b"v" * 1_000, [("h" * 100, b"x" * 10_000), ("n", None)]))
    assert held - footprint(_Record(None, [])) == 11_101
    many = footprint(_Record(None, [("", None)] * 10_000))
    assert many > 1_000_000  # each takes two objects


def test_what_does_not_fit_is_fetched_again_from_where_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch_limits, "PORTION_BYTES", 1_000)
    large = [_Record(b"v" * 600, []) for _ in range(10)]

    def unpacked(self: FetchLimit) -> Iterator[Record]:
        return (self._consumer_record(None, record) for record in large)

    monkeypatch.setattr(FetchLimit, "_unpack_records", unpacked)
    portion = FetchLimit(None, Answer(b""), None, 0, None, None, True, 0)
    assert len(list(portion)) == 2
    assert portion._records_iterator is None  # else it would stay until the next look for cycles
    large[0] = _Record(b"v" * 5_000, [])
    assert len(list(FetchLimit(None, Answer(b""), None, 0, None, None, True, 0))) == 1
