"""A fact that counts for somebody and comes to nothing is in the measures as in the cold fold's."""

from collections.abc import Iterator

import pytest

from engine.fact import Place
from engine.projections import cold
from engine.projections.state import State
from engine.store.facts import ledger
from engine.store.generations import pointers
from engine.store.projections import measures
from tests.integration.handlers.harness import Harness
from tests.support.catalogs import ONLY_MINUTES
from tests.support.given import meeting


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
