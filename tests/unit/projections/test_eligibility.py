"""Eligibility as of an instant: a function of the set of facts until then, and nothing else."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.projections.eligibility import eligible
from engine.queries import checklist
from engine.queries.eligibility import Question
from events.instants import Instant, parse_instant
from replay.build.preview import PreviewIntake
from tests.support import mentors
from tests.support.examples import examples

GUILD = loader.parse(mentors.CATALOG)
LATEST = parse_instant("2027-01-01T00:00:00Z")
INSTANTS = st.integers(0, 24).map(
    lambda n: parse_instant(f"202{4 + n // 12}-{n % 12 + 1:02}-02T22:00:00Z")
)
SEEDS = st.integers(0, 10_000)


def intake(records: list[bytes], catalog: Catalog = GUILD) -> PreviewIntake:
    made = PreviewIntake(catalog, LATEST)
    for record in records:
        made.process(record)
    return made


def lines(records: list[bytes], as_of: Instant, catalog: Catalog = GUILD) -> list[object]:
    question = Question(catalog, catalog.policy, as_of)
    return [one.as_json() for one in intake(records, catalog).eligible(question)]


def told_by(records: list[bytes], as_of: Instant) -> list[bytes]:
    """Those with a time until then, and all retractions."""
    events = [(record, json.loads(record)) for record in records]
    return [
        record
        for record, event in events
        if event["type"] == "mentoring.fact.retracted.v1" or parse_instant(event["time"]) <= as_of
    ]


@examples(15)
@given(SEEDS, INSTANTS)
def test_facts_after_the_instant_change_nothing(seed: int, as_of: Instant) -> None:
    records = mentors.history(seed)
    assert lines(told_by(records, as_of), as_of) == lines(records, as_of)


@examples(15)
@given(SEEDS, INSTANTS)
def test_neither_order_nor_place_of_retractions_matters(seed: int, as_of: Instant) -> None:
    records = mentors.history(seed)
    retractions_first = sorted(records, key=lambda record: b"fact.retracted" not in record)
    shuffled = Random(seed).sample(records, len(records))
    expected = lines(records, as_of)
    assert lines(retractions_first, as_of) == expected
    assert lines(shuffled, as_of) == expected


@examples(10)
@given(SEEDS, INSTANTS)
def test_one_person_is_what_the_whole_program_says(seed: int, as_of: Instant) -> None:
    records = mentors.history(seed)
    facts: list[Fact] = [parsed.fact for parsed in intake(records).standing()]
    for line in lines(records, as_of):
        assert isinstance(line, dict)
        stage, who = GUILD.policy.stage[line["stage"]], line["participant_id"]
        one = eligible(GUILD, GUILD.policy, mentors.PROGRAM, facts, who, stage, as_of)
        assert one.as_json() == line


@examples(10)
@given(SEEDS, INSTANTS)
def test_evidence_is_of_the_person_and_of_the_time_until_then(seed: int, as_of: Instant) -> None:
    """No line shows a fact behind the instant, or a single review; and each is in its order."""
    for one in intake(mentors.history(seed)).eligible(Question(GUILD, GUILD.policy, as_of)):
        for line in checklist.checklist(GUILD, one):
            assert line.met or checklist.lacking(line)
            times = [item.time for item in line.evidence if isinstance(item, Fact)]
            assert times == sorted(times)
            assert all(time <= as_of for time in times)
            kinds = {item.type for item in line.evidence if isinstance(item, Fact)}
            assert "mentoring.review.submitted.v1" not in kinds


@pytest.mark.parametrize(
    ("total", "of", "wanted", "shown"),
    [
        (30_000_000, 7, 4_000_000, "4.29"),
        (3_199_900, 1, 3_200_000, "3.1999"),
        (3_200_000, 1, 3_200_000, "3.2"),
        (2_499_999 * 4 + 3, 4, 2_500_000, "2.4999998"),
        (3_004_000, 1, 3_004_000, "3.004"),
        (7_000_000, 1, 6_000_000, "7"),
        (-1_000, 1, 0, "-0.001"),
    ],
)
def test_a_number_for_the_eye_is_on_its_side_of_the_threshold(
    total: int, of: int, wanted: int, shown: str
) -> None:
    assert checklist.for_the_eye(total, of, wanted) == shown
