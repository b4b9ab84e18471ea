"""Facts of a person with where they arrived, those that were retracted among them."""

from engine.queries import arrivals
from engine.queries.snapshot import Reader
from engine.store.cursors import cursors
from tests.integration.handlers.harness import GOVERNANCE_TOPIC, TOPIC, Harness
from tests.support.given import MEETING, instant, meeting, record, retracted, voice

TESTIMONIAL = "mentoring.testimonial.given.v1"


def arrived(
    harness: Harness, who: str, loops: tuple[str, ...] = ()
) -> dict[str, tuple[int, int | None]]:
    with Reader(harness.engine).snapshot() as snapshot:
        found = arrivals.of_person(snapshot, "program", who, loops)
    gone = {one.fact.id: one.retraction[1].offset for one in found if one.retraction}
    return {one.fact.id: (one.arrival.offset, gone.get(one.fact.id)) for one in found}


def test_a_fact_has_its_offset_and_that_of_its_retraction(harness: Harness) -> None:
    harness.tell(voice("first", "ann", "lee"), meeting("m", "ann", "ben"))
    harness.tell(
        voice("second", "ann", "mio"),
        retracted(TESTIMONIAL, "first", participant_id="ann", loop_id=None),
    )
    assert arrived(harness, "ann") == {"first": (0, 3), "m": (1, None), "second": (2, None)}


def test_a_retraction_may_come_first(harness: Harness) -> None:
    harness.tell(meeting("other", "ann"), retracted(MEETING, "m"))
    harness.tell(meeting("m", "ann"))
    assert arrived(harness, "ann")["m"] == (2, 1)
    with Reader(harness.engine).snapshot() as snapshot:
        (one,) = (one for one in arrivals.of_person(snapshot, "program", "ann") if one.retraction)
    assert one.retraction is not None
    assert one.retraction[0].time == instant(20)


def test_a_loop_where_nothing_counts_any_more_is_looked_at_if_it_is_named(harness: Harness) -> None:
    harness.tell(
        meeting("m", "ann"), meeting("n", "ann", loop_id="second"), retracted(MEETING, "m")
    )
    assert set(arrived(harness, "ann")) == {"n"}
    assert set(arrived(harness, "ann", ("loop",))) == {"m", "n"}


def test_how_far_partitions_were_read_is_of_the_moment_of_the_facts(harness: Harness) -> None:
    harness.tell(meeting("m", "ann"), partition=2)
    harness.tell_by_topic(*_stewardship(3))
    with harness.transaction() as tx:
        cursors.next_in_lane(tx, TOPIC, cursors.IMPORT_LANE)
    with Reader(harness.engine).snapshot() as snapshot:
        read = {(one.topic, one.partition): one for one in arrivals.read_until(snapshot)}
    assert {key: one.next_offset for key, one in read.items()} == {
        **{(TOPIC, number): int(number == 2) for number in range(4)},
        (TOPIC, cursors.IMPORT_LANE): 0,
        (GOVERNANCE_TOPIC, 0): 3,
    }
    assert len({one.lane for one in read.values()}) == len(read)


def _stewardship(count: int) -> list[bytes]:
    data = {"program_id": "program", "participant_id": "ann", "kind": "panel"}
    return [
        record("mentoring.stewardship.recorded.v1", 1, {**data, "record_id": f"r{n}"})
        for n in range(count)
    ]
