"""Two names with one hash are a crash that names them, never a conflict or a mix-up."""

from collections.abc import Iterator

import pytest

from engine.intake import keys
from engine.store.projections.measures import HashCollision
from tests.integration.handlers.desk import Desk
from tests.support.given import kudos, meeting, quiz


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk where everything called "twin…" has the same hash."""
    hash_of = keys._hash

    def colliding(text: str) -> int:
        joined = text.split("\x1f")
        return hash_of("\x1f".join("twin" if part.startswith("twin") else part for part in joined))

    monkeypatch.setattr(keys, "_hash", colliding)
    opened = Desk(database_url)
    yield opened
    opened.close()


def test_two_facts_of_one_hash(desk: Desk) -> None:
    desk.tell(meeting("twin-1", "ann"))
    before = desk.dump()
    with pytest.raises(HashCollision):
        desk.tell(meeting("twin-2", "ann"))
    assert desk.dump() == before


def test_two_loops_of_one_hash(desk: Desk) -> None:
    desk.tell(meeting("m1", "ann", loop_id="twin-1"))
    before = desk.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        desk.tell(meeting("m2", "ann", loop_id="twin-2"))
    assert desk.dump() == before


def test_two_loops_of_one_hash_in_one_batch(desk: Desk) -> None:
    before = desk.dump()
    with pytest.raises(HashCollision, match="twin"):
        desk.tell(meeting("m1", "ann", loop_id="twin-1"), meeting("m2", "ann", loop_id="twin-2"))
    assert desk.dump() == before


def test_two_people_of_one_hash(desk: Desk) -> None:
    desk.tell(kudos("k1", "ben", "twin-1", "trust"))
    before = desk.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        desk.tell(kudos("k2", "ben", "twin-2", "trust"))
    assert desk.dump() == before


def test_two_programs_of_one_hash(desk: Desk) -> None:
    desk.tell(quiz("q1", "ann", program_id="twin-1"))
    before = desk.dump()
    with pytest.raises(HashCollision, match="twin-1"):
        desk.tell(quiz("q1", "ann", program_id="twin-2"))
    assert desk.dump() == before
