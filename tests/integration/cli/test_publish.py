"""`publish`: a file is read once, in bounded memory; with --check a bad one is not sent at all."""

import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

import pytest

from engine.cli.commands import publish as command
from engine.cli.console.exit_codes import Failed, Unusable
from tests.support.given import kudos, meeting
from tests.unit.contract.samples import (
    CHECKPOINT,
    DECISION,
    RETRACTION,
    REVIEW,
    REWARD,
    TESTIMONIAL,
    cloudevent,
    data,
)

MEETING = meeting("m", "ann", "ben")
KUDOS = kudos("k", "ben", "ann", "trust")


class Sent:
    """A publisher that keeps what it is given, in place of one that needs a broker."""

    def __init__(self) -> None:
        self.values: list[bytes] = []
        self.destinations: list[tuple[str, bytes | None]] = []

    def __call__(self, *_broker: object, **_options: object) -> Self:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        return None

    def send_raw(self, value: bytes, key: bytes | None, on: str) -> None:
        self.values.append(value)
        self.destinations.append((on, key))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    monkeypatch.setenv("KAFKA_BOOTSTRAP", "nowhere:9092")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    publisher = Sent()
    monkeypatch.setattr(command, "Publisher", publisher)
    return publisher


def _written(path: Path, *lines: bytes) -> Path:
    file = path / "history.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def test_a_good_file_is_sent_as_it_stands_checked_or_not(sent: Sent, tmp_path: Path) -> None:
    file = _written(tmp_path, b" " + MEETING + b" \r", b"", KUDOS)
    command.publish(file)
    assert sent.values == [b" " + MEETING + b" \r", KUDOS]
    command.publish(file, check=True)
    assert sent.values[2:] == sent.values[:2]


def test_lines_go_to_the_topic_of_their_type_under_the_key_of_their_place(
    sent: Sent, tmp_path: Path
) -> None:
    def line(type: str, **changes: object) -> bytes:
        return cloudevent(type=type, data=data(type, **changes))

    file = _written(
        tmp_path,
        line(CHECKPOINT),
        line(REVIEW, loop_id="ignored"),
        line(RETRACTION, fact_type=REVIEW),
        line(RETRACTION, fact_type=CHECKPOINT),
        line(TESTIMONIAL, loop_id=...),
        line(DECISION, participant_id=7),
        line(REWARD, participant_id="\ud800"),
        b'{"type": ["x"], "data": {"loop_id": "l"}}',
        b'{"type": "mentoring.review.submitted.v1", "data": []}',
        b'{"type": "mentoring.review.submitted.v2", "data": {"participant_id": "p"}}',
        b"no json",
    )
    command.publish(file)
    assert sent.destinations == [
        ("activity", b"loop-1"),
        ("governance", b"p-1"),
        ("governance", b"p-1"),
        ("activity", b"loop-1"),
        ("activity", b"p-1"),
        ("governance", None),
        ("governance", None),
        ("activity", b"l"),
        ("governance", None),
        ("activity", b"p"),
        ("activity", None),
    ]


def test_every_bad_line_is_named_and_nothing_is_sent(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of_no_kind = kudos("k2", "ben", "ann", "patience")
    ahead = meeting("m2", "ann", at="2031-01-01T00:00:00Z")
    long = b'"' + b"x" * 2_000_000
    file = _written(tmp_path, MEETING, of_no_kind, ahead, meeting("m", "cy"), b"{", long)
    with pytest.raises(Unusable, match="5 lines would be refused; nothing was sent"):
        command.publish(file, check=True)
    named = [line.removeprefix(f"{file}:") for line in capsys.readouterr().err.splitlines()]
    assert [line.split(":")[:2] for line in named] == [
        ["2", " invalid"],
        ["3", " future"],
        ["4", " conflict"],
        ["5", " malformed"],
        ["6", " oversize"],
    ]
    assert sent.values == []


def test_the_clock_of_a_check_may_be_fixed(sent: Sent, tmp_path: Path) -> None:
    ahead = meeting("m2", "ann", at="2031-01-01T00:00:00Z")
    command.publish(_written(tmp_path, ahead), check=True, now=datetime(2031, 1, 1, tzinfo=UTC))
    assert sent.values == [ahead]


def test_a_pipe_is_checked_and_sent_in_one_pass(sent: Sent, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = Thread(target=pipe.write_bytes, args=(MEETING + b"\n" + KUDOS,), daemon=True)
    writing.start()
    command.publish(pipe, check=True)
    writing.join(10)
    assert sent.values == [MEETING, KUDOS]


def test_a_line_too_long_to_be_published_is_named_and_the_others_are_sent(
    sent: Sent, tmp_path: Path
) -> None:
    file = _written(tmp_path, MEETING, b"x" * 1_000_001, b"y" * 1_000_000)
    with pytest.raises(Failed, match="not sent, over 1000000 bytes: line 2"):
        command.publish(file)
    assert sent.values == [MEETING, b"y" * 1_000_000]
