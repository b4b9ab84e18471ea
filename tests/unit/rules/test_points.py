"""`points`: a weighted sum over measures, exact, since the fact that reached it."""

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from engine.catalog.loader import CatalogError
from engine.catalog.model import Catalog
from engine.projections.holdings import MeasuredStanding
from engine.projections.participant_history import ParticipantHistory, gather
from engine.queries import wording
from engine.rules.criteria.points import Points
from tests.support.catalogs import badge_of, catalog_of
from tests.support.examples import examples
from tests.support.given import given, instant, meeting, quiz, retracted, survey
from tests.support.histories import accepted

MEASURES = """
meetings: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
minutes:
  event: mentoring.meeting.completed.v1
  who: attendee_ids
  aggregate: {sum: duration_minutes}
met:
  event: mentoring.meeting.completed.v1
  who: attendee_ids
  aggregate: {distinct: {field: attendee_ids, others: true}}
rated: {event: mentoring.survey.submitted.v1, who: about_ids, aggregate: count}
quizzes: {event: mentoring.quiz.passed.v1, who: participant_id, aggregate: count}
"""


def _points(at_least: object, of: str, scope: str = "loop") -> Catalog:
    criterion = f"{{points: {{at_least: {at_least}, of: {of}}}}}"
    return catalog_of(MEASURES, badge_of(criterion, scope=scope))


def _criterion(catalog: Catalog) -> Points:
    criterion = catalog.badges[0].levels[0].criterion
    assert isinstance(criterion, Points)
    return criterion


def test_they_are_reached_with_a_fact_and_all_facts_up_to_it_are_evidence() -> None:
    story = given(
        meeting("m1", "ann", at=1),
        survey("s1", "ben", "ann", at=2),
        meeting("m2", "ann", at=3),
        survey("s2", "ben", "ann", at=4),
        catalog=_points(25, "{meetings: 10, rated: 5}"),
    )
    assert story.award("ann", "badge") == (instant(3), ["m1", "s1", "m2"])
    assert given(*story.records[:2], catalog=story.catalog).held("ann") == set()


def test_a_fact_that_two_measures_count_adds_for_both_and_stands_once() -> None:
    story = given(
        meeting("m1", "ann", at=1, duration_minutes=30),
        meeting("m2", "ann", at=2, duration_minutes=30),
        catalog=_points(80, "{meetings: 10, minutes: 1}"),
    )
    assert story.award("ann", "badge") == (instant(2), ["m1", "m2"])


def test_facts_that_added_nothing_are_evidence_too() -> None:
    story = given(
        meeting("m1", "ann", "ben", at=1),
        meeting("m2", "ann", "ben", at=2),
        meeting("m3", "ann", "cy", at=3),
        meeting("alone", "ann", at=2),
        catalog=_points(2, "{met: 1}"),
    )
    assert story.award("ann", "badge") == (instant(3), ["m1", "m2", "m3"])


def test_facts_are_taken_in_the_order_of_facts_whatever_the_order_of_measures() -> None:
    at_once = (meeting("z", "ann", at=1), survey("a", "ben", "ann", at=1))
    one = given(*at_once, catalog=_points(1, "{rated: 1, meetings: 1}"))
    other = given(*reversed(at_once), catalog=_points(1, "{meetings: 1, rated: 1}"))
    assert one.award("ann", "badge") == other.award("ann", "badge") == (instant(1), ["z"])
    assert one.catalog.digest == other.catalog.digest


def test_a_retraction_takes_its_points_back() -> None:
    catalog = _points(20, "{meetings: 10}")
    story = given(meeting("m1", "ann", at=1), meeting("m2", "ann", at=2), catalog=catalog)
    assert story.held("ann") == {"badge"}
    gone = story.when(retracted("mentoring.meeting.completed.v1", "m1"))
    assert gone.held("ann") == set()
    later = gone.when(meeting("m3", "ann", at=9))
    assert later.award("ann", "badge") == (instant(9), ["m2", "m3"])


def test_points_of_the_program_are_of_all_its_loops() -> None:
    story = given(
        meeting("m1", "ann", at=1),
        meeting("m2", "ann", at=2, loop_id="other"),
        quiz("q", "ann", at=3),
        catalog=_points(3, "{meetings: 1, quizzes: 1}", "program"),
    )
    assert story.award("ann", "badge", loop=None).at == instant(3)


@pytest.mark.parametrize(
    ("at_least", "weight", "facts"),
    [
        (1, 0.1, 10),  # ten times a tenth is one, although doubles disagree
        (0.3, 0.1, 3),
        (1, 0.3, 4),
        (0.000001, 0.000001, 1),
        (2.5, 1, 3),
        (1.0000004, 1, 1),  # a tenth of a millionth is nothing
        (1.0000006, 1, 2),
    ],
)
def test_weights_and_thresholds_are_exact_millionths(
    at_least: float, weight: float, facts: int
) -> None:
    catalog = _points(f"{at_least:.7f}", f"{{meetings: {weight:f}}}")
    records = [meeting(f"m{n:02}", "ann", at=n + 1) for n in range(12)]
    assert len(given(*records, catalog=catalog).award("ann", "badge").evidence) == facts


def _standing(catalog: Catalog, *records: bytes) -> MeasuredStanding:
    by_measure = gather(catalog, accepted(records, catalog)).get("ann", {})
    history = ParticipantHistory(catalog, "program", "loop", "ann", by_measure)
    return MeasuredStanding(catalog, "loop", history.values, frozenset())


def test_progress_is_the_sum_of_the_points() -> None:
    catalog = _points(100, "{meetings: 10, rated: 2.5}")
    records = (meeting("m", "ann"), survey("s", "ben", "ann"))
    assert _criterion(catalog).progress(_standing(catalog, *records)) == (12.5, 100)
    assert _criterion(catalog).progress(_standing(catalog)) == (0, 100)


@examples(25)
@drawn(
    st.lists(st.floats(0, 1e6, allow_nan=False), max_size=5),
    st.floats(0.000001, 1e6),
    st.floats(0.000001, 1e6),
)
def test_they_are_met_exactly_when_progress_is_full(
    minutes: list[float], weight: float, wanted: float
) -> None:
    weight, wanted = float(f"{weight:.9f}"), float(f"{wanted:.9f}")
    catalog = _points(f"{wanted:.9f}", f"{{minutes: {weight:.9f}}}")
    records = [meeting(f"m{n}", "ann", duration_minutes=m) for n, m in enumerate(minutes)]
    standing, criterion = _standing(catalog, *records), _criterion(catalog)
    total = sum(round(Fraction(m) * 10**6) for m in minutes) * round(Fraction(weight) * 10**6)
    met = total >= round(Fraction(wanted) * 10**6) * 10**6
    have, need = criterion.progress(standing)
    assert criterion.met(standing) == (have >= need) == met
    assert ("badge" in given(*records, catalog=catalog).held("ann")) == met


def test_their_words_and_their_digest() -> None:
    catalog = _points(100, "{meetings: 10, rated: 2.5}")
    criterion = _criterion(catalog)
    assert criterion.words() == "at least 100 points of meetings x 10, rated x 2.5"
    assert wording.plain(catalog, criterion) == "100 points (meetings 10, rated 2.5)"
    assert _points("100.0", "{meetings: 10.0, rated: 2.5}").digest == catalog.digest
    assert _points(100, "{meetings: 10, rated: 2.6}").digest != catalog.digest
    assert _points(101, "{meetings: 10, rated: 2.5}").digest != catalog.digest


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{of: {meetings: 1}}", "lacks `at_least`"),
        ("{at_least: 3}", "lacks `of`"),
        ("{at_least: 0, of: {meetings: 1}}", "must be above 0"),
        ("{at_least: 0.0000004, of: {meetings: 1}}", "less than half a millionth is 0"),
        ("{at_least: many, of: {meetings: 1}}", "must be a number"),
        ("{at_least: 3, of: {meetings: 0}}", "the weight of meetings must be above 0"),
        ("{at_least: 3, of: {meetings: -1}}", "must be above 0"),
        ("{at_least: 3, of: {meetings: 0.0000005}}", "less than half a millionth is 0"),
        ("{at_least: 3, of: {meetings: true}}", "must be a number"),
        ("{at_least: 3, of: {meetings: .inf}}", "must be a number"),
        ("{at_least: 3, of: {}}", "at least one measure"),
        ("{at_least: 3, of: [meetings]}", "must be a mapping"),
        ("{at_least: 3, of: {nothing: 1}}", "no measure is called `nothing`"),
        ("{at_least: 3, of: {meetings: 1}, per: day}", "has no `per`"),
        ("3", "must be a mapping"),
    ],
)
def test_a_fault_of_them_is_named(body: str, words: str) -> None:
    with pytest.raises(CatalogError) as caught:
        catalog_of(MEASURES, badge_of(f"{{points: {body}}}"))
    assert any(words in what for _, what in caught.value.faults), caught.value
