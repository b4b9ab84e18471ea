"""Two names with one hash are never a conflict or a mix-up: the second record is refused."""

from collections.abc import Iterator

import pytest

from engine.intake import keys
from engine.intake.refusal import COLLISION
from engine.store.projections.measures import HashCollision
from tests.integration.handlers.harness import Harness
from tests.support.given import kudos, meeting, quiz


@pytest.fixture
def harness(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Harness]:
    """A harness where everything called "twin…" has the same hash."""
    hash_of = keys._hash

    def colliding(text: str) -> int:
        joined = text.split("\x1f")
        return hash_of("\x1f".join("twin" if part.startswith("twin") else part for part in joined))

    monkeypatch.setattr(keys, "_hash", colliding)
    opened = Harness(database_url)
    yield opened
    opened.close()


def test_two_facts_of_one_hash(harness: Harness) -> None:
    harness.tell(meeting("twin-1", "ann"))
    before = harness.dump()
    with pytest.raises(HashCollision):
        harness.tell(meeting("twin-2", "ann"))
    assert harness.dump() == before


def test_two_loops_of_one_hash(harness: Harness) -> None:
    harness.tell(meeting("m1", "ann", loop_id="twin-1"))
    before = harness.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        harness.tell(meeting("m2", "ann", loop_id="twin-2"))
    assert harness.dump() == before


def test_two_loops_of_one_hash_in_one_batch(harness: Harness) -> None:
    before = harness.dump()
    with pytest.raises(HashCollision, match="twin"):
        harness.tell(meeting("m1", "ann", loop_id="twin-1"), meeting("m2", "ann", loop_id="twin-2"))
    assert harness.dump() == before


def test_two_people_of_one_hash(harness: Harness) -> None:
    harness.tell(kudos("k1", "ben", "twin-1", "trust"))
    before = harness.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        harness.tell(kudos("k2", "ben", "twin-2", "trust"))
    assert harness.dump() == before


def test_two_programs_of_one_hash(harness: Harness) -> None:
    harness.tell(quiz("q1", "ann", program_id="twin-1"))
    before = harness.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        harness.tell(quiz("q1", "ann", program_id="twin-2"))
    assert harness.dump() == before


@pytest.mark.parametrize(
    "twins",
    [
        [meeting("twin-1", "ann"), meeting("twin-2", "ann")],
        [meeting("m1", "ann", loop_id="twin-1"), meeting("m2", "ann", loop_id="twin-2")],
        [kudos("k1", "ben", "twin-1", "trust"), kudos("k2", "ben", "twin-2", "trust")],
        [quiz("q1", "ann", program_id="twin-1"), quiz("q1", "ann", program_id="twin-2")],
    ],
    ids=["facts", "loops", "people", "programs"],
)
def test_a_worker_refuses_the_record_and_goes_on(harness: Harness, twins: list[bytes]) -> None:
    values = [meeting("m3", "cat"), *twins, meeting("m4", "dan"), twins[1]]

    done = harness.taking().process(harness.batch(*values))

    assert (done.halted, done.counts.applied, done.counts.dead_letters) == (None, 3, 2)
    assert harness.rows('SELECT "offset", reason, detail FROM dead_letters ORDER BY id') == [
        (2, *COLLISION[:2]),
        (4, *COLLISION[:2]),
    ]
    harness.taking().process(harness.batch(meeting("m5", "ann")))
    assert harness.cursors()[0].counts.applied == 4
