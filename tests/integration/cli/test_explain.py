"""`explain --program … --badge …`: why somebody holds a badge, or why not."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from tests.integration.cli.conftest import Command, Ran
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.people import KINDS, STORY
from tests.support.given import MENTORLOOP, kudos, meeting, quiz

LOOP_QUIZ = """\
catalog: studies
version: 1
measures:
  passed: {event: mentoring.quiz.passed.v1, who: participant_id, aggregate: count}
badges:
  studious: {name: Studious, description: x, criterion: {at_least: {passed: 3}}}
"""

LEVELLED = [badge.name for badge in MENTORLOOP.badges if badge.levels]


def of(badge_engine: Command, who: str, badge: str, *more: str) -> Ran:
    return badge_engine(
        "explain", "--program", "program", "--participant", who, "--badge", badge, *more
    )


@pytest.mark.parametrize("badge", LEVELLED)
def test_a_badge_that_is_held_is_explained(
    store: Engine, badge_engine: Command, badge: str
) -> None:
    tell_all(store, STORY)
    ran = of(badge_engine, "ann", badge)
    assert ran.code == 0, ran.err
    levels = MENTORLOOP.badge[badge].levels
    assert ran.out.count("stands (revision 1)") == len(levels)
    assert ran.out.count("as announced") == len(levels)
    for level in levels:
        assert level.criterion.words() in ran.out
    assert "✗" not in ran.out


@pytest.mark.parametrize("badge", LEVELLED)
@pytest.mark.parametrize("who", ["bob", "nobody"])
def test_a_badge_that_is_not_held_is_explained(
    store: Engine, badge_engine: Command, badge: str, who: str
) -> None:
    tell_all(store, STORY)
    ran = of(badge_engine, who, badge)
    assert ran.code == 0, ran.err
    assert "stands" not in ran.out
    assert sum(line.startswith("✗") for line in ran.out.splitlines()) == len(
        MENTORLOOP.badge[badge].levels
    )
    for level in MENTORLOOP.badge[badge].levels:
        assert level.criterion.words() in ran.out


@pytest.mark.parametrize("kind", KINDS)
def test_kudos_are_counted_with_who_gave_them_and_when(
    store: Engine, badge_engine: Command, kind: str
) -> None:
    tell_all(store, STORY)
    ran = of(badge_engine, "ann", kind)
    assert ran.code == 0, ran.err
    assert "received 1\n" in ran.out
    assert f"2026-03-06T10:00:00.000000Z  mentoring.kudos.given.v1 k-{kind}, from dan" in ran.out
    assert "received 0\n" in of(badge_engine, "bob", kind).out


def test_every_part_says_how_much_there_is_of_how_much_is_needed(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    out = of(badge_engine, "bob", "mentorloop-champion").out
    assert "✓ milestones includes matched (1 of 1)" in out
    assert "✗ milestones includes levelling-up (0 of 1)" in out
    assert (
        "✗ holds momentum gold (0 of 1)\n            ✗ meetings_attended at least 15 (1 of 15)"
        in out
    )


def test_facts_that_count_and_facts_retracted_are_listed(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    out = of(badge_engine, "bob", "momentum").out
    assert "facts counted: 1" in out
    assert "mentoring.meeting.completed.v1 b1\n" in out
    assert "facts retracted: 1" in out
    assert "mentoring.meeting.completed.v1 b2, retracted 2026-03-20T10:00:00.000000Z" in out


def test_open_dead_letters_of_the_program_are_counted_and_nobody_is_looked_for_in_them(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    tell(store, b"{", kudos("k-other", "eve", "eve", "trust", program_id="another"))
    out = of(badge_engine, "bob", "trust").out
    assert "open dead letters of program program: 1 (1 invalid)\n" in out
    assert "and 1 whose program cannot be read (1 malformed)" in out


def test_a_program_without_dead_letters_has_none_of_another(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, meeting("m1", "ann"), kudos("k", "eve", "eve", "trust", program_id="progr\u00e4m"))
    assert "open dead letters of program program: none" in of(badge_engine, "ann", "trust").out


def test_facts_that_have_no_loop_are_named_where_a_badge_of_a_loop_asks_for_them(
    under: Callable[[str], Engine], badge_engine: Command
) -> None:
    tell_all(under(LOOP_QUIZ), [quiz(f"q{n}", "ann", at=n) for n in (1, 2)])
    ran = of(badge_engine, "ann", "studious")
    assert ran.code == 0, ran.err
    assert "facts without a loop: 2; they never count for this badge" in ran.out
    assert "mentoring.quiz.passed.v1 q2" in ran.out
    assert "without a loop" not in of(badge_engine, "bob", "studious").out


def test_a_date_that_late_facts_move_is_shown_beside_the_one_announced(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(2, 7)])
    tell(store, meeting("late", "ann", at=1))
    out = of(badge_engine, "ann", "momentum").out
    assert "announced for 2026-03-06T10:00:00.000000Z" in out
    assert "recomputed 2026-03-05T10:00:00.000000Z, with another date and evidence" in out


def test_without_a_loop_every_loop_the_participant_is_in_is_explained(
    store: Engine, badge_engine: Command
) -> None:
    tell(
        store,
        kudos("k1", "dan", "ann", "trust"),
        kudos("k2", "dan", "ann", "trust", loop_id="other"),
        kudos("k3", "dan", "bob", "trust", loop_id="third"),
    )
    out = of(badge_engine, "ann", "trust").out
    assert "in loop loop" in out
    assert "in loop other" in out
    assert "third" not in out
    out = of(badge_engine, "ann", "trust", "--loop", "other").out
    assert "in loop loop" not in out
    assert "in loop other" in out


def test_what_does_not_exist_is_said(store: Engine, badge_engine: Command) -> None:
    tell_all(store, STORY)
    ran = of(badge_engine, "ann", "momentun")
    assert (ran.code, ran.out) == (2, "")
    assert all(badge.name in ran.err for badge in MENTORLOOP.badges)
    ran = of(badge_engine, "ann", "momentum", "--loop", "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert "no loop called nowhere" in ran.err
    ran = badge_engine(
        "explain", "--program", "none", "--participant", "ann", "--badge", "momentum"
    )
    assert (ran.code, ran.out) == (1, "")
    assert "no program is called none" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--program", "program"),
        ("--program", "program", "--participant", "ann"),
        ("not-an-id",),
        ("00000000-0000-0000-0000-000000000000", "--program", "program"),
    ],
)
def test_half_a_question_is_wrong_usage(badge_engine: Command, arguments: tuple[str, ...]) -> None:
    ran = badge_engine("explain", *arguments)
    assert (ran.code, ran.out) == (2, "")
