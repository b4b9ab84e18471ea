"""What is played at a harness. Without a defect, the checker finds nothing in any of them."""

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
    retracted,
    survey,
)
from tests.verification.defects import harness_proofs
from tests.verification.defects.harness_run import Play
from tests.verification.defects.input import bad, everything, in_program

Scene = Callable[[Play], None]


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


def a_history(play: Play) -> None:
    """A history in which everything happens, in batches of any size on two partitions."""
    play.take(play.deliver(2, 0, [_BINARY]))
    play.tell_in_batches(everything(200))


def champion_comes_and_goes(play: Play) -> None:
    """Earned, lost with a meeting, earned again; proven in another way; lost again."""
    play.tell(*all_but_quiz_and_last_meeting(), *_KUDOS)
    play.tell(THE_QUIZ, partition=1)
    play.tell(THE_LAST_MEETING)
    play.tell(retracted(MEETING, "m7"), retracted(KUDOS, "k2"))
    play.tell(meeting("m16", "ann", at=16))
    play.tell(*all_milestones())
    play.tell(_QUIZ_RETRACTED, partition=1)
    play.tell(retracted(MILESTONE, "c-matched"))


def champion_is_lost(play: Play) -> None:
    """Earned, and then a meeting turns out not to have been."""
    play.tell(*champion(), *_KUDOS)
    play.tell(retracted(MEETING, "m7"), retracted(KUDOS, "k2"))


def the_quiz_comes_last(play: Play) -> None:
    """Champion but for the course, which is passed in no loop."""
    play.tell(*all_but_quiz_and_last_meeting(), THE_LAST_MEETING)
    play.tell(THE_QUIZ, partition=1)


def from_four_to_fifteen(play: Play) -> None:
    """Four meetings, then eleven at once; the ratings likewise, and all at one instant."""
    play.tell(*meetings(1, 4))
    play.tell(*meetings(5, 15))
    play.tell(*(survey(f"s{n}", "ben", "ann", at=1) for n in range(1, 10)), *_KUDOS)


def quiz_and_last_meeting_in_flight(play: Play) -> None:
    """The last two things that champion needs, in two transactions at once."""
    play.tell(*all_but_quiz_and_last_meeting(), *_KUDOS)
    first = play.batch(THE_QUIZ, partition=1)
    play.take_at_once(people, "write", first, play.batch(THE_LAST_MEETING, partition=2))


def one_loop_in_flight(play: Play) -> None:
    """Meetings of one loop, in two transactions at once."""
    play.tell(*meetings(1, 3))
    first = play.batch(meeting("m4", "ann", at=4), partition=1)
    play.take_at_once(places, "touch", first, play.batch(meeting("m5", "ann", at=5), partition=2))


def told_twice_in_a_batch(play: Play) -> None:
    """The same, in another spelling, and with other contents."""
    told = meeting("m1", "ann", "ben", at=1)
    play.tell(told, told, meeting("m1", "ben", "ann", at=1))
    play.tell(meeting("m2", "ann", at=2), meeting("m2", "ben", at=2), meeting("m2", "ann", at=3))


def told_again(play: Play) -> None:
    """Two meetings, and both again in later batches."""
    play.tell(*meetings(1, 2))
    play.tell(*meetings(2, 2))
    play.tell(survey("meh", "ben", "ann", 2), *meetings(1, 1))


def retracted_beforehand(play: Play) -> None:
    """Retractions that come before their facts, or in one batch with them."""
    play.tell(retracted(MEETING, "m2"), retracted(MEETING, "m9"))
    play.tell(*meetings(1, 3), meeting("m8", "ann"), retracted(MEETING, "m8"))
    play.tell(kudos("k", "ben", "ann", "trust"), retracted(KUDOS, "k"), retracted(KUDOS, "never"))


def one_after_the_other(play: Play) -> None:
    """Every meeting in a batch of its own."""
    for number in range(1, 7):
        play.tell(*meetings(number, number))


def delivered_twice(play: Play) -> None:
    """A batch comes again, to somebody who does not know that it is done."""
    batch = play.batch(*meetings(1, 3))
    play.take(batch)
    play.take_late(batch)
    play.tell(*meetings(4, 6))


def with_holes(play: Play) -> None:
    """Offsets without a record, before, between and behind those that have one."""
    records = [Record(offset, b"loop", meetings(offset, offset)[0]) for offset in (2, 3, 7, 9)]
    play.take(play.deliver(0, 0, records[:3], end=9))
    play.take(play.deliver(0, 9, records[3:]))


def refused(play: Play) -> None:
    """Records of several reasons in one batch, and another one in the next."""
    play.tell(*bad(), meeting("m1", "ann"))
    play.tell(survey("s", "ben", "ann", 6))


def every_rating(play: Play) -> None:
    """Surveys of every rating, and a meeting whose mentors are named."""
    play.tell(*(survey(f"s{rating}", "ben", "ann", rating) for rating in range(1, 6)))
    play.tell(meeting("m1", "ann", "ben", mentor_ids=["ben"]))


def one_loop_in_two_programs(play: Play) -> None:
    """Equal loops, people and facts in two programs."""
    play.tell(*meetings(1, 3))
    play.tell(*in_program("another", meetings(3, 4)))


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        a_history,
        champion_comes_and_goes,
        champion_is_lost,
        the_quiz_comes_last,
        from_four_to_fifteen,
        quiz_and_last_meeting_in_flight,
        one_loop_in_flight,
        told_twice_in_a_batch,
        told_again,
        one_after_the_other,
        delivered_twice,
        with_holes,
        refused,
        every_rating,
        retracted_beforehand,
        one_loop_in_two_programs,
        *harness_proofs.SCENES,
    )
}
