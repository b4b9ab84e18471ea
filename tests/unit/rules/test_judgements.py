"""Mean, share and gain as of an instant: what they say of facts, to the last millionth."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fact import Fact, Place
from engine.rules.aggregates import JUDGED
from engine.rules.aggregates.gain import Gain
from engine.rules.aggregates.judgement import Judged, Judgement
from engine.rules.aggregates.mean import Mean
from engine.rules.aggregates.share import ShareMet
from engine.rules.conditions.field_value import FieldValue
from engine.rules.millionths import MILLION, millionths
from events.instants import Instant
from tests.support.examples import examples

MEAN = Mean("score")
SHARE = ShareMet((FieldValue("result", "equals", ("on_time",)),))
GAIN = Gain(
    "total",
    ("cohort_id", "learner_id"),
    (FieldValue("phase", "equals", ("baseline",)),),
    (FieldValue("phase", "one_of", ("interim", "final")),),
)
_NUMBERS = count()


def fact(day: str, **data: object) -> Fact:
    """A fact of a day of 2026, "02-10", or of a day and an hour, "02-10T17"."""
    month_day, _, hour = day.partition("T")
    time = Instant(f"2026-{month_day}T{hour or '09'}:00:00.000000Z")
    return Fact(Place("aurora", None, "imani"), "any", f"f-{next(_NUMBERS):06}", time, data)


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda one: one.order)


def judged(aggregate: Judged, facts: Sequence[Fact], since: str | None = None) -> Judgement:
    return aggregate.judge(in_order(facts), Instant(since) if since else None)


def reviews(*scores: float) -> list[Fact]:
    return [fact("02-10T17", score=score) for score in scores]


def said(judgement: Judgement) -> tuple[int, int, int]:
    return judgement.total, judgement.of, judgement.sample


MEANS = [
    ("the very number", (2.5, 2.0, 3.0), (7_500_000, 3, 3), True),
    ("one review fewer", (2.5, 2.0), (4_500_000, 2, 2), False),
    ("three that differ", (3, 3, 1), (7_000_000, 3, 3), False),
    ("a fourth beside them", (3, 3, 1, 3), (10_000_000, 4, 4), True),
    ("three bad ones later", (2.5, 2.0, 3.0, 1.0, 1.0, 1.0), (10_500_000, 6, 6), False),
    ("one late, of 1.5", (2.5, 2.0, 3.0, 1.5), (9_000_000, 4, 4), False),
    ("one later, of 4", (2.5, 2.0, 3.0, 1.5, 4.0), (13_000_000, 5, 5), True),
    ("before an appeal", (3.0, 2.5, 1.0), (6_500_000, 3, 3), False),
    ("after it", (3.0, 2.5, 2.75), (8_250_000, 3, 3), True),
    ("a millionth too little", (2.5, 2.5, 2.499999), (7_499_999, 3, 3), False),
    ("as good as nothing", (0.0, 0.0, 0.0), (0, 3, 3), False),
]


@pytest.mark.parametrize(("why", "scores", "expected", "met"), MEANS, ids=[m[0] for m in MEANS])
def test_a_mean_is_compared_without_division(
    why: str, scores: tuple[float, ...], expected: tuple[int, int, int], met: bool
) -> None:
    judgement = judged(MEAN, reviews(*scores))
    assert said(judgement) == expected
    assert judgement.reached(millionths(2.5), 3) is met


def test_a_mean_is_of_what_counts_in_the_window_whose_first_instant_is_in_it() -> None:
    facts = [fact("01-31", score=0), fact("02-01", score=3), fact("02-02", score=4)]
    judgement = judged(MEAN, facts, since="2026-02-01T09:00:00.000000Z")
    assert said(judgement) == (7_000_000, 2, 2)
    assert judgement.evidence == tuple(in_order(facts)[1:])
    assert said(judged(MEAN, facts, since="2026-02-01T09:00:00.000001Z")) == (4_000_000, 1, 1)


def checkpoints(on_time: int, late: int) -> list[Fact]:
    results = ["on_time"] * on_time + ["late"] * late
    return [fact("03-01", result=result) for result in results]


SHARES = [
    ("17 of 20 are 0.85", 17, 3, True),
    ("16 of 19 are less", 16, 3, False),
    ("18 of 20 are more", 18, 2, True),
    ("17 of 21 are less", 17, 4, False),
]


@pytest.mark.parametrize(("why", "on_time", "late", "met"), SHARES, ids=[s[0] for s in SHARES])
def test_a_share_is_compared_at_its_edge(why: str, on_time: int, late: int, met: bool) -> None:
    judgement = judged(SHARE, checkpoints(on_time, late))
    assert said(judgement) == (on_time * MILLION, on_time + late, on_time + late)
    assert judgement.reached(850_000, 8) is met


def test_a_share_has_its_sample_of_all_and_not_of_those_that_meet_it() -> None:
    judgement = judged(SHARE, checkpoints(7, 1))
    assert judgement.reached(850_000, 8)
    assert not judgement.reached(850_000, 9)


def test_a_fact_without_the_field_is_one_of_all_and_meets_no_share() -> None:
    judgement = judged(SHARE, [fact("03-01"), *checkpoints(1, 0)])
    assert said(judgement) == (MILLION, 2, 2)
    assert len(judgement.evidence) == 2


def test_a_share_is_of_the_window() -> None:
    facts = [fact("01-01", result="late"), fact("02-01", result="on_time")]
    assert said(judged(SHARE, facts, since="2026-01-01T09:00:00.000001Z")) == (MILLION, 1, 1)


def assessed(day: str, learner: str, phase: str, total: float, cohort: str = "c1") -> Fact:
    return fact(day, cohort_id=cohort, learner_id=learner, phase=phase, total=total)


OVERLAPPING = [
    assessed("01-20", "lee", "baseline", 8),
    assessed("05-05", "lee", "baseline", 11, "c2"),
    assessed("06-20", "lee", "final", 12),
    assessed("11-20", "lee", "final", 12, "c2"),
    assessed("01-21", "mio", "baseline", 6),
    assessed("06-21", "mio", "final", 10),
]


def test_a_learner_in_two_cohorts_is_two_pairs() -> None:
    judgement = judged(GAIN, OVERLAPPING)
    assert said(judgement) == (9_000_000, 3, 3)
    assert judgement.reached(3 * MILLION, 3)
    assert not judgement.reached(3 * MILLION + 1, 3)
    assert list(judgement.evidence) == in_order(OVERLAPPING)


def test_by_learner_alone_it_is_one_from_the_first_start_to_the_last_end() -> None:
    judgement = judged(Gain("total", ("learner_id",), GAIN.start, GAIN.end), OVERLAPPING)
    assert said(judgement) == (8_000_000, 2, 2)
    assert not judgement.reached(3 * MILLION, 3)


PAIRS: list[tuple[str, list[Fact], tuple[int, int, int]]] = [
    ("nobody", [], (0, 0, 0)),
    ("a start alone", [assessed("01-01", "a", "baseline", 4)], (0, 0, 0)),
    ("an end alone", [assessed("01-01", "a", "final", 4)], (0, 0, 0)),
    (
        "the end before the start",
        [assessed("02-01", "a", "baseline", 4), assessed("01-01", "a", "final", 9)],
        (0, 0, 0),
    ),
    (
        "the first of two starts, the last of two ends",
        [
            assessed("01-01", "a", "baseline", 4),
            assessed("01-02", "a", "baseline", 5),
            assessed("03-01", "a", "interim", 20),
            assessed("04-01", "a", "final", 7),
        ],
        (3_000_000, 1, 1),
    ),
    (
        "a start after the last end of its pair",
        [
            assessed("01-01", "a", "baseline", 4),
            assessed("03-01", "a", "final", 7),
            assessed("05-01", "a", "baseline", 9),
        ],
        (3_000_000, 1, 1),
    ),
    (
        "a loss",
        [assessed("01-01", "a", "baseline", 7), assessed("03-01", "a", "final", 4.5)],
        (-2_500_000, 1, 1),
    ),
    (
        "a phase that is neither",
        [assessed("01-01", "a", "trial", 0), assessed("03-01", "a", "final", 4)],
        (0, 0, 0),
    ),
]


@pytest.mark.parametrize(("why", "facts", "expected"), PAIRS, ids=[p[0] for p in PAIRS])
def test_a_pair_is_a_first_start_before_a_last_end(
    why: str, facts: list[Fact], expected: tuple[int, int, int]
) -> None:
    assert said(judged(GAIN, facts)) == expected


def test_of_equal_times_the_order_of_facts_decides_which_comes_first() -> None:
    one, other = (assessed("01-01", "a", phase, 4) for phase in ("baseline", "final"))
    assert judged(GAIN, [one, other]).sample == 1  # its id was made first
    late, early = (assessed("01-01", "b", phase, 4) for phase in ("final", "baseline"))
    assert judged(GAIN, [late, early]).sample == 0


def test_a_fact_that_is_start_and_end_is_neither() -> None:
    low = (FieldValue("total", "at_most", (5,)),)
    rising = Gain("total", ("learner_id",), low, GAIN.end)
    facts = [assessed("01-01", "a", "final", 1), assessed("02-01", "a", "final", 9)]
    assert judged(rising, facts).sample == 0


def test_the_window_of_a_gain_is_asked_of_ends_alone() -> None:
    facts = [
        assessed("01-01", "a", "baseline", 4),
        assessed("03-01", "a", "final", 9),
        assessed("01-01", "b", "baseline", 4),
        assessed("02-28", "b", "final", 9),
    ]
    judgement = judged(GAIN, facts, since="2026-03-01T09:00:00.000000Z")
    assert said(judgement) == (5_000_000, 1, 1)
    assert [one.data["learner_id"] for one in judgement.evidence] == ["a", "a"]
    assert judged(GAIN, facts, since="2026-03-01T09:00:00.000001Z").sample == 0


def test_a_value_of_nothing_is_reached_by_nobody() -> None:
    for aggregate in (MEAN, SHARE, GAIN):
        judgement = judged(aggregate, [])
        assert said(judgement) == (0, 0, 0)
        assert not judgement.reached(0, 1)
        assert not judgement.reached(-MILLION, 1)


@examples(50)
@given(st.lists(st.floats(0, 4), min_size=1), st.floats(0, 4))
def test_a_mean_is_reached_exactly_when_the_rounded_numbers_reach_it(
    scores: list[float], wanted: float
) -> None:
    exact = [round(Fraction(score) * MILLION) for score in scores]
    judgement = judged(MEAN, reviews(*scores))
    assert judgement.reached(millionths(wanted), 1) is (
        Fraction(sum(exact), len(exact)) >= millionths(wanted)
    )


def _phased(drawn: Sequence[tuple[str, str, int, int]]) -> list[Fact]:
    return [assessed(f"0{day}-01", who, phase, total) for who, phase, day, total in drawn]


@examples(100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.sampled_from(["baseline", "interim", "final", "trial"]),
            st.integers(1, 5),
            st.integers(0, 24),
        ),
        max_size=8,
    ),
    st.integers(1, 5),
)
def test_a_gain_is_what_a_plain_reading_of_its_pairs_gives(
    drawn: list[tuple[str, str, int, int]], month: int
) -> None:
    facts = in_order(_phased(drawn))
    since = Instant(f"2026-0{month}-01T09:00:00.000000Z")
    differences = []
    for learner in "ab":
        own = [one for one in facts if one.data["learner_id"] == learner]
        starts = [one for one in own if one.data["phase"] == "baseline"]
        ends = [one for one in own if one.data["phase"] in ("interim", "final")]
        ends = [one for one in ends if one.time >= since]
        if starts and ends and min(starts, key=_order).order < max(ends, key=_order).order:
            last, first = max(ends, key=_order), min(starts, key=_order)
            differences.append(_total(last.data) - _total(first.data))
    shuffled = random.Random(7).sample(facts, len(facts))
    judgement = GAIN.judge(in_order(shuffled), since)
    assert said(judgement) == (
        sum(differences) * MILLION,
        len(differences),
        len(differences),
    )


def _order(one: Fact) -> tuple[str, str, str, str]:
    return one.order


def _total(data: Mapping[str, Any]) -> int:
    return int(data["total"])


def test_every_kind_is_tried_here_and_is_kept_from_folds() -> None:
    assert set(JUDGED) == {"mean", "share", "gain"}
    for aggregate in (MEAN, SHARE, GAIN):
        assert not aggregate.is_monotone
        with pytest.raises(TypeError, match="judged as of an instant and never folded"):
            aggregate.merge(aggregate.zero, aggregate.of(fact("01-01"), "imani"))
