"""The committee's log grows by what happens, and shows when somebody changed it."""

import pytest

from engine.store.hash_chain import ChainHead
from governance.store import log
from governance.store.log import LogBroken
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom

OTHER_HEAD = "ab" * 32


def _three(room: CommitteeRoom) -> None:
    case = room.open()
    for number, kind in enumerate(("case.opened", "pack.frozen", "vote.signed")):
        with room.sitting() as sitting:
            log.note(
                sitting.tx, PROGRAM, case.case_id, kind, "ruth", {"number": number}, room.now,  # type: ignore[arg-type]
                sealed=b"sealed" if kind == "vote.signed" else None,
            )  # fmt: skip


def _verify(room: CommitteeRoom) -> ChainHead:
    with room.sitting() as sitting:
        return log.verify(sitting.tx)


def _tamper(room: CommitteeRoom, statement: str) -> None:
    """As who owns the database and has put the trigger out of the way."""
    with room.harness.transaction() as tx:
        tx.execute("ALTER TABLE governance.log DISABLE TRIGGER USER")
        tx.execute(statement)
        tx.execute("ALTER TABLE governance.log ENABLE TRIGGER USER")


def test_an_untouched_log_verifies_and_its_head_moves_with_each_entry(room: CommitteeRoom) -> None:
    assert _verify(room) == ChainHead()
    _three(room)
    end = _verify(room)
    assert end.entries == 3
    with room.sitting() as sitting:
        assert log.head(sitting.tx) == end
        last = list(log.entries(sitting.tx))[-1]
        assert (last.kind, last.details, last.sealed) == ("vote.signed", {"number": 2}, b"sealed")
        assert [entry.id for entry in log.of_case(sitting.tx, str(last.case_id))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE governance.log SET body = '{\"number\":9}' WHERE id = 2", 2),
        ("UPDATE governance.log SET body = '{ \"number\":1}' WHERE id = 2", 2),
        ("UPDATE governance.log SET by = 'sam' WHERE id = 1", 1),
        ("UPDATE governance.log SET at = '2026-01-01T00:00:00.000000+00:00' WHERE id = 3", 3),
        ("UPDATE governance.log SET kind = 'pack.frozen' WHERE id = 1", 1),
        ("UPDATE governance.log SET case_id = NULL WHERE id = 2", 2),
        ("UPDATE governance.log SET program = 'borealis' WHERE id = 2", 2),
        ("UPDATE governance.log SET sealed = 'sealex' WHERE id = 3", 3),
        ("UPDATE governance.log SET sealed = NULL WHERE id = 3", 3),
        ("UPDATE governance.log SET hash = sha256('x') WHERE id = 2", 2),
        ("DELETE FROM governance.log WHERE id = 2", 2),
        ("DELETE FROM governance.log WHERE id = 1", 1),
        ("UPDATE governance.log SET id = 5 WHERE id = 3", 3),
    ],
)
def test_a_log_that_somebody_changed_is_broken_where_they_did(
    room: CommitteeRoom, statement: str, entry: int
) -> None:
    _three(room)
    _tamper(room, statement)
    with pytest.raises(LogBroken) as broken:
        _verify(room)
    assert broken.value.entry == entry
