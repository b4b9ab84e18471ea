"""With whom somebody shared a loop or a pairing, and until when."""

from engine.queries import shared_loops
from engine.queries.shared_loops import SharedWith
from engine.queries.snapshot import Reader
from tests.integration.handlers.harness import Harness
from tests.support.given import MEETING, instant, meeting, record, retracted

STEWARDSHIP = "mentoring.stewardship.recorded.v1"
OTHERS = ("ben", "cyd", "dan")


def shared(harness: Harness, others: tuple[str, ...] = OTHERS) -> dict[str, SharedWith]:
    with Reader(harness.engine).snapshot() as snapshot:
        return shared_loops.of_person(snapshot, "program", "ann", others)


def record_by(harness: Harness, kind: str, who: str, about: str | None, at: int) -> None:
    data = {"program_id": "program", "record_id": f"{kind}-{at}", "kind": kind}
    value = record(STEWARDSHIP, at, {**data, "participant_id": who, "about_id": about})
    harness.tell_by_topic(value)


def test_a_loop_is_shared_until_the_last_time_that_both_were_there(harness: Harness) -> None:
    harness.tell(
        meeting("1", "ann", "ben", at=1),
        meeting("2", "ann", "cyd", at=5),
        meeting("3", "ben", "eve", at=9),
        meeting("4", "dan", "eve", at=9, loop_id="other"),
    )
    found = shared(harness)
    assert found == {who: SharedWith({"loop": instant(5)}) for who in ("ben", "cyd")}
    assert found["ben"].loop_until == instant(5)


def test_the_latest_of_several_loops_counts(harness: Harness) -> None:
    harness.tell(
        meeting("1", "ann", "ben", at=3),
        meeting("2", "ann", "ben", at=7, loop_id="second"),
        meeting("3", "ann", "ben", at=5, loop_id="third"),
    )
    assert shared(harness)["ben"].loop_until == instant(7)


def test_what_was_retracted_was_never_shared(harness: Harness) -> None:
    harness.tell(meeting("1", "ann", "ben"), meeting("2", "ann", "cyd"), retracted(MEETING, "1"))
    assert set(shared(harness)) == {"cyd"}


def test_another_program_shares_nothing(harness: Harness) -> None:
    harness.tell(
        meeting("1", "ann", "cyd"),
        meeting("2", "ann", "ben", program_id="elsewhere"),
        meeting("3", "ben", "dan", loop_id="far"),
    )
    assert set(shared(harness)) == {"cyd"}


def test_a_pairing_is_shared_whoever_was_the_new_one(harness: Harness) -> None:
    record_by(harness, "pairing", "ann", "ben", 4)
    record_by(harness, "pairing", "cyd", "ann", 6)
    record_by(harness, "calibration", "ann", "dan", 7)
    found = shared(harness)
    assert {who: one.paired for who, one in found.items()} == {"ben": instant(4), "cyd": instant(6)}
    assert found["ben"].loop_until is None


def test_nobody_shares_with_themselves(harness: Harness) -> None:
    harness.tell(meeting("1", "ann", "ben"))
    assert set(shared(harness, ("ann", "ben"))) == {"ben"}


def test_many_people_are_asked_about_at_once(harness: Harness) -> None:
    harness.tell(meeting("1", "ann", "ben"))
    crowd = tuple(f"who-{n}" for n in range(50))
    assert set(shared(harness, (*crowd, "ben"))) == {"ben"}
