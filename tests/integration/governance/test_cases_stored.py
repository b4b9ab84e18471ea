"""Cases and what hangs on them are stored as they were given, once."""

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from events.instants import Instant
from governance.errors import CaseRefused, OfficerChanged
from governance.store import cases, conflicts, log, outbox, packs, people, seats, signatures
from governance.store.outbox import CommitteeFact
from governance.store.packs import Pack
from governance.store.people import Officer
from governance.store.seats import Recusal, Seat
from governance.store.signatures import Signature
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom

DIGEST = "ab" * 32


def test_a_case_is_read_as_it_was_written_and_each_change_moves_its_version(
    room: CommitteeRoom,
) -> None:
    first = room.open(due_on=date(2026, 12, 4), of_decision="d-1")
    with room.sitting() as sitting:
        assert cases.of(sitting.tx, PROGRAM, first.case_id) == first
        assert cases.of(sitting.tx, "borealis", first.case_id) is None
        assert cases.of(sitting.tx, PROGRAM, "no uuid") is None
        locked = cases.lock(sitting.tx, PROGRAM, first.case_id)
        assert locked == first
        moved = cases.update(sitting.tx, replace(first, state="settling", pack=1))
    assert (moved.version, moved.state) == (2, "settling")
    with room.sitting() as sitting:
        assert cases.of(sitting.tx, PROGRAM, first.case_id) == moved


def test_nobody_has_two_open_cases_about_one_matter_and_one_when_it_ended(
    room: CommitteeRoom,
) -> None:
    first = room.open()
    again = replace(first, case_id="00000000-0000-4000-8000-00000000000a", kind="renewal")
    with room.sitting() as sitting:
        assert not cases.insert(sitting.tx, again)
        assert not cases.insert(sitting.tx, first)
        assert cases.insert(sitting.tx, replace(again, about="master-mentor"))
        cases.update(sitting.tx, replace(first, state="withdrawn"))
        later = replace(again, case_id="00000000-0000-4000-8000-00000000000b")
        assert cases.insert(sitting.tx, later)
        assert [case.about for case in cases.of_subject(sitting.tx, PROGRAM, "imani")] == [
            "proficient-mentor", "master-mentor", "proficient-mentor",
        ]  # fmt: skip


def test_a_decision_has_one_open_withdrawal_and_a_case_one_appeal(room: CommitteeRoom) -> None:
    first = room.open(state="decided", decision_id="d-1")
    held = room.open(kind="withdrawal", state="hearing", of_decision="d-1")
    appeal = room.open(kind="appeal", state="on_desk", of_case=first.case_id)
    with room.sitting() as sitting:
        for number, case in enumerate((held, appeal)):
            other = replace(case, case_id=f"00000000-0000-4000-8000-0000000000a{number}")
            assert not cases.insert(sitting.tx, other)
        of_decision = cases.of_decision(sitting.tx, PROGRAM, "d-1")
        assert of_decision is not None
        assert of_decision.case_id == first.case_id


def test_cases_are_listed_by_what_is_due_first(room: CommitteeRoom) -> None:
    late = room.open("wei", due_on=date(2027, 1, 5))
    soon = room.open("noor", due_on=date(2026, 12, 5))
    never = room.open("priya")
    ended = room.open("kofi", state="final")
    with room.sitting() as sitting:
        listed = cases.page(sitting.tx, PROGRAM, ["applied", "final"], ["first"])
        assert listed == [soon, late, *sorted([never, ended], key=lambda case: case.case_id)]
        assert cases.page(sitting.tx, PROGRAM, ["final"], ["first"], "kofi") == [ended]
        assert ended not in cases.waiting(sitting.tx)


def test_a_key_that_is_erased_opens_nothing_and_the_log_still_verifies(
    room: CommitteeRoom,
) -> None:
    case = room.open()
    with room.sitting() as sitting:
        key = sitting.keys.key_of(case)
        sealed = key.seal(b"words of mine", "application")
        log.note(sitting.tx, PROGRAM, case.case_id, "case.opened", "imani", {}, room.now, sealed)
        assert cases.kids(sitting.tx) == [case.kid]
    room.erase("imani")
    with room.sitting() as sitting:
        erased = cases.of(sitting.tx, PROGRAM, case.case_id)
        assert erased is not None
        with pytest.raises(CaseRefused) as refused:
            sitting.keys.key_of(erased)
        assert refused.value.kind == "key-erased"
        assert log.verify(sitting.tx).entries == 1


def _notice_and_refuse(room: CommitteeRoom, *, keeps: bool) -> None:
    with room.sitting() as sitting:
        log.note(sitting.tx, PROGRAM, None, "pack.frozen", "ruth", {}, room.now)
        raise CaseRefused("pack-changed", "It changed.", keeps=keeps)


def test_a_refusal_rolls_back_unless_it_keeps_what_was_noticed(room: CommitteeRoom) -> None:
    for keeps in (False, True):
        with pytest.raises(CaseRefused):
            _notice_and_refuse(room, keeps=keeps)
        with room.sitting() as sitting:
            assert log.head(sitting.tx).entries == int(keeps)


def test_packs_seats_recusals_openings_and_signatures_are_there_once(room: CommitteeRoom) -> None:
    case = room.open()
    pack = Pack(
        case.case_id, 1, DIGEST, DIGEST, Instant("2026-11-29T12:00:00.000000Z"), DIGEST, DIGEST,
        room.now, b"sealed",
    )  # fmt: skip
    seat = Seat(case.case_id, "ruth", room.now)
    signature = Signature(
        case.case_id, 1, "ruth", "retracted", ("d-2",), ("r-1", "r-2"), 7, room.now
    )
    with room.sitting() as sitting:
        tx = sitting.tx
        packs.add(tx, pack)
        assert packs.of(tx, case.case_id, 1) == pack
        assert packs.of(tx, case.case_id, 2) is None

        assert seats.assign(tx, seat)
        assert not seats.assign(tx, seat)
        assert seats.load(tx, PROGRAM) == {"ruth": 1}
        assert seats.leave(tx, case.case_id, "ruth", "silent", room.now)
        assert not seats.leave(tx, case.case_id, "ruth", "recused", room.now)
        assert seats.load(tx, PROGRAM) == {}
        assert seats.of_case(tx, case.case_id) == [replace(seat, left_at=room.now, why="silent")]

        recusal = Recusal(case.case_id, "ada", "employer", False, room.now)
        assert seats.recuse(tx, recusal)
        assert not seats.recuse(tx, replace(recusal, why="loop"))
        assert seats.recusals(tx, case.case_id) == [recusal]

        assert not signatures.has_opened(tx, case.case_id, 1, "ruth")
        assert signatures.note_opening(tx, case.case_id, 1, "ruth", True, room.now)
        assert not signatures.note_opening(tx, case.case_id, 1, "ruth", True, room.now)
        assert signatures.note_opening(tx, case.case_id, 1, "ruth", False, room.now)
        assert signatures.has_opened(tx, case.case_id, 1, "ruth")
        assert not signatures.has_opened(tx, case.case_id, 2, "ruth")

        signatures.add(tx, signature)
        assert signatures.of_case(tx, case.case_id) == [signature]
    with pytest.raises(psycopg.errors.UniqueViolation), room.sitting() as sitting:
        signatures.add(sitting.tx, signature)


def test_a_fact_waits_once_until_it_is_published(room: CommitteeRoom) -> None:
    case = room.open()
    facts = [
        CommitteeFact(
            f"00000000-0000-4000-8000-0000000000f{number}", case.case_id,
            "mentoring.decision.recorded.v1", f"d-{number}", False, b"imani", b"{}",
        )
        for number in range(2)
    ]  # fmt: skip
    with room.sitting() as sitting:
        outbox.put(sitting.tx, facts, room.now)
        outbox.put(sitting.tx, facts, room.now)
    with room.sitting() as sitting:
        assert outbox.oldest_seconds(sitting.tx, room.now + timedelta(minutes=2)) == 120
        waiting = outbox.waiting(sitting.tx, 10)
        assert [one.fact for one in waiting] == facts
        outbox.mark_published(sitting.tx, waiting[0].id, 3, 17, room.now)
        outbox.mark_published(sitting.tx, waiting[0].id, 3, 18, room.now)
        assert [one.fact for one in outbox.waiting(sitting.tx, 10)] == facts[1:]
        outbox.mark_published(sitting.tx, waiting[1].id, 3, 18, room.now)
        assert outbox.oldest_seconds(sitting.tx, room.now + timedelta(minutes=2)) == 0
    stands = "SELECT partition, record_offset FROM governance.outbox WHERE fact_id = 'd-0'"
    assert room.harness.rows(stands) == [(3, 17)]


def test_somebody_who_governs_is_written_at_the_version_that_was_read(room: CommitteeRoom) -> None:
    ruth = Officer(PROGRAM, "ruth", frozenset({"member"}), employer="Northwind")
    with room.sitting() as sitting:
        written = people.write(sitting.tx, ruth, "cora", room.now)
        assert people.of(sitting.tx, PROGRAM, "ruth") == written
        assert written.version == 1
    until = room.now.date() + timedelta(days=30)
    with room.sitting() as sitting:
        chair = replace(written, roles=frozenset({"chair"}), term_until=until, leave_until=until)
        assert people.write(sitting.tx, chair, "cora", room.now).version == 2
    for stale in (ruth, written):
        with pytest.raises(OfficerChanged), room.sitting() as sitting:
            people.write(sitting.tx, stale, "cora", room.now)
    with room.sitting() as sitting:
        (known,) = people.all_of(sitting.tx, PROGRAM)
        assert known.roles == frozenset({"chair"})
        assert known.term_until == until
        assert known.serves("chair", until)
        assert not known.serves("chair", until + timedelta(days=1))
        assert not known.serves("member", until)
        assert known.is_away(until)
        assert not known.is_away(until + timedelta(days=1))
        bodies = [entry.body for entry in log.entries(sitting.tx)]
    assert len(bodies) == 2
    assert "Northwind" not in "".join(bodies)


def test_a_conflict_stands_once_whoever_declares_it_and_may_end_and_stand_again(
    room: CommitteeRoom,
) -> None:
    with room.sitting() as sitting:
        tx = sitting.tx
        assert conflicts.declare(tx, PROGRAM, ("ruth", "imani"), "family", "ruth", room.now)
        assert not conflicts.declare(tx, PROGRAM, ("imani", "ruth"), "family", "imani", room.now)
        assert conflicts.declare(tx, PROGRAM, ("ruth", "imani"), "employer", "ruth", room.now)
        (employer, family) = conflicts.of_person(tx, PROGRAM, "ruth")
        assert (family.one, family.other, family.why) == ("imani", "ruth", "family")
        assert conflicts.of_person(tx, PROGRAM, "imani") == [employer, family]
        assert conflicts.of_person(tx, PROGRAM, "sam") == []
        assert conflicts.end(tx, PROGRAM, ("ruth", "imani"), "family", "cora", room.now)
        assert not conflicts.end(tx, PROGRAM, ("ruth", "imani"), "family", "cora", room.now)
        assert conflicts.all_of(tx, PROGRAM) == [employer]
        assert conflicts.declare(tx, PROGRAM, ("imani", "ruth"), "family", "imani", room.now)
        assert len(conflicts.all_of(tx, PROGRAM)) == 2
        assert [entry.kind for entry in log.entries(tx)] == ["conflict.declared"] * 4
