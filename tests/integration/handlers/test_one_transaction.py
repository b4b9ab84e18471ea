"""All of a batch, once, or nothing of it."""

from types import ModuleType

import pytest

from engine.handlers.batch import Batch, Record
from engine.handlers.steps import refused
from engine.store.awards import awards, outbox
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorMoved
from engine.store.dead_letters import entries
from engine.store.facts import ledger, messages
from engine.store.generations.live import Generations
from engine.store.projections import measures, people
from tests.integration.handlers.harness import TOPIC, Harness
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
    (refused, "signals"),
]


class Injected(Exception):
    """The failure that a test puts in."""


def _everything_at_once(harness: Harness) -> list[bytes]:
    """A batch for which every call of the store is made. What it builds on is taken in here."""
    harness.tell(*all_but_quiz_and_last_meeting(), kudos("k1", "ben", "ann", "trust", message="hm"))
    harness.tell(meeting("m15", "ann", at=15), THE_QUIZ, quiz("q2", "ann", at=4))
    harness.hear()
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
    harness: Harness,
    monkeypatch: pytest.MonkeyPatch,
    owner: ModuleType | type,
    name: str,
    when: str,
) -> None:
    batch = harness.batch(*_everything_at_once(harness))
    before = harness.dump()
    original = getattr(owner, name)

    def failing(*args: object, **kwargs: object) -> object:
        if when == "after":
            original(*args, **kwargs)
        raise Injected

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        with pytest.raises(Injected):
            harness.take(batch)

    assert harness.dump() == before
    harness.take(batch)  # and taken again it goes through
    assert harness.said() == ["- ann trust", "+ ann trust k2", "? ann s10"]


def test_a_batch_is_taken_once(harness: Harness) -> None:
    batch = harness.batch(*meetings(1, 5))
    harness.take(batch)
    before = harness.dump()

    with pytest.raises(CursorMoved, match=r"mentoring\.activity partition 0 is not at 0"):
        harness.take(batch)

    assert harness.dump() == before


@pytest.mark.parametrize("partition", [0, 3])
def test_a_batch_from_elsewhere_is_not_taken(harness: Harness, partition: int) -> None:
    harness.tell(*meetings(1, 2))
    before = harness.dump()
    ahead = Batch(TOPIC, partition, 5, 6, [Record(5, None, THE_QUIZ)])

    with pytest.raises(CursorMoved):
        harness.take(ahead)

    assert harness.dump() == before


def test_a_partition_nobody_began_is_not_taken(harness: Harness) -> None:
    with pytest.raises(CursorMoved):
        harness.take(Batch(TOPIC, 99, 0, 1, [Record(0, None, THE_QUIZ)]))


def test_offsets_without_a_record_are_passed_and_counted(harness: Harness) -> None:
    harness.take(harness.batch(*meetings(1, 4), holes=[0, 2]))
    (cursor, *_) = harness.cursors().values()
    assert (cursor.next_offset, cursor.counts.holes, cursor.counts.applied) == (6, 2, 4)


def test_a_batch_of_nothing_but_holes_moves_the_cursor(harness: Harness) -> None:
    harness.take(Batch(TOPIC, 0, 0, 7, []))
    (cursor, *_) = harness.cursors().values()
    assert (cursor.next_offset, cursor.counts.holes) == (7, 7)
