"""An answer to what somebody holds also states until when."""

from collections.abc import Iterator

import pytest

from engine.queries import badge, boards, person
from engine.queries.snapshot import Reader, Snapshot
from tests.integration.handlers.harness import Harness
from tests.support.given import milestone
from tests.support.licences import LICENCES, licence

FIRST, SECOND = "2026-05-10T22:00:00.000000Z", "2028-04-02T22:00:00.000000Z"


@pytest.fixture
def snapshot(migrated_url: str) -> Iterator[Snapshot]:
    """Of a program in which imani renewed her licence, and wei did not."""
    harness = Harness(migrated_url, LICENCES)
    harness.tell(
        licence("d-1", "imani", at="2024-05-10T10:00:00Z"),
        licence("d-2", "imani", at="2026-04-02T10:00:00Z"),
        licence("d-9", "wei", at="2024-05-10T10:00:00Z"),
        milestone("n-1", "wei", "noted", loop_id=None),
    )
    with Reader(harness.engine).snapshot() as snapshot:
        yield snapshot
    harness.close()


@pytest.mark.parametrize(("name", "until", "total"), [("imani", SECOND, 2), ("wei", FIRST, 1)])
def test_the_last_end_of_a_badge_is_that_of_its_latest_award(
    snapshot: Snapshot, name: str, until: str, total: int
) -> None:
    best = {b.badge: b for b in person.read(snapshot, "program", name).badges}
    assert (best["licence"].valid_until, best["licence"].total) == (until, total)
    assert best["note"].valid_until is None
    assert best["busy"].valid_until is None


def test_each_award_of_a_badge_has_its_end(snapshot: Snapshot) -> None:
    answer = badge.read(snapshot, "program", "imani", "licence", None)
    assert [award.valid_until for award in answer.recent] == [SECOND, FIRST]


def test_a_board_of_people_in_no_loop_has_badges_that_end(snapshot: Snapshot) -> None:
    (nowhere,) = boards.of_program(snapshot, "program").loops
    shown = {p.participant_id: {b.badge: b for b in p.badges} for p in nowhere.participants}
    assert shown["imani"]["licence"].valid_until == SECOND
    assert shown["wei"]["licence"].valid_until == FIRST
    assert "note" not in shown["wei"]
