"""The quick reader says what the models say, or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.intake.fast_path import parse_fast
from engine.intake.parse import ParsedFact, parse_by_models, parse_record
from events.schemas.registry import INPUT
from tests.support.examples import examples
from tests.unit.contract.samples import DATA, DECISION, REVIEW, cloudevent
from tests.verification.oracle.histories import history

SAMPLES: list[bytes] = [cloudevent(type=type, data=data) for type, data in DATA.items()]
PLAIN: list[bytes] = [line for line in history(7, 400, bad=0.3) if len(line) < 4_000]

# What a JSON text may be broken, bent or merely dressed up with.
SNIPPETS = [
    b'"', b"\\", b"\\u0041", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\n", b"\t",
    b"\x00", b"\x7f", b"\xc3\xa9", b"\xff", b"\xef\xbb\xbf", b"0", b"-", b".5", b"1e400", b"NaN",
    b"Infinity", b"null", b"true", b"4.5", b"5.0", b"-0.0", b"01", b'"data_base64":null,',
    b'"data_base64":"x",', b'"type":"mentoring.quiz.passed.v1",', b'"extra":{"a":[1,NaN]},',
    b'"rating":"5",', b'"loop_id":null,', b'"mentor_ids":[],', b'"score":1e-400,',
    b'"duration_minutes":9007199254740993,', b'"extra":"\x01",', b'"extra":01,',
    b'"total":12,', b'"due_on":"2026-02-29",', b'"due_on":"2026-02-28",', b'"cause":"none",',
    b'"rubric_version":1e19,', b'"rubric_version":9007199254740993,', b'"participant_id":"p-3",',
    b'"fact_type":"mentoring.review.submitted.v1",', b'"as_of":"2026-03-04T10:00:00.0000009Z",',
    b'"as_of":"2026-03-04T10:00:00.000001Z",', b'"score":2.33329,', b'"credits":1e3,',
]  # fmt: skip


# An object of ratings, an instant: only the models read these.
RARE = {REVIEW, DECISION}


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A record of a history with pieces put in, taken out or repeated."""
    value = draw(st.sampled_from(PLAIN) | st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(value)))
        cut = draw(st.sampled_from([0, 0, 1, 5]))
        value = value[:at] + draw(st.sampled_from(SNIPPETS)) + value[at + cut :]
    return value


@st.composite
def dressed(draw: st.DrawFn) -> bytes:
    """A valid record with members put in at the seams, where they stay well-formed."""
    value = draw(st.sampled_from(PLAIN) | st.sampled_from(SAMPLES))
    members = [s for s in SNIPPETS if s.endswith(b",") and len(s) > 1]
    seams = [i + 1 for i, byte in enumerate(value) if byte == ord("{")]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(seams)) if seams else 0
        value = value[:at] + draw(st.sampled_from(members)) + value[at:]
    return value


@examples(1_000)
@given(bent() | dressed())
def test_whatever_a_record_holds_the_quick_reader_and_the_models_agree(value: bytes) -> None:
    assert parse_record(value) == parse_by_models(value)


@pytest.mark.parametrize("event_type", sorted({*INPUT} - RARE))
def test_a_plain_record_of_a_type_that_is_not_rare_needs_no_models(event_type: str) -> None:
    """Otherwise the quick reader would be correct by never answering."""
    answer = parse_fast(cloudevent(type=event_type, data=DATA[event_type]))
    assert answer is not None
    assert answer.type == event_type


def _meeting(**data: Any) -> bytes:
    kept = {"program_id": "p", "loop_id": "l", "meeting_id": "m", "attendee_ids": ["b", "a"]}
    return json.dumps(
        {
            "specversion": "1.0",
            "id": "e",
            "source": "/s",
            "type": "mentoring.meeting.completed.v1",
            "time": "2026-01-01T00:00:00Z",
            "data": kept | data,
        }
    ).encode()


def test_numbers_go_by_value_and_ids_are_sets() -> None:
    whole, double = (
        parse_record(_meeting(duration_minutes=45)),
        parse_record(_meeting(duration_minutes=45.0)),
    )
    assert isinstance(whole, ParsedFact)
    assert whole == double
    assert '"attendee_ids":["a","b"]' in whole.content
    assert '"duration_minutes":45,' in whole.content


@pytest.mark.parametrize(
    "value",
    [
        _meeting(attendee_ids=["a", "a"]),
        _meeting(attendee_ids=[]),
        _meeting(mentor_ids=[]),
        _meeting(mentor_ids=["stranger"]),
        _meeting(duration_minutes=-1),
        _meeting(duration_minutes="45"),
        _meeting(meeting_id=""),
        _meeting(meeting_id="x" * 129),
        _meeting(loop_id=None),
        _meeting(meeting_id="next line").replace(b" line", b"\xc2\x85line"),
        _meeting(meeting_id="x").replace(b'"x"', b'"\\u0085"'),
        _meeting(unknown="x").replace(b'"x"', b'"\xff"'),
        *(
            line.replace(b'"rating": 5', b'"rating": 4.5')
            for line in PLAIN
            if b'"rating": 5' in line
        ),
    ],
)
def test_what_is_not_valid_at_first_sight_is_left_to_the_models(value: bytes) -> None:
    assert parse_fast(value) is None
    assert parse_record(value) == parse_by_models(value)
