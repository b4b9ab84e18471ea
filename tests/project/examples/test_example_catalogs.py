"""The catalogs of examples/catalogs award what they say, for a small history each."""

from pathlib import Path
from typing import Any

import pytest

from engine.catalog.loader import load
from engine.catalog.model import Catalog
from engine.catalog.warnings import warnings
from tests.support.given import Story, given, kudos, meeting, milestone, quiz, reflection

FOLDER = Path(__file__).parents[3] / "examples" / "catalogs"


def catalog(name: str) -> Catalog:
    return load(FOLDER / f"{name}.yaml")


def quizzes(*instants: str) -> Story:
    """A participant passes a quiz at each of these instants, each another one."""
    passed = [quiz(f"q{n}", "ann", at=at, quiz_id=f"quiz-{n}") for n, at in enumerate(instants)]
    return given(*passed, catalog=catalog("learning-platform"))


def days(number: int) -> list[str]:
    return [f"2026-02-{day + 1:02}T15:00:00Z" for day in range(number)]


def steps(*names: str, **data: Any) -> list[bytes]:
    return [milestone(f"s{n}", "ann", name, loop_id=None, **data) for n, name in enumerate(names)]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_no_example_says_what_it_hardly_means(file: Path) -> None:
    assert not list(warnings(load(file)))


def test_ten_sessions_as_a_mentor_and_five_times_feedback_make_a_certificate() -> None:
    sessions = [
        meeting(f"m{n}", "ann", f"mentee-{n}", mentor_ids=["ann"], at=n + 1) for n in range(10)
    ]
    feedback = [reflection(f"r{n}", "ann", at=12 + n) for n in range(5)]
    story = given(*sessions, *feedback[:4], catalog=catalog("peer-mentoring"))
    assert story.held("ann", None) == {"guide ten", "connector"}
    complete = story.when(feedback[4])
    assert complete.held("ann", None) == {"guide ten", "connector", "certificate"}
    assert complete.award("ann", "certificate", loop=None).at[:10] == "2026-03-16"


def test_the_people_who_are_mentored_are_learners_and_a_mentor_alone_is_no_session() -> None:
    sessions = [meeting(f"m{n}", "ann", "ben", mentor_ids=["ann"], at=n + 1) for n in range(10)]
    alone = [meeting(f"a{n}", "cleo", mentor_ids=["cleo"], at=n + 1) for n in range(10)]
    story = given(*sessions, *alone, catalog=catalog("peer-mentoring"))
    assert story.held("ben", None) == {"learner"}
    assert story.held("cleo", None) == set()


def test_days_in_a_row_are_days_of_the_program() -> None:
    """23:30 and 9:30 in New York are two days there, though one in UTC."""
    story = quizzes("2026-02-03T04:30:00Z", "2026-02-03T14:30:00Z", "2026-02-04T14:30:00Z")
    assert "streak three days" in story.held("ann", None)
    assert "night-owl" in story.held("ann", None)


def test_a_week_in_a_row_is_held_and_a_day_missed_begins_again() -> None:
    assert "streak a week" in quizzes(*days(7)).held("ann", None)
    missed = [day for n, day in enumerate(days(9)) if n != 4]
    assert "streak a week" not in quizzes(*missed).held("ann", None)


def test_weekends_and_a_month_count_in_the_programs_zone() -> None:
    weekends = [f"2026-03-{day:02}T02:00:00Z" for day in (2, 8, 9, 15, 16)]  # Sunday evenings there
    story = quizzes(*weekends)
    assert "weekender" in story.held("ann", None)
    assert "spring-2026" in story.held("ann", None)
    before = quizzes("2026-03-01T04:59:00Z", "2026-03-02T15:00:00Z", "2026-03-03T15:00:00Z")
    assert "spring-2026" not in before.held("ann", None)  # the first was still in February


def test_points_add_up_over_everything_that_helps() -> None:
    events = [milestone(f"e{n}", "ann", "event-attended", loop_id=None, at=1 + n) for n in range(3)]
    thanks = [kudos(f"k{n}", "ben", "ann", "thanks", at=5 + n) for n in range(2)]
    patches = [milestone(f"p{n}", "ann", "patch", loop_id=None, at=10 + n) for n in range(2)]
    story = given(*events, *thanks, *patches, catalog=catalog("open-source-community"))
    assert "contributor bronze" in story.held("ann", None)  # 3 + 1 + 6
    fewer = given(*events, *thanks[:1], *patches, catalog=catalog("open-source-community"))
    assert "contributor bronze" not in fewer.held("ann", None)  # 9.5


def test_a_track_is_all_of_its_first_steps() -> None:
    first = ["first-issue", "first-patch", "first-review"]
    story = given(*steps(*first), catalog=catalog("open-source-community"))
    assert "code-track" not in story.held("ann", None)
    story = given(*steps(*first, "first-release"), catalog=catalog("open-source-community"))
    assert "code-track" in story.held("ann", None)


def test_five_of_seven_things_make_an_all_rounder() -> None:
    done = [
        milestone("c", "ann", "patch", loop_id=None),
        milestone("s", "ann", "first-issue", loop_id=None),
        milestone("d", "ann", "first-page", loop_id=None),
        *[milestone(f"e{n}", "ann", "event-attended", loop_id=None, at=n + 2) for n in range(2)],
    ]
    story = given(*done, catalog=catalog("open-source-community"))
    assert "all-rounder" not in story.held("ann", None)
    welcomed = [
        meeting(f"m{n}", "ann", "new", mentor_ids=["ann"], kind="onboarding", loop_id=f"loop-{n}")
        for n in range(2)
    ]
    assert "all-rounder" in story.when(*welcomed).held("ann", None)
