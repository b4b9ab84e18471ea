"""Gains, quartiles, trends and retention, against a naive second reading."""

from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.queries.outcomes import cohorts, gains, quiet, retention
from engine.queries.outcomes.recorded import gather
from engine.queries.outcomes.spread import Quartiles, shown, spread
from engine.rules.calendar import Calendar
from tests.support.examples import examples
from tests.unit.outcomes import naive_outcomes as naive
from tests.unit.outcomes.work import COHORTS, MENTORS, assessed, at, closed, met, random_year

PORTFOLIO = frozenset({"portfolio"})
SEEDS = st.integers(0, 100_000)
VALUES = st.lists(st.fractions(min_value=-24, max_value=24, max_denominator=6), max_size=12)


def plain(found: Quartiles | None) -> object:
    return None if found is None else (found.n, found.low, found.median, found.high)


@examples(300)
@given(VALUES)
def test_quartiles_are_those_worked_out_by_hand(values: list[Fraction]) -> None:
    assert plain(spread(values)) == naive.quartiles(values)


def test_quartiles_of_known_values() -> None:
    assert plain(spread([4, 1, 3, 2])) == (4, Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))
    assert spread([]) is None
    assert plain(spread([7])) == (1, 7, 7, 7)


def test_a_figure_is_shown_from_five_learners_on() -> None:
    assert shown([1, 2, 3, 4]) is None
    assert shown([1, 2, 3, 4, 5]) == Quartiles(5, Fraction(2), Fraction(3), Fraction(4))


@examples(150)
@given(SEEDS)
def test_gains_are_those_of_a_naive_reading(seed: int) -> None:
    facts = random_year(seed)
    read = gather(facts, PORTFOLIO)
    for mentor in (None, *MENTORS):
        found = {(p.cohort, p.learner): p.gain for p in gains.pairs(read.assessments, mentor)}
        assert found == naive.gains(facts, mentor)


@examples(60)
@given(SEEDS)
def test_the_order_in_which_facts_come_changes_nothing(seed: int) -> None:
    facts = random_year(seed)
    other = Random(seed + 1).sample(facts, len(facts))
    assert gather(facts, PORTFOLIO) == gather(other, PORTFOLIO)


@examples(60)
@given(SEEDS)
def test_each_cohort_is_beside_all_that_began_before_it(seed: int) -> None:
    facts = random_year(seed)
    read = gather(facts, PORTFOLIO)
    of = gains.by_cohort(gains.pairs(read.assessments))
    slow = naive.gains(facts)
    for number, trend in enumerate(cohorts.trends(COHORTS, of)):
        own = [n for (cohort, _), n in slow.items() if cohort == trend.cohort]
        before = [n for (cohort, _), n in slow.items() if cohort in COHORTS[:number]]
        assert (trend.n, trend.before_n) == (len(own), len(before))
        assert plain(trend.gain) == (naive.quartiles(own) if len(own) >= 5 else None)
        assert plain(trend.before) == (naive.quartiles(before) if len(before) >= 5 else None)
        assert (trend.difference is None) == (len(own) < 5 or len(before) < 5)


@examples(60)
@given(SEEDS, st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo"]))
def test_retention_is_that_of_a_naive_reading(seed: int, zone: str) -> None:
    random = Random(seed)
    hours = (0, 2, 12, 22, 23)
    facts = [
        met(f"m-{n}", at(random.randrange(85, 480), random.choice(hours)), mentor=mentor)
        for n, mentor in enumerate(random.choices(("mo", "nia", "oz", "pia", "quy"), k=60))
    ]
    active = retention.active(gather(facts, PORTFOLIO).meetings, Calendar(zone))
    for quarter in (1, 2, 3, 4):
        number = 2026 * 4 + quarter - 1
        assert retention.quarter_name(number) == f"2026-Q{quarter}"
        found = retention.retention(active, number)
        assert (found.stayed, found.of) == naive.retention(facts, zone, 2026, quarter)
        parts = retention.by_stage(active, number, {"mo": "master", "nia": "proficient"}).values()
        assert (sum(p.stayed for p in parts), sum(p.of for p in parts)) == (found.stayed, found.of)


def test_a_learner_in_two_cohorts_is_two_pairs_and_the_first_baseline_counts() -> None:
    facts = [
        assessed("b1", at(0), rows=(1, 1, 2, 2, 1, 1)),
        assessed("b1-again", at(2), rows=(4, 4, 4, 4, 4, 4)),
        assessed("b2", at(100), rows=(2, 2, 2, 2, 2, 1), cohort="c2"),
        assessed("f1", at(150), rows=(2, 2, 2, 2, 2, 2), phase="final"),
        assessed("f2", at(300), rows=(2, 2, 2, 2, 2, 2), phase="final", cohort="c2"),
    ]
    found = gains.pairs(gather(facts, PORTFOLIO).assessments)
    assert [(pair.cohort, pair.gain) for pair in found] == [("c1", 4), ("c2", 1)]


def test_what_a_mentor_or_the_learner_judged_counts_for_nothing() -> None:
    facts = [assessed("b", at(0)), assessed("f", at(9), rows=(4,) * 6, phase="final", by="self")]
    read = gather(facts, PORTFOLIO)
    assert gains.pairs(read.assessments) == []
    assert gains.finals(read.assessments) == []
    assert len(read.assessments) == 2


def test_a_cohort_has_ended_four_weeks_after_the_last_that_happened_in_it() -> None:
    facts = [assessed("b", at(0)), assessed("f", at(100), phase="final"), closed(
        "late", at(110), "2025-04-25", result="late",
    )]  # fmt: skip
    calendar = Calendar()
    (span,) = cohorts.spans(gather(facts, PORTFOLIO), calendar)
    assert (span.first, span.last) == (calendar.day(at(0)), calendar.day(at(114)))
    assert not span.ended(calendar.day(at(114 + 28)))
    assert span.ended(calendar.day(at(114 + 29)))
    (without,) = cohorts.spans(gather([*facts[:1], facts[2]], PORTFOLIO), calendar)
    assert not without.ended(calendar.day(at(400)))


def test_baselines_are_by_track_and_say_nothing_over_four_learners() -> None:
    facts = []
    for number, learner in enumerate(("a", "b", "c", "d", "e", "f")):
        track = "advanced" if learner == "f" else "introductory"
        rows = (number, 1, 1, 1, 1, 1) if number < 5 else (4, 4, 1, 1, 1, 1)
        facts.append(assessed(f"{learner}-b", at(number), learner, rows, track=track))
        facts.append(assessed(
            f"{learner}-f", at(90 + number), learner, (4, 4, 1, 1, 1, 1), phase="final",
            track=track,
        ))  # fmt: skip
        facts.append(closed(f"{learner}-c", at(50), "2025-02-01", learner, "late"))
    advanced, introductory = cohorts.baselines(gather(facts, PORTFOLIO))
    assert (advanced.track, advanced.learners) == ("advanced", 1)
    assert (advanced.totals, advanced.gains, advanced.kept) == (None, None, None)
    assert introductory.learners == 5
    assert plain(introductory.totals) == (5, 6, 7, 8)
    assert plain(introductory.gains) == (5, 4, 5, 6)
    assert plain(introductory.kept) == (5, 0, 0, 0)


def test_excused_checkpoints_are_in_no_share() -> None:
    facts = [
        closed("one", at(1), "2025-01-02"),
        closed("two", at(2), "2025-01-03", result="missed", cause="excused"),
        closed("three", at(3), "2025-01-04", result="late", cause="learner"),
    ]
    assert gains.kept_shares(gather(facts, PORTFOLIO).checkpoints) == {
        ("c1", "ana"): Fraction(1, 2)
    }


def test_an_input_is_quiet_after_three_times_its_usual_gap() -> None:
    weekly = [at(day) for day in (0, 7, 14, 21, 28, 35)]
    seen = {"meeting": weekly, "rare": weekly[:4]}
    assert quiet.quiet(seen, at(35 + 21)) == []
    (found,) = quiet.quiet(seen, at(35 + 21, 13))
    assert (found.type, found.last, found.gap.days) == ("meeting", at(35), 7)


def test_the_usual_gap_is_one_that_nineteen_of_twenty_do_not_exceed() -> None:
    days = [timedelta(days=number) for number in (1,) * 18 + (20, 30)]
    assert quiet.usual_gap(days) == timedelta(days=20)
    assert quiet.usual_gap(days[:19]) == timedelta(days=20)
    assert quiet.usual_gap([timedelta(days=3)]) == timedelta(days=3)


def test_bursts_are_no_reason_for_silence_between_them() -> None:
    burst = [at(28 * month + day) for month in range(5) for day in range(6)]
    assert quiet.quiet({"checkpoint": burst}, at(28 * 4 + 5 + 23 * 3 + 1)) != []
    assert quiet.quiet({"checkpoint": burst}, at(28 * 4 + 5 + 23 * 3)) == []
