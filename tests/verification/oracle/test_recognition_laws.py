"""What holds of every policy and history: of the engine by itself, whatever the oracle says."""

import json
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.loader import parse
from engine.catalog.model import Catalog
from engine.queries.eligibility import Question
from events.instants import Instant, parse_instant
from replay.build.preview import PreviewIntake
from tests.support.examples import examples
from tests.support.given import LATEST
from tests.verification.oracle.days import calendar_of
from tests.verification.oracle.random_policies import another_policy, events_of, random_policy
from tests.verification.oracle.reading import RETRACTED
from tests.verification.oracle.recognition_histories import recognition_history

Json = dict[str, Any]
SEEDS = st.integers(0, 2**32)


def made_up(seed: int) -> tuple[Json, list[bytes]]:
    """A catalog with its policy, and a history that speaks of it."""
    made = random_policy(seed)
    calendar = calendar_of(made.written.get("calendar", {}))
    return made.written, recognition_history(seed, 70, calendar, types=events_of(made.written))


def parsed(written: Json) -> Catalog:
    return parse(yaml.safe_dump(written, sort_keys=False))


def taken_in(catalog: Catalog, lines: list[bytes]) -> PreviewIntake:
    intake = PreviewIntake(catalog, LATEST)
    for line in lines:
        intake.process(line)
    return intake


def asked(catalog: Catalog, lines: list[bytes], as_of: Instant) -> list[Json]:
    """Everybody's lines."""
    intake = taken_in(catalog, lines)
    return [line.as_json() for line in intake.eligible(Question(catalog, catalog.policy, as_of))]


def time_of(line: bytes) -> Instant:
    return parse_instant(json.loads(line)["time"])


@examples(4)
@given(SEEDS, st.data())
def test_later_facts_and_another_order_change_nothing_as_of_an_instant(
    seed: int, data: st.DataObject
) -> None:
    """Retractions count whatever their time."""
    written, lines = made_up(seed)
    catalog = parsed(written)
    as_of = time_of(data.draw(st.sampled_from(lines), label="as of"))
    known = [
        line for line in lines if json.loads(line)["type"] == RETRACTED or time_of(line) <= as_of
    ]
    said = asked(catalog, lines, as_of)
    assert asked(catalog, known, as_of) == said
    assert asked(catalog, Random(seed).sample(lines, len(lines)), as_of) == said


@examples(4)
@given(SEEDS)
def test_another_policy_moves_no_award(seed: int) -> None:
    written, lines = made_up(seed)
    before, after = parsed(written), parsed(another_policy(written, seed + 1))
    assert before.digest == after.digest
    assert before.policy.digest != after.policy.digest
    assert taken_in(before, lines).result().awards == taken_in(after, lines).result().awards


@pytest.mark.parametrize("seed", range(4))
def test_of_a_policy_the_order_of_stages_counts_and_no_other(seed: int) -> None:
    written, _ = made_up(seed)
    turned = dict(reversed(written["indicators"].items()))
    descending = dict(reversed(written["stages"].items()))
    policy = parsed(written).policy.digest
    assert parsed({**written, "indicators": turned}).policy.digest == policy
    assert parsed({**written, "stages": descending}).policy.digest != policy
