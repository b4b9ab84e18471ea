"""Whom another threshold would concern, from one reading of what people have."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import loader
from engine.queries.eligibility import Question
from engine.rules.aggregates.judgement import Judged
from engine.rules.criteria.criterion import Criterion
from events.instants import parse_instant
from governance.rules.policies import thresholds
from governance.rules.policies.thresholds import OtherThreshold, ThresholdLine
from replay.build.preview import PreviewIntake
from tests.support import mentors
from tests.support.examples import examples

GUILD = loader.parse(mentors.CATALOG)
LATEST = parse_instant("2027-01-01T00:00:00Z")
AS_OF = parse_instant("2026-02-23T22:00:00Z")
LINES = thresholds.lines(GUILD.policy)


def test_every_line_that_asks_for_a_number_has_an_address_of_its_own() -> None:
    policy = loader.find("recognition").policy
    known = thresholds.lines(policy)
    assert len({line.address for line in known}) == len(known)
    gain = thresholds.line_at(policy, "master-mentor/given/4")
    assert gain is not None
    assert gain.asked.words() == "portfolio_gain at least 4 over at least 6"
    waiver = thresholds.line_at(policy, "proficient-mentor/given/1.1")
    assert waiver is not None
    assert waiver.asked.measure.name == "presence_waivers"
    assert thresholds.line_at(policy, "master-mentor/given/0") is None
    assert thresholds.line_at(policy, "nobody/given/0") is None


@pytest.mark.parametrize(
    ("address", "number", "sample", "expected"),
    [("4", 5.0, 6, True), ("4", 5.0, None, False), ("4", 5.0, 0, False), ("4", -1.0, 6, True),
     ("12", 1.1, 20, False), ("12", 1.0, 20, True), ("2", 3.0, None, True), ("2", 0.0, None, False),
     ("2", 3.0, 5, False), ("4", float("nan"), 6, False), ("4", 1e12, 6, False)],
)  # fmt: skip
def test_only_what_a_policy_could_ask_fits(
    address: str, number: float, sample: int | None, expected: bool
) -> None:
    line = thresholds.line_at(loader.find("recognition").policy, f"master-mentor/given/{address}")
    assert line is not None
    assert thresholds.fits(line, OtherThreshold(number, sample)) is expected


@examples(25)
@given(
    st.integers(0, 10_000),
    st.sampled_from(LINES),
    st.integers(-20, 60).map(lambda n: n / 8),
    st.integers(1, 6),
)
def test_another_threshold_says_what_a_policy_with_it_says(
    seed: int, line: ThresholdLine, number: float, sample: int
) -> None:
    judged = isinstance(line.asked.measure.aggregate, Judged)
    other = OtherThreshold(number if judged else abs(number) + 1, sample if judged else None)
    intake = PreviewIntake(GUILD, LATEST)
    for record in mentors.history(seed):
        intake.process(record)
    now = Question(GUILD, GUILD.policy, AS_OF, line.stage.name, line.renewal)
    then = Question(GUILD, with_threshold(line, other), AS_OF, line.stage.name, line.renewal)
    expected = {one.participant_id: one.met for one in intake.eligible(then)}
    assert expected == {
        one.participant_id: thresholds.met_under(one.root, line.path, other)
        for one in intake.eligible(now)
    }


def with_threshold(line: ThresholdLine, other: OtherThreshold) -> Any:
    """The policy with another threshold in it."""
    asked = line.stage.renewed if line.renewal else line.stage.given
    assert asked is not None
    changed: Any = {"renewed" if line.renewal else "given": _replaced(asked, line.path, other)}
    stage = replace(line.stage, **changed)
    stages = tuple(stage if each.name == stage.name else each for each in GUILD.policy.stages)
    return replace(GUILD.policy, stages=stages)


def _replaced(criterion: Any, path: tuple[int, ...], other: OtherThreshold) -> Criterion:
    if not path:
        return replace(criterion, number=other.number, sample=other.sample)  # type: ignore[no-any-return]
    parts = list(criterion.parts)
    parts[path[0]] = _replaced(parts[path[0]], path[1:], other)
    return replace(criterion, parts=tuple(parts))  # type: ignore[no-any-return]


def test_a_path_that_leads_nowhere_is_refused() -> None:
    intake = PreviewIntake(GUILD, LATEST)
    for record in mentors.history(1):
        intake.process(record)
    node = next(iter(intake.eligible(Question(GUILD, GUILD.policy, AS_OF)))).root
    with pytest.raises(LookupError):
        thresholds.met_under(node, (0,) * 9, OtherThreshold(1))
