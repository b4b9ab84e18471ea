"""Scenarios at a harness. Without a defect, the checker finds nothing in any of them."""

from collections.abc import Callable

from engine.handlers.batch import Record
from engine.handlers.steps import people, places
from tests.integration.handlers.stories import (
    THE_LAST_MEETING,
    THE_QUIZ,
    all_but_quiz_and_last_meeting,
    all_milestones,
    champion,
    meetings,
)
from tests.support.given import (
    KUDOS,
    MEETING,
    MILESTONE,
    QUIZ,
    kudos,
    meeting,
    milestone,
    retracted,
    survey,
)
from tests.verification.defects import harness_notes, harness_proofs, harness_replays
from tests.verification.defects.harness_run import HarnessRun
from tests.verification.defects.input import bad, everything, in_program

Scenario = Callable[[HarnessRun], None]


_BINARY = Record(
    0,
    b"loop",
    b'{"program_id":"program","loop_id":"loop","meeting_id":"bin","attendee_ids":["ann"]}',
    (
        ("ce_specversion", b"1.0"),
        ("ce_id", b"binary"),
        ("ce_source", b"/platform"),
        ("ce_type", MEETING.encode()),
        ("ce_time", b"2026-03-01T10:00:00Z"),
    ),
)
_QUIZ_RETRACTED = retracted(QUIZ, "q1", loop_id=None, participant_id="ann")
_KUDOS = [kudos(f"k{n}", "ben", "ann", "trust", at=n, message=f"PRIVATE-{n}") for n in range(1, 4)]


def a_history(run: HarnessRun) -> None:
    """A history in which everything happens, in batches of any size on two partitions."""
    run.process_batch(run.deliver(2, 0, [_BINARY]))
    run.process_in_batches(everything(200))


def champion_comes_and_goes(run: HarnessRun) -> None:
    """Earned, lost with a meeting, earned again; proven in another way; lost again."""
    run.process(*all_but_quiz_and_last_meeting(), *_KUDOS)
    run.process(THE_QUIZ, partition=1)
    run.process(THE_LAST_MEETING)
    run.process(retracted(MEETING, "m7"), retracted(KUDOS, "k2"))
    run.process(meeting("m16", "ann", at=16))
    run.process(*all_milestones())
    run.process(_QUIZ_RETRACTED, partition=1)
    run.process(retracted(MILESTONE, "c-matched"))


def champion_is_lost(run: HarnessRun) -> None:
    """Earned, and then a meeting turns out not to have been."""
    run.process(*champion(), *_KUDOS)
    run.process(retracted(MEETING, "m7"), retracted(KUDOS, "k2"))


def the_quiz_comes_last(run: HarnessRun) -> None:
    """Champion but for the course, which is passed in no loop."""
    run.process(*all_but_quiz_and_last_meeting(), THE_LAST_MEETING)
    run.process(THE_QUIZ, partition=1)


def from_four_to_fifteen(run: HarnessRun) -> None:
    """Four meetings, then eleven at once; the ratings likewise, and all at one instant."""
    run.process(*meetings(1, 4))
    run.process(*meetings(5, 15))
    run.process(*(survey(f"s{n}", "ben", "ann", at=1) for n in range(1, 10)), *_KUDOS)


def quiz_and_last_meeting_in_flight(run: HarnessRun) -> None:
    """The last two things that champion needs, in two transactions at once."""
    run.process(*all_but_quiz_and_last_meeting(), *_KUDOS)
    first = run.batch(THE_QUIZ, partition=1)
    run.process_at_once(people, "write", first, run.batch(THE_LAST_MEETING, partition=2))


def one_loop_in_flight(run: HarnessRun) -> None:
    """Meetings of one loop, in two transactions at once."""
    run.process(*meetings(1, 3))
    first = run.batch(meeting("m4", "ann", at=4), partition=1)
    run.process_at_once(places, "touch", first, run.batch(meeting("m5", "ann", at=5), partition=2))


def same_value_and_retraction_in_flight(run: HarnessRun) -> None:
    """A milestone a second time, which changes nothing, while the first one is retracted."""
    run.process(milestone("c1", "ann", "matched", at=1))
    first = run.batch(milestone("c2", "ann", "matched", at=2), partition=1)
    run.process_at_once(people, "lock", first, run.batch(retracted(MILESTONE, "c1"), partition=2))


def told_twice_in_a_batch(run: HarnessRun) -> None:
    """The same, in another spelling, and with other contents."""
    fact = meeting("m1", "ann", "ben", at=1)
    run.process(fact, fact, meeting("m1", "ben", "ann", at=1))
    run.process(meeting("m2", "ann", at=2), meeting("m2", "ben", at=2), meeting("m2", "ann", at=3))


def told_again(run: HarnessRun) -> None:
    """Two meetings, and both again in later batches."""
    run.process(*meetings(1, 2))
    run.process(*meetings(2, 2))
    run.process(survey("meh", "ben", "ann", 2), *meetings(1, 1))


def retracted_beforehand(run: HarnessRun) -> None:
    """Retractions that come before their facts, or in one batch with them."""
    run.process(retracted(MEETING, "m2"), retracted(MEETING, "m9"))
    run.process(*meetings(1, 3), meeting("m8", "ann"), retracted(MEETING, "m8"))
    run.process(kudos("k", "ben", "ann", "trust"), retracted(KUDOS, "k"), retracted(KUDOS, "never"))


def one_after_the_other(run: HarnessRun) -> None:
    """Every meeting in a batch of its own."""
    for number in range(1, 7):
        run.process(*meetings(number, number))


def delivered_twice(run: HarnessRun) -> None:
    """A batch comes again, to a processor that does not know that it is done."""
    batch = run.batch(*meetings(1, 3))
    run.process_batch(batch)
    run.process_late(batch)
    run.process(*meetings(4, 6))


def with_holes(run: HarnessRun) -> None:
    """Offsets without a record, before, between and behind those that have one."""
    records = [Record(offset, b"loop", meetings(offset, offset)[0]) for offset in (2, 3, 7, 9)]
    run.process_batch(run.deliver(0, 0, records[:3], end=9))
    run.process_batch(run.deliver(0, 9, records[3:]))


def refused(run: HarnessRun) -> None:
    """Records of several reasons in one batch, and another one in the next."""
    run.process(*bad(), meeting("m1", "ann"))
    run.process(survey("s", "ben", "ann", 6))


def every_rating(run: HarnessRun) -> None:
    """Surveys of every rating, and a meeting whose mentors are named."""
    run.process(*(survey(f"s{rating}", "ben", "ann", rating) for rating in range(1, 6)))
    run.process(meeting("m1", "ann", "ben", mentor_ids=["ben"]))


def one_loop_in_two_programs(run: HarnessRun) -> None:
    """Equal loops, people and facts in two programs."""
    run.process(*meetings(1, 3))
    run.process(*in_program("another", meetings(3, 4)))


SCENARIOS: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (
        a_history,
        champion_comes_and_goes,
        champion_is_lost,
        the_quiz_comes_last,
        from_four_to_fifteen,
        quiz_and_last_meeting_in_flight,
        one_loop_in_flight,
        same_value_and_retraction_in_flight,
        told_twice_in_a_batch,
        told_again,
        one_after_the_other,
        delivered_twice,
        with_holes,
        refused,
        every_rating,
        retracted_beforehand,
        one_loop_in_two_programs,
        *harness_notes.SCENARIOS,
        *harness_proofs.SCENARIOS,
        *harness_replays.SCENARIOS,
    )
}
