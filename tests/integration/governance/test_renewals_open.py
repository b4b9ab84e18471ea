"""Renewals open by themselves before a term ends: each term once, whatever becomes of the case."""

import hashlib
from datetime import timedelta

from governance import renewals
from governance.cases import moving
from governance.store import cases
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.given import record

DIGEST = hashlib.sha256(b"elsewhere").hexdigest()
THREE_YEARS = timedelta(days=1096)


def hold(room: CommitteeRoom, participant: str, ends_in_days: int) -> None:
    """Somebody is Proficient by a decision of elsewhere, for so many days more."""
    at = (room.now - THREE_YEARS + timedelta(days=ends_in_days)).isoformat()
    data = {
        "program_id": PROGRAM, "participant_id": participant, "decision_id": f"d-{participant}",
        "case": "proficient-mentor", "outcome": "granted", "as_of": at,
        "approver_ids": ["ada", "sam"], "pack": DIGEST, "policy": DIGEST,
    }  # fmt: skip
    room.govern(record("mentoring.decision.recorded.v1", at, data))


def look(room: CommitteeRoom) -> int:
    """Open what is due now; gives how many."""
    with room.sitting() as sitting:
        return renewals.open_due(sitting, PROGRAM)


def opened(room: CommitteeRoom, participant: str) -> list[Case]:
    with room.sitting() as sitting:
        return cases.of_subject(sitting.tx, PROGRAM, participant)


def test_a_renewal_opens_once_and_its_subject_is_notified(room: CommitteeRoom) -> None:
    hold(room, "imani", 60)
    assert [look(room), look(room)] == [1, 0]
    (case,) = opened(room, "imani")
    assert (case.kind, case.about, case.opened_by) == (
        "renewal", "proficient-mentor", moving.ITSELF,
    )  # fmt: skip
    news = room.harness.rows("SELECT participant, own FROM notify.case_news WHERE news = %s",
                             "renewal_opens")  # fmt: skip
    assert news == [("imani", True)]


def test_nothing_opens_before_90_days_are_left_or_after_the_grace(room: CommitteeRoom) -> None:
    hold(room, "imani", 95)
    hold(room, "wei", -95)
    assert look(room) == 0
    room.move(days=6)
    assert look(room) == 1
    assert opened(room, "wei") == []


def test_what_its_subject_withdrew_is_not_opened_again(room: CommitteeRoom) -> None:
    hold(room, "imani", 60)
    look(room)
    (case,) = opened(room, "imani")
    with room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, "imani")
    room.move(days=1)
    assert look(room) == 0


def test_nothing_opens_for_who_was_erased_until_they_are_described_again(
    room: CommitteeRoom,
) -> None:
    hold(room, "imani", 60)
    with room.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO directory.erased (program, participant, erased_at, forgotten) "
            "VALUES (%s, 'imani', now(), false)",
            PROGRAM,
        )
    assert look(room) == 0
    with room.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO directory.participants (program, participant, display_name, roles, active,"
            ' told_at, lane, "offset", published_at) '
            "VALUES (%s, 'imani', 'Imani', '{}', true, now(), 0, 0, now())",
            PROGRAM,
        )
    assert look(room) == 1
