"""The checker stands on its own, and asks the oracle in a way that changes none of its answers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.intake.parse import ParsedFact as EngineTold
from engine.intake.parse import ParsedRetraction, admit
from engine.intake.parse import parse_record as engine_read
from events.instants import parse_instant
from tests.support.given import MENTORLOOP
from tests.verification.checker import expected
from tests.verification.checker.readings import reading
from tests.verification.checker.seen import PublishedRecord
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer, tell

ROOT = Path(__file__).parents[3]
LATEST = parse_instant("2026-06-02T00:00:00Z")


def test_nothing_of_what_it_checks_is_loaded_with_the_checker() -> None:
    script = (
        "import sys\n"
        "from tests.verification.checker import check, collect, cursor_log\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'engine', 'events', 'replay'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("seed", range(5))
def test_the_oracle_asked_loop_by_loop_says_what_it_says_of_the_whole(seed: int) -> None:
    lines = history(seed, 400)

    found = expected.awards(tell(lines, NOW).facts)

    assert sorted(found.values(), key=lambda a: str(a["award_id"])) == answer(lines, NOW).awards
    assert found


@pytest.mark.parametrize("seed", range(3))
def test_binary_and_structured_records_are_read_as_the_engine_reads_them(seed: int) -> None:
    lines = history(seed, 300, bad=0.3)
    binary = [record for line in lines if (record := _binary(line)) is not None]
    records = [*(PublishedRecord(0, n, None, line) for n, line in enumerate(lines)), *binary]

    for record in records:
        assert _ours(record) == _theirs(record), record

    assert len(binary) > 200
    assert len({_ours(record) for record in binary}) > 5


ODD: dict[str, PublishedRecord] = {
    "no value": PublishedRecord(0, 0, None, None),
    "nothing in it": PublishedRecord(0, 0, None, b""),
    "no data in binary mode": PublishedRecord(0, 0, None, None, (("ce_specversion", b"1.0"),)),
    "data that reach out": PublishedRecord(
        *(0, 0, None, b'{}, "specversion": "1.0"'), (("ce_specversion", b"0.3"),)
    ),
    "an extension that is no text": PublishedRecord(
        0, 0, None, b"{}", (("ce_specversion", b"1.0"), ("ce_other", b"\xff"))
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_records_are_read_as_the_engine_reads_them(case: str) -> None:
    assert _ours(ODD[case]) == _theirs(ODD[case]) == "malformed"


def test_a_binary_record_may_be_as_large_as_any_other() -> None:
    head = b'{"program_id":"p","participant_id":"x","quiz_id":"q","attempt_id":"a","pad":"'
    value = head.ljust(65_534, b"x") + b'"}'
    headers = _headers({"id": "1", "source": "/s", "type": "mentoring.quiz.passed.v1"})

    assert _ours(PublishedRecord(0, 0, None, value, headers)) == "told"
    assert _ours(PublishedRecord(0, 0, None, value + b" ", headers)) == "oversize"


def _headers(attributes: dict[str, str]) -> tuple[tuple[str, bytes | None], ...]:
    given = {"specversion": "1.0", "time": "2026-05-01T10:00:00Z", **attributes}
    return tuple((f"ce_{name}", text.encode()) for name, text in given.items())


def _binary(line: bytes) -> PublishedRecord | None:
    """The same event in binary mode; None where its attributes cannot be headers."""
    try:
        event = json.loads(line)
        data = json.dumps(event.pop("data")).encode()
        attributes = {n: v for n, v in event.items() if isinstance(v, str)}
        headers = tuple((f"ce_{n}", v.encode()) for n, v in attributes.items())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return PublishedRecord(0, 0, None, data, headers) if "specversion" in attributes else None


def _ours(record: PublishedRecord) -> str:
    found = reading(record, NOW)
    return found if isinstance(found, str) else "told"


def _theirs(record: PublishedRecord) -> str:
    found = engine_read(record.value, record.headers)
    if isinstance(found, EngineTold | ParsedRetraction):
        refusal = admit(found, MENTORLOOP, LATEST)
        return refusal.reason if refusal is not None else "told"
    return found.reason
