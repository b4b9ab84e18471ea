"""All of a batch, once, or nothing of it."""

from types import ModuleType

import pytest

from engine.handlers import batch_transaction
from engine.handlers.batch import Batch, Record
from engine.store.awards import awards, outbox
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorMoved
from engine.store.dead_letters import entries
from engine.store.facts import ledger, messages
from engine.store.generations.catalogs import Generations
from engine.store.projections import measures, people
from tests.integration.handlers.desk import TOPIC, Desk
from tests.integration.handlers.stories import THE_QUIZ, all_but_quiz_and_last_meeting, meetings
from tests.support.given import MEETING, QUIZ, kudos, meeting, milestone, quiz, retracted, survey

STORE_CALLS: list[tuple[ModuleType | type, str]] = [
    *((cursors, name) for name in ("lock", "advance")),
    *((ledger, name) for name in ("find", "append", "about")),
    *((messages, name) for name in ("keep", "forget")),
    *((measures, name) for name in ("read", "by_hash", "write")),
    *((people, name) for name in ("lock", "places_of", "write", "take_part")),
    *((awards, name) for name in ("find", "insert", "update", "restate")),
    (entries, "keep"),
    (outbox, "put"),
    (Generations, "of"),
    (batch_transaction, "_signal"),
]


class Injected(Exception):
    """The failure that a test puts in."""


def _everything_at_once(desk: Desk) -> list[bytes]:
    """A batch for which every call of the store is made. What it builds on is taken in here."""
    desk.tell(*all_but_quiz_and_last_meeting(), kudos("k1", "ben", "ann", "trust", message="hm"))
    desk.tell(meeting("m15", "ann", at=15), THE_QUIZ, quiz("q2", "ann", at=4))
    desk.hear()
    return [
        *(retracted(MEETING, "m1"), retracted(QUIZ, "q1", loop_id=None, participant_id="ann")),
        *(meeting("n1", "ann", "cat", at=2), survey("s10", "ann", "ben", loop_id="second")),
        *(kudos("k2", "ben", "ann", "trust", message="PRIVATE"), b"nonsense"),
        *(retracted("mentoring.kudos.given.v1", "k1"), milestone("c", "dan", "matched")),
    ]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("owner", "name"), STORE_CALLS, ids=[f"{o.__name__.split('.')[-1]}.{n}" for o, n in STORE_CALLS]
)
def test_a_failure_anywhere_leaves_the_database_untouched(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    owner: ModuleType | type,
    name: str,
    when: str,
) -> None:
    batch = desk.batch(*_everything_at_once(desk))
    before = desk.dump()
    original = getattr(owner, name)

    def failing(*args: object, **kwargs: object) -> object:
        if when == "after":
            original(*args, **kwargs)
        raise Injected

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        with pytest.raises(Injected):
            desk.take(batch)

    assert desk.dump() == before
    desk.take(batch)  # and taken again it goes through
    assert desk.said() == ["- ann trust", "+ ann trust k2", "? ann s10"]


def test_a_batch_is_taken_once(desk: Desk) -> None:
    batch = desk.batch(*meetings(1, 5))
    desk.take(batch)
    before = desk.dump()

    with pytest.raises(CursorMoved, match=r"mentoring\.activity partition 0 is not at 0"):
        desk.take(batch)

    assert desk.dump() == before


@pytest.mark.parametrize("partition", [0, 3])
def test_a_batch_from_elsewhere_is_not_taken(desk: Desk, partition: int) -> None:
    desk.tell(*meetings(1, 2))
    before = desk.dump()
    ahead = Batch(TOPIC, partition, 5, 6, [Record(5, None, THE_QUIZ)])

    with pytest.raises(CursorMoved):
        desk.take(ahead)

    assert desk.dump() == before


def test_a_partition_nobody_began_is_not_taken(desk: Desk) -> None:
    with pytest.raises(CursorMoved):
        desk.take(Batch(TOPIC, 99, 0, 1, [Record(0, None, THE_QUIZ)]))


def test_offsets_without_a_record_are_passed_and_counted(desk: Desk) -> None:
    desk.take(desk.batch(*meetings(1, 4), holes=[0, 2]))
    (cursor, *_) = desk.cursors().values()
    assert (cursor.next_offset, cursor.counts.holes, cursor.counts.applied) == (6, 2, 4)


def test_a_batch_of_nothing_but_holes_moves_the_cursor(desk: Desk) -> None:
    desk.take(Batch(TOPIC, 0, 0, 7, []))
    (cursor, *_) = desk.cursors().values()
    assert (cursor.next_offset, cursor.counts.holes) == (7, 7)
