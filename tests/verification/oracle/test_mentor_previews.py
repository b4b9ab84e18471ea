"""Two years of one mentor, previewed under the shipped catalog, against the oracle."""

from datetime import UTC, datetime
from random import Random

import pytest

from engine.catalog.loader import find
from engine.queries.eligibility import Question
from events.instants import Instant, parse_instant
from replay.build.preview import PreviewIntake
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import SHIPPED, read_catalog
from tests.verification.oracle.eligibility import eligible_under
from tests.verification.oracle.mentor_history import (
    mentor_history,
    nine_reviews_of_nothing,
    retractions_of_finals,
)
from tests.verification.oracle.oracle import Json
from tests.verification.oracle.wire_values import instant

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATEST = parse_instant("2026-11-02T00:00:00Z")
RECOGNITION = find("recognition")
INSTANTS = [Instant("2025-04-03T12:00:00.000000Z"), Instant("2026-05-05T12:00:00.000000Z")]
CHANGES = {
    "nothing": [],
    "one final less": retractions_of_finals(1),
    "two finals less": retractions_of_finals(2),
    "nine reviews more": nine_reviews_of_nothing(),
}


def previewed(lines: list[bytes]) -> tuple[list[Json], list[list[Json]]]:
    """The awards, and everybody's eligibility at each of the instants."""
    intake = PreviewIntake(RECOGNITION, LATEST)
    for line in lines:
        intake.process(line)
    asked = [Question(RECOGNITION, RECOGNITION.policy, as_of) for as_of in INSTANTS]
    said = [[line.as_json() for line in intake.eligible(question)] for question in asked]
    return [award.as_json() for award in intake.result().awards], said


@pytest.mark.parametrize("change", CHANGES)
def test_a_preview_gives_what_the_oracle_gives(change: str) -> None:
    lines = [*mentor_history(), *CHANGES[change]]
    naive = read_catalog((SHIPPED / "recognition.yaml").read_text(encoding="utf-8"))
    awards, said = previewed(lines)
    assert awards == answer_under(naive, lines, NOW).awards
    assert said == [eligible_under(naive, lines, NOW, instant(as_of)) for as_of in INSTANTS]


def test_five_other_orders_give_the_same() -> None:
    lines = mentor_history()
    for seed in range(5):
        assert previewed(Random(seed).sample(lines, len(lines))) == previewed(lines)
