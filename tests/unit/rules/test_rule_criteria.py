"""Criteria: when they are met, how far they are from it, and which facts count."""

import pytest

from engine.catalog.loader import parse
from engine.catalog.model import Catalog
from engine.projections.holdings import NOTHING, MeasuredStanding, PersonNeeded, evaluate
from engine.projections.participant_history import ParticipantHistory, gather
from engine.rules.criteria.criterion import EvidenceItem, Holding, Progress, listed
from engine.rules.measure import Measure
from events.instants import Instant
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP, given, kudos, meeting, milestone, quiz, survey
from tests.support.histories import accepted


def _standing(catalog: Catalog, *records: bytes, holds: tuple[str, ...] = ()) -> MeasuredStanding:
    found = gather(catalog, accepted(records, catalog)).get("ann", {})
    record = ParticipantHistory(catalog, "program", "loop", "ann", found)
    above = frozenset(Holding(badge, "") for badge in holds)
    standing = MeasuredStanding(catalog, "loop", record.values, above)
    standing.held.update(evaluate(catalog, "loop", record.values, above))
    return standing


def _progress(catalog: Catalog, badge: str, level: int, standing: MeasuredStanding) -> Progress:
    return catalog.badge[badge].levels[level].criterion.progress(standing)


def _measure(catalog: Catalog, name: str) -> Measure:
    return next(measure for measure in catalog.measures if measure.name == name)


def test_progress_of_at_least_is_how_much_of_how_much() -> None:
    standing = _standing(MENTORLOOP, *(meeting(f"m{n}", "ann") for n in range(7)))
    assert _progress(MENTORLOOP, "momentum", 0, standing) == (7, 5)
    assert _progress(MENTORLOOP, "momentum", 1, standing) == (7, 10)
    spent = _standing(EVERY_KIND, meeting("m", "ann", duration_minutes=45.5))
    assert _progress(EVERY_KIND, "talker", 1, spent) == (45.5, 120)


def test_progress_of_all_of_and_holds_and_includes_all_is_how_many_parts() -> None:
    standing = _standing(MENTORLOOP, meeting("m", "ann"))
    assert _progress(MENTORLOOP, "growing-together", 0, standing) == (1, 2)
    veteran = _standing(EVERY_KIND, meeting("m", "ann", "b", "c"), holds=("scholar",))
    assert _progress(EVERY_KIND, "veteran", 0, veteran) == (2, 3)
    rated = _standing(EVERY_KIND, survey("s", "ben", "ann", 5), survey("t", "ben", "ann", 4))
    assert _progress(EVERY_KIND, "rated", 0, rated) == (1, 2)


def test_progress_of_any_of_is_that_of_the_nearest_way() -> None:
    nobody = _standing(MENTORLOOP)
    assert _progress(MENTORLOOP, "mentorloop-champion", 0, nobody) == (0, 4)
    one = _standing(MENTORLOOP, milestone("c", "ann", "matched"))
    assert _progress(MENTORLOOP, "mentorloop-champion", 0, one) == (1, 4)
    three = _standing(EVERY_KIND, meeting("m1", "ann"), meeting("m2", "ann"))
    assert _progress(EVERY_KIND, "either", 0, three) == (2, 3)


@pytest.mark.parametrize("met", range(17))
def test_a_level_is_met_exactly_when_its_progress_is_complete(met: int) -> None:
    standing = _standing(MENTORLOOP, *(meeting(f"m{n}", "ann") for n in range(met)))
    for level in MENTORLOOP.badge["momentum"].levels:
        progress = level.criterion.progress(standing)
        assert level.criterion.met(standing) == (progress.have >= progress.need)


def test_a_fraction_of_a_count_needs_the_next_whole_fact() -> None:
    story = given(
        meeting("m1", "ann", at=1),
        meeting("m2", "ann", at=2),
        meeting("m3", "ann", at=3),
        catalog=_with(EVERY_KIND, "{meetings: 3}", "{meetings: 2.5}"),
    )
    assert story.award("ann", "either").evidence == ["m1", "m2", "m3"]


def _with(catalog: Catalog, old: str, new: str) -> Catalog:
    return parse(catalog.text.replace(old, new))


def test_a_level_below_the_highest_may_be_asked_for_by_name() -> None:
    told = meeting("m", "ann", "b", "c", duration_minutes=50)
    standing = _standing(EVERY_KIND, told, holds=("scholar",))
    assert Holding("veteran", "") in standing.held
    assert Holding("talker", "long") not in standing.held


def test_what_rests_on_the_program_is_asked_only_when_the_loop_does_not_decide() -> None:
    some = _standing(MENTORLOOP, meeting("m", "ann"))
    values = [some.value(measure) for measure in MENTORLOOP.measures]
    assert evaluate(MENTORLOOP, "loop", values) == NOTHING
    facts = [meeting(f"m{n}", "ann", "b", "c", duration_minutes=50) for n in range(2)]
    all_here = _standing(EVERY_KIND, *facts)
    values = [all_here.value(measure) for measure in EVERY_KIND.measures]
    with pytest.raises(PersonNeeded):
        evaluate(EVERY_KIND, "loop", values)


@pytest.mark.parametrize(
    ("minutes", "counted"), [(None, False), (100000, True), (100000.5, False), (0, True)]
)
def test_a_fact_counts_if_it_has_the_field_and_meets_every_condition(
    minutes: float | None, counted: bool
) -> None:
    (fact,) = accepted([meeting("m", "ann", duration_minutes=minutes)])
    assert _measure(EVERY_KIND, "minutes").counts(fact) == counted
    assert _measure(EVERY_KIND, "meetings").counts(fact)
    assert not _measure(EVERY_KIND, "scores").counts(fact)


@pytest.mark.parametrize(
    ("rating", "kind", "counted"),
    [(3, "mqs", True), (2, "mqs", False), (5, "post_meeting", True)],
)
def test_all_conditions_must_hold(rating: int, kind: str, counted: bool) -> None:
    (fact,) = accepted([survey("s", "ben", "ann", rating, survey=kind, meeting_id="m")])
    assert _measure(EVERY_KIND, "ratings").counts(fact) == counted
    top = _measure(MENTORLOOP, "top_ratings")
    assert top.counts(fact) == (kind == "mqs" and rating == 5)


def test_a_measure_is_of_everybody_its_field_names_and_of_nobody_if_it_is_absent() -> None:
    plain, mentored = accepted([meeting("m", "b", "a"), meeting("n", "a", "b", mentor_ids=["b"])])
    assert _measure(EVERY_KIND, "meetings").people(plain) == ["a", "b"]
    assert _measure(EVERY_KIND, "mentored").people(plain) == ()
    assert _measure(EVERY_KIND, "mentored").people(mentored) == ["b"]
    (passed,) = accepted([quiz("q", "ann")])
    assert _measure(EVERY_KIND, "quizzes").people(passed) == ("ann",)


def test_a_quiz_without_a_score_is_in_no_sum_of_scores() -> None:
    (fact,) = accepted([quiz("q", "ann")])
    assert not _measure(EVERY_KIND, "scores").counts(fact)


def test_a_kudos_of_another_kind_is_refused_by_the_catalog_that_lacks_it() -> None:
    told = kudos("k", "ben", "ann", "thanks")
    assert given(told).refused == {"invalid": 1}
    assert given(told, catalog=EVERY_KIND).held("ann") == {"thanks k"}


def test_evidence_is_listed_by_time_type_id_and_loop_without_repeats() -> None:
    def item(time: str, kind: str, name: str, loop: str) -> EvidenceItem:
        return EvidenceItem(Instant(time), kind, name, loop)

    ordered = [
        item("1", "b", "b", "b"),
        item("2", "a", "b", "b"),
        item("2", "b", "a", "b"),
        item("2", "b", "b", ""),
        item("2", "b", "b", "b"),
    ]
    assert listed([*reversed(ordered), *ordered]) == tuple(ordered)
