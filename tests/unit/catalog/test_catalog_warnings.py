"""What a catalog may say but hardly means is warned of, a sentence each."""

import pytest

from engine.catalog.warnings import warnings
from tests.support.catalogs import badge_of, catalog_of

MEETING, SURVEY = "mentoring.meeting.completed.v1", "mentoring.survey.submitted.v1"
QUIZ, KUDOS = "mentoring.quiz.passed.v1", "mentoring.kudos.given.v1"


def _measure(name: str, event: str, who: str, aggregate: str = "count", where: str = "{}") -> str:
    return f"{name}: {{event: {event}, who: {who}, where: {where}, aggregate: {aggregate}}}\n"


MET = _measure("met", MEETING, "attendee_ids")
TOP = _measure("top", SURVEY, "about_ids")


def _warned(measures: str, badges: str, more: str = "") -> list[str]:
    return warnings(catalog_of(measures, badges, more))


def _levels(*criteria: str, scope: str = "loop") -> str:
    levels = ", ".join(f"l{n}: {criterion}" for n, criterion in enumerate(criteria, start=1))
    return f"steps: {{name: S, description: S, scope: {scope}, levels: {{{levels}}}}}"


def test_a_good_catalog_is_warned_of_nothing() -> None:
    assert _warned(MET, badge_of("{at_least: {met: 1}}")) == []


def test_kudos_that_are_measured_without_a_badge_for_them() -> None:
    thanked = _measure("thanked", KUDOS, "recipient_id")
    badge = badge_of("{at_least: {thanked: 1}}")
    assert _warned(thanked, badge) == [
        "measure `thanked` is over mentoring.kudos.given.v1, but no badge is repeatable over it: "
        "the `kind` of each must name one, so every one of them is refused"
    ]
    kind = (
        f"\nthanks: {{name: T, description: T, repeatable: {{event: {KUDOS}, who: recipient_id}}}}"
    )
    assert _warned(thanked, badge + kind) == []


def test_a_loop_badge_over_facts_that_may_have_no_loop() -> None:
    passed = _measure("passed", QUIZ, "participant_id")
    (sentence,) = _warned(passed, badge_of("{at_least: {passed: 1}}"))
    assert "may have no loop: those never count" in sentence
    assert _warned(passed, badge_of("{at_least: {passed: 1}}", scope="program")) == []
    each = f"each: {{name: E, description: E, repeatable: {{event: {QUIZ}, who: participant_id}}}}"
    assert _warned("", each) == []


def test_the_number_of_loops_in_a_loop_badge() -> None:
    loops = _measure("loops", MEETING, "attendee_ids", "{distinct: loop_id}")
    (sentence,) = _warned(loops, badge_of("{at_least: {loops: 3}}"))
    assert "never sees more than one loop_id" in sentence
    assert _warned(loops, badge_of("{at_least: {loops: 3}}", scope="program")) == []


@pytest.mark.parametrize(
    ("event", "where", "words"),
    [
        (SURVEY, "{rating: {equals: 7}}", "rating is 7"),
        (SURVEY, "{rating: {at_least: 5, at_most: 3}}", "rating at least 5 and rating at most 3"),
        (SURVEY, "{rating: {one_of: [0, 6]}}", "rating is 0 or 6"),
        (SURVEY, "{rating: {equals: 3.5}}", "rating is 3.5"),
        (SURVEY, "{rating: {at_least: 3.2, at_most: 3.8}}", "rating at least 3.2"),
        (SURVEY, "{rating: {equals: 3, one_of: [4, 5]}}", "rating is 3 and rating is 4 or 5"),
        (SURVEY, "{rating: {at_least: 5.000001}}", "rating at least 5.000001"),
        (SURVEY, "{survey: {equals: mqs, one_of: [post_meeting]}}", "survey is mqs and survey"),
        (SURVEY, "{survey_id: {equals: a, one_of: [b, c]}}", "survey_id is a and survey_id is"),
        (SURVEY, "{about_ids: {size: {equals: 0}}}", "number of about_ids is 0"),
        (SURVEY, "{about_ids: {size: {at_least: 201}}}", "number of about_ids at least 201"),
        (SURVEY, "{about_ids: {size: {equals: 1.5}}}", "number of about_ids is 1.5"),
        (SURVEY, "{about_ids: {size: {at_least: 3, at_most: 2}}}", "number of about_ids at least"),
    ],
)
def test_a_test_that_no_fact_can_meet(event: str, where: str, words: str) -> None:
    (sentence,) = _warned(
        _measure("m", event, "about_ids", where=where), badge_of("{at_least: {m: 1}}")
    )
    assert sentence.startswith(f"measure `m` asks for `{words}")
    assert sentence.endswith("which no fact meets")
    effect = f"effects: {{e: {{kudos_invited: {{event: {event}, where: {where}}}}}}}"
    assert len(_warned(MET, badge_of("{at_least: {met: 1}}"), effect)) == 1


@pytest.mark.parametrize(
    "where",
    [
        "{rating: {at_least: 5, at_most: 5}}", "{rating: {one_of: [0, 1]}}",
        "{rating: {at_least: 4.5}}", "{about_ids: {size: {at_most: 1}}}",
        "{about_ids: {size: {equals: 200}}}",
    ],
)  # fmt: skip
def test_a_test_that_some_fact_can_meet_is_none(where: str) -> None:
    measure = _measure("m", SURVEY, "about_ids", where=where)
    assert _warned(measure, badge_of("{at_least: {m: 1}}")) == []


@pytest.mark.parametrize(
    ("begin", "end", "warned"),
    [
        ("2026-05-01", "2026-04-01", 1),
        ("2026-05-01", "2026-05-01T00:00:00Z", 1),
        ("2026-05-01", "2026-05-02", 0),
    ],
)
def test_a_time_that_ends_before_it_begins(begin: str, end: str, warned: int) -> None:
    where = f'{{time: {{from: "{begin}", until: "{end}"}}}}'
    sentences = _warned(
        _measure("m", MEETING, "attendee_ids", where=where), badge_of("{at_least: {m: 1}}")
    )
    assert len(sentences) == warned, sentences


@pytest.mark.parametrize(
    "who",
    ["{any_of: [attendee_ids], none_of: [attendee_ids, mentor_ids]}",
     "{any_of: [mentor_ids], none_of: [attendee_ids]}"],
)  # fmt: skip
def test_a_measure_for_nobody(who: str) -> None:
    (sentence,) = _warned(_measure("m", MEETING, who), badge_of("{at_least: {m: 1}}"))
    assert sentence.endswith(", which is nobody")


def test_a_measure_of_others_where_there_are_none() -> None:
    alone = _measure(
        "m", MEETING, "attendee_ids", "{distinct: {field: attendee_ids, others: true}}",
        "{attendee_ids: {size: {equals: 1}}}",
    )  # fmt: skip
    (sentence,) = _warned(alone, badge_of("{at_least: {m: 1}}"))
    assert "which no fact meets" in sentence


def test_kudos_of_a_kind_that_is_no_badge() -> None:
    badges = (
        f"trust: {{name: T, description: T, repeatable: {{event: {KUDOS}, who: recipient_id, "
        "where: {kind: {equals: thrust}}}}"
    )
    (sentence,) = _warned("", badges)
    assert sentence.startswith("badge `trust` asks for `kind is thrust`, which no fact meets: no")
    assert _warned("", badges.replace("thrust", "trust")) == []


@pytest.mark.parametrize(
    ("aggregate", "where", "criterion", "words"),
    [
        ("{distinct: survey}", "{}", "{at_least: {m: 3}}", "there are at most 2 values"),
        ("{distinct: rating}", "{}", "{points: {at_least: 11, of: {m: 2}}}", "never so many"),
        ("{distinct: rating}", "{}", "{at_least: {m: 6}}", "there are at most 5 values"),
        ("{distinct: rating}", "{rating: {at_least: 4}}", "{at_least: {m: 3}}", "at most 2"),
        ("{distinct: rating}", "{}", "{includes_all: {m: [5, 7]}}", "no fact of the measure"),
        ("{distinct: survey}", "{survey: {equals: mqs}}", "{includes_all: {m: [post_meeting]}}",
         "no fact of the measure"),
    ],
)  # fmt: skip
def test_a_threshold_that_no_history_can_reach(
    aggregate: str, where: str, criterion: str, words: str
) -> None:
    measure = _measure("m", SURVEY, "about_ids", aggregate, where)
    (sentence,) = _warned(measure, badge_of(f"{{any_of: [{criterion}, {{at_least: {{m: 1}}}}]}}"))
    assert sentence.startswith("badge `badge` can never be met: `")
    assert words in sentence


def test_a_measure_that_nobody_uses() -> None:
    assert _warned(MET + TOP, badge_of("{at_least: {met: 1}}")) == [
        "measure `top` is used by no badge"
    ]


def test_levels_on_different_measures() -> None:
    assert _warned(MET + TOP, _levels("{at_least: {met: 1}}", "{at_least: {top: 3}}")) == [
        "levels `l1` and `l2` of badge `steps` stand on different measures (met; top): `l2` may "
        "be held without `l1`"
    ]
    either = "{any_of: [{at_least: {met: 5}}, {at_least: {top: 9}}]}"
    assert len(_warned(MET + TOP, _levels("{at_least: {met: 1}}", either))) == 1


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("{at_least: {met: 1}}", "{all_of: [{at_least: {met: 2}}, {at_least: {top: 1}}]}"),
        ("{at_least: {met: 1}}", "{all_of: [{at_least: {met: 1}}, {at_least: {top: 1}}]}"),
        ("{any_of: [{at_least: {met: 1}}, {at_least: {top: 1}}]}", "{at_least: {top: 2}}"),
    ],
)
def test_a_level_that_asks_for_all_that_the_one_below_does_is_not_warned_of(
    lower: str, higher: str
) -> None:
    assert _warned(MET + TOP, _levels(lower, higher)) == []
    weaker = higher.replace("{met: 2}", "{met: 0.5}").replace("{top: 2}", "{top: 0.5}")
    if weaker != higher:
        assert len(_warned(MET + TOP, _levels(lower, weaker))) == 1
