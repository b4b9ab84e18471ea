"""A fact that counts and adds nothing is in measures and proofs as in those of the cold fold."""

from collections.abc import Iterator

import pytest

from engine.catalog.loader import parse
from engine.fact import Place
from engine.projections import cold
from engine.projections.state import State
from engine.store.facts import ledger
from engine.store.generations import pointers
from engine.store.projections import measures
from tests.integration.handlers.harness import Harness
from tests.integration.replay import rebuilt
from tests.support.catalogs import ONLY_MINUTES, ONLY_MINUTES_TEXT
from tests.support.given import meeting

LONG_ANYWHERE = parse(
    ONLY_MINUTES_TEXT.replace(
        "badges: {}",
        """badges:
  long:
    name: Long
    description: Half an hour, in whatever loops
    scope: program
    criterion: {at_least: {minutes: 30}}
""",
    )
)


@pytest.fixture
def minutes(database_url: str) -> Iterator[Harness]:
    """A harness where minutes are summed, and nothing else."""
    harness = Harness(database_url, ONLY_MINUTES)
    yield harness
    harness.close()


def _stored(harness: Harness) -> dict[Place, State]:
    with harness.transaction() as tx:
        ((program, number),) = pointers.live(tx).items()
        rows = measures.of_program(tx, harness.catalog, number, program)
        return {row.place: row.state for row in rows}


def test_a_meeting_of_no_minutes_makes_its_attendees_known(minutes: Harness) -> None:
    minutes.tell(meeting("m1", "ann", "ben", duration_minutes=0))
    with minutes.transaction() as tx:
        folded = cold.fold(minutes.catalog, ledger.every(tx)).states
    assert _stored(minutes) == folded != {}


def test_a_meeting_of_no_minutes_in_another_loop_is_part_of_the_proof(database_url: str) -> None:
    """Given a meeting of no minutes in one loop and one of an hour in another, then the proof of a
    sum names both, in the store as in the cold fold, and a replay agrees."""
    harness = Harness(database_url, LONG_ANYWHERE)
    harness.tell(meeting("m1", "ann", at=1, duration_minutes=0, loop_id="a"))
    harness.tell(meeting("m2", "ann", at=2, duration_minutes=60, loop_id="b"))

    with harness.transaction() as tx:
        (folded,) = cold.fold(harness.catalog, ledger.every(tx)).awards
    assert [item.id for item in folded.evidence] == ["m1", "m2"]
    assert harness.award("ann", "long").award == folded
    rebuilt.ready(harness, harness.catalog)
    harness.close()
