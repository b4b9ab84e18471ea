"""Headers are anybody's to make up: whatever they hold, the record is kept and the partition goes
on, and the signal about it can be published."""

import msgspec
import pytest

from engine.handlers.batch import Batch, Record
from events.envelope import Headers
from tests.integration.handlers.harness import TOPIC, Harness

BINARY = ("ce_specversion", b"1.0")


@pytest.mark.parametrize(
    "headers",
    [
        [BINARY, ("ce_\x00name", b"\xff")],
        [BINARY, ("ce_\x1b[2Jname", b"\xff")],
        [BINARY, ("ce_" + "n" * 10_000, b"\xff")],
        [BINARY, *((f"\x01{n}", b"") for n in range(50_000))],
    ],
    ids=["NUL", "escape sequence", "long name", "a megabyte of names"],
)
def test_a_record_with_hostile_headers_is_a_dead_letter_like_any_other(
    harness: Harness, headers: Headers
) -> None:
    harness.take(Batch(TOPIC, 0, 0, 1, [Record(0, None, b"{}", headers)]))

    ((reason, detail),) = harness.rows("SELECT reason, detail FROM dead_letters")
    assert reason == "malformed"
    assert detail.isprintable()
    assert len(detail) < 1_000
    (signal,) = harness.messages()
    assert len(signal.value) < 20_000
    assert len(msgspec.json.decode(signal.value)["header_names"]) <= 20
