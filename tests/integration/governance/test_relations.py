"""Who is too close to decide about somebody is computed: from the ledger, and from declarations."""

from datetime import timedelta

import pytest

from governance.packs import relations
from governance.store import conflicts
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.given import meeting, record

MEMBERS = ("ada", "bea", "sam")


def close(room: CommitteeRoom, subject: str = "imani") -> dict[str, list[tuple[str, str]]]:
    with room.sitting() as sitting:
        conflicted = relations.conflicted(sitting, PROGRAM, subject, MEMBERS)
    return {who: [(one.kind, one.words) for one in reasons] for who, reasons in conflicted.items()}


def met(room: CommitteeRoom, who: str, days_ago: int) -> None:
    """The subject and somebody met in a loop of theirs."""
    at = (room.now - timedelta(days=days_ago)).isoformat()
    room.harness.tell(meeting(f"m-{who}", "imani", who, at=at, program_id=PROGRAM, loop_id=who))


def test_nobody_is_close_who_shared_nothing(room: CommitteeRoom) -> None:
    room.harness.tell(meeting("m", "imani", "lee", at="2026-05-01T10:00:00Z", program_id=PROGRAM))
    assert close(room) == {}


def test_a_shared_loop_counts_for_two_years(room: CommitteeRoom) -> None:
    met(room, "ada", 730)
    met(room, "bea", 731)
    assert close(room) == {"ada": [("loop", "shared a loop until 2024-11-29")]}


def test_a_pairing_counts_either_way(room: CommitteeRoom) -> None:
    data = {"program_id": PROGRAM, "kind": "pairing", "record_id": "s-1"}
    kind = "mentoring.stewardship.recorded.v1"
    pair = {"participant_id": "ada", "about_id": "imani"}
    room.govern(record(kind, "2026-05-01T10:00:00Z", {**data, **pair}))
    assert close(room) == {"ada": [("pairing", "was paired with the subject on 2026-05-01")]}


def test_the_same_employer_is_close_however_it_is_written(room: CommitteeRoom) -> None:
    room.seat("imani", "bench", employer="Lumen Press")
    room.seat("ada", employer=" lumen press")
    room.seat("bea", employer="Other")
    room.seat("sam")
    assert close(room) == {"ada": [("employer", "works for the same employer")]}


@pytest.mark.parametrize("by_subject", [True, False])
def test_what_either_declares_counts_until_it_is_ended(
    room: CommitteeRoom, by_subject: bool
) -> None:
    pair = ("imani", "sam")
    by = "imani" if by_subject else "sam"
    with room.sitting() as sitting:
        conflicts.declare(sitting.tx, PROGRAM, pair, "family", by, sitting.now)
    assert close(room) == {"sam": [("family", "declared as family")]}
    with room.sitting() as sitting:
        conflicts.end(sitting.tx, PROGRAM, pair, "family", by, sitting.now)
    assert close(room) == {}


def test_several_reasons_are_all_given(room: CommitteeRoom) -> None:
    met(room, "ada", 300)
    with room.sitting() as sitting:
        conflicts.declare(sitting.tx, PROGRAM, ("ada", "imani"), "declared", "ada", sitting.now)
    assert [kind for kind, _ in close(room)["ada"]] == ["loop", "declared"]


def test_nobody_conflicts_with_themselves(room: CommitteeRoom) -> None:
    met(room, "ada", 300)
    assert close(room, "ada") == {}
