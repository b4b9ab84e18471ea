"""On the desk: seats, packs that are opened, signatures, and all that may go wrong with them."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from governance.cases import desk, moving
from governance.errors import CaseRefused
from governance.store import conflicts, people, signatures
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import MEMBERS, SUBJECT, Lodge, refused
from tests.support.issuing import NOW


@pytest.fixture
def ready(lodge: Lodge) -> Lodge:
    """Where the subject is ready for `senior`."""
    lodge.ready()
    return lodge


def test_two_signatures_decide_and_the_decision_becomes_an_award(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    assert ready.open_and_sign(case, first, "granted").state == "on_desk"
    assert ready.published() == []
    case = ready.open_and_sign(case, second, "granted")

    assert (case.state, case.outcome) == ("decided", "granted")
    (event,) = ready.published()
    data = event["data"]
    assert (event["type"], data["decision_id"]) == (
        "mentoring.decision.recorded.v1", case.decision_id
    )  # fmt: skip
    assert data["approver_ids"] == sorted([first, second])
    assert data["pack"] == ready.digest(case)
    assert ready.seated(case) == []
    ready.deliver()
    assert ready.standing() == ["senior"]
    assert ready.log_of(case)[-3:] == ["pack.opened", "vote.signed", "decision.published"]


def test_what_is_declined_is_a_fact_and_no_award(lodge: Lodge) -> None:
    case = lodge.on_desk()
    with pytest.raises(CaseRefused) as open_line:
        lodge.open_and_sign(case, lodge.seated(case)[0], "granted")
    assert refused("outcome-not-offered", open_line.value)
    with pytest.raises(CaseRefused) as silent:
        lodge.sign(case, lodge.seated(case)[0], "declined", statement="  ")
    assert refused("statement-needed", silent.value)

    case = lodge.decide(case, "declined")

    (event,) = lodge.published()
    assert event["data"]["outcome"] == "declined"
    assert "statement" not in event["data"]
    lodge.deliver()
    assert lodge.standing() == []


def test_a_member_who_signs_twice_has_signed_once(ready: Lodge) -> None:
    case = ready.on_desk()
    first, _ = ready.seated(case)
    once = ready.open_and_sign(case, first, "granted")
    assert ready.sign(case, first, "granted") == once
    for other in ({"outcome": "declined"}, {"outcome": "granted", "statement": "other words"}):
        with pytest.raises(CaseRefused) as twice:
            ready.sign(case, first, **other)  # type: ignore[arg-type]
        assert refused("already-signed", twice.value)
    assert ready.log_of(case).count("vote.signed") == 1


def test_the_signature_that_decided_repeated_is_the_same_answer(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    decided = ready.open_and_sign(case, second, "granted")
    assert ready.sign(case, second, "granted") == decided
    assert len(ready.published()) == 1


def test_nobody_signs_or_reads_a_case_of_their_own(ready: Lodge) -> None:
    ready.room.seat(SUBJECT)
    case = ready.on_desk()
    assert SUBJECT not in ready.seated(case)
    for act in (lambda: ready.open(case, SUBJECT), lambda: ready.sign(case, SUBJECT, "granted")):
        with pytest.raises(CaseRefused) as own:
            act()
        assert own.value.kind == "is-subject"


def test_only_who_has_a_seat_opens_and_signs(ready: Lodge) -> None:
    case = ready.on_desk()
    other = next(member for member in MEMBERS if member not in ready.seated(case))
    for act in (lambda: ready.open(case, other), lambda: ready.sign(case, other, "granted")):
        with pytest.raises(CaseRefused) as unseated:
            act()
        assert refused("not-seated", unseated.value)


def test_a_pack_is_opened_before_it_is_signed(ready: Lodge) -> None:
    case = ready.on_desk()
    with pytest.raises(CaseRefused) as unread:
        ready.sign(case, ready.seated(case)[0], "granted")
    assert refused("pack-not-opened", unread.value)


def test_who_signs_has_just_authenticated(ready: Lodge) -> None:
    case = ready.on_desk()
    member = ready.seated(case)[0]
    ready.open(case, member)
    long_ago = ready.room.now - timedelta(minutes=5, seconds=1)
    with pytest.raises(CaseRefused) as stale:
        ready.sign(case, member, "granted", authenticated_at=long_ago)
    assert refused("authenticate-again", stale.value)


def test_a_recused_member_cannot_sign_and_another_is_assigned(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    ready.open(case, second)
    with ready.room.sitting() as sitting:
        desk.recuse(sitting, PROGRAM, case.case_id, second, "an old friend")
        desk.recuse(sitting, PROGRAM, case.case_id, second, "an old friend")
    with pytest.raises(CaseRefused) as out:
        ready.sign(case, second, "granted")
    assert refused("recused", out.value)
    assert ready.left(case) == {second: "recused"}
    (third,) = set(ready.seated(case)) - {first}

    case = ready.open_and_sign(case, third, "granted")

    assert case.state == "decided"
    (event,) = ready.published()
    assert event["data"]["recused_ids"] == [second]
    assert ready.log_of(case).count("member.recused") == 1


def test_a_conflict_that_shows_at_signing_recuses(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    ready.open(case, second)
    with ready.room.sitting() as sitting:
        conflicts.declare(sitting.tx, PROGRAM, (SUBJECT, second), "family", SUBJECT, sitting.now)
    with pytest.raises(CaseRefused) as found:
        ready.sign(case, second, "granted")
    assert refused("recused", found.value)
    assert ready.left(case) == {second: "recused"}  # what the refusal wrote is kept
    assert len(ready.seated(case)) == 2


def test_what_somebody_signed_before_they_were_recused_does_not_count(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    with ready.room.sitting() as sitting:
        desk.recuse(sitting, PROGRAM, case.case_id, first)
    assert ready.open_and_sign(case, second, "granted").state == "on_desk"
    (third,) = set(ready.seated(case)) - {second}
    assert ready.open_and_sign(case, third, "granted").state == "decided"
    (event,) = ready.published()
    assert event["data"]["approver_ids"] == sorted([second, third])


def test_members_in_conflict_get_no_seat(ready: Lodge) -> None:
    with ready.room.sitting() as sitting:
        for member in MEMBERS[:3]:
            conflicts.declare(sitting.tx, PROGRAM, (SUBJECT, member), "family", member, sitting.now)
    ready.room.seat("gus", "bench")  # two members are below the quorum of three
    case = ready.on_desk()
    assert set(ready.seated(case)) <= {"dora", "emil", "gus"}
    assert ready.log_of(case).count("member.recused") == 3


def test_a_line_that_falls_while_on_the_desk_freezes_the_pack_again(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    ready.open(case, second)
    before = ready.digest(case)
    ready.retract("review.submitted", "panel-3")

    with pytest.raises(CaseRefused) as changed:
        ready.sign(case, second, "granted")

    assert refused("pack-changed", changed.value)
    case = ready.case(case.case_id)
    assert (case.state, case.pack) == ("on_desk", 2)
    assert ready.digest(case) != before
    with pytest.raises(CaseRefused) as stale:
        ready.sign(case, second, "granted", pack=before)
    assert refused("pack-not-opened", stale.value)
    with pytest.raises(CaseRefused) as fallen:
        ready.open_and_sign(case, second, "granted")
    assert refused("outcome-not-offered", fallen.value)
    # The signature on the pack before does not count: both sign again.
    assert ready.sign(case, second, "declined").state == "on_desk"
    assert ready.open_and_sign(case, first, "declined").state == "decided"


def test_an_old_pack_is_not_signed_once_the_new_one_is_open(ready: Lodge) -> None:
    case = ready.on_desk()
    first, _ = ready.seated(case)
    before = ready.digest(case)
    ready.open(case, first)
    ready.training("late", 1, days_ago=20)
    with pytest.raises(CaseRefused):
        ready.sign(case, first, "granted")
    ready.open(case, first)
    with pytest.raises(CaseRefused) as stale:
        ready.sign(case, first, "granted", pack=before)
    assert refused("pack-changed", stale.value)


def test_split_votes_bring_a_third(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    case = ready.open_and_sign(case, second, "declined")
    assert case.state == "on_desk"
    (third,) = set(ready.seated(case)) - {first, second}
    case = ready.open_and_sign(case, third, "declined")
    assert (case.state, case.outcome) == ("decided", "declined")
    (event,) = ready.published()
    assert event["data"]["approver_ids"] == sorted([second, third])


def test_a_silent_seat_goes_to_another_after_ten_days(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    ready.open_and_sign(case, first, "granted")
    ready.room.move(days=10)
    ready.step()
    assert ready.seated(case) == [first, second]
    ready.room.move(days=1)
    ready.step()
    assert ready.left(case) == {second: "silent"}
    assert first in ready.seated(case)
    with pytest.raises(CaseRefused) as late:
        ready.open_and_sign(case, second, "granted")
    assert refused("not-seated", late.value)


def test_who_has_left_the_committee_signs_nothing_and_another_is_assigned(ready: Lodge) -> None:
    case = ready.on_desk()
    gone, other = ready.seated(case)
    ready.open(case, gone)
    _only(ready, *(set(MEMBERS) - {gone}))
    for act in (lambda: ready.open(case, gone), lambda: ready.sign(case, gone, "granted")):
        with pytest.raises(CaseRefused) as left:
            act()
        assert refused("not-seated", left.value)
    ready.step()
    assert ready.left(case) == {gone: "silent"}
    assert len(ready.seated(case)) == 2
    assert other in ready.seated(case)


@pytest.mark.parametrize(
    "until",
    [{"term_until": NOW.date()}, {"leave_until": NOW.date() + timedelta(9)}],
    ids=["term over", "on leave"],
)
def test_who_is_past_their_term_or_away_signs_nothing_and_another_is_assigned(
    ready: Lodge, until: dict[str, Any]
) -> None:
    case = ready.on_desk()
    first, _ = ready.seated(case)
    ready.open(case, first)
    with ready.room.sitting() as sitting:
        known = people.of(sitting.tx, PROGRAM, first)
        assert known is not None
        people.write(sitting.tx, replace(known, **until), "cora", ready.room.now)
    with pytest.raises(CaseRefused) as late:
        ready.sign(case, first, "granted")
    assert refused("not-seated", late.value)
    ready.step()
    assert first not in ready.seated(case)
    assert len(ready.seated(case)) == 2


def test_a_silent_seat_stays_while_nobody_else_is_there(lodge: Lodge) -> None:
    _only(lodge, "ada", "ben")
    lodge.ready()
    case = lodge.on_desk()
    lodge.room.move(days=20)
    lodge.step()
    assert sorted(lodge.seated(case)) == ["ada", "ben"]


def test_below_the_quorum_nobody_decides_until_somebody_joins(lodge: Lodge) -> None:
    _only(lodge, "ada")
    lodge.ready()
    case = lodge.on_desk()
    assert lodge.seated(case) == []
    lodge.step()
    assert lodge.seated(case) == []
    lodge.room.seat("gus", "bench")
    lodge.step()
    assert sorted(lodge.seated(case)) == ["ada", "gus"]


def test_the_deadline_passes_and_the_case_stays_to_be_decided(ready: Lodge) -> None:
    case = ready.on_desk()
    ready.room.move(days=60)
    ready.step()
    assert ready.case(case.case_id).due_on == case.due_on
    ready.decide(ready.case(case.case_id), "granted")


def test_two_desks_at_once_decide_once(ready: Lodge) -> None:
    case = ready.on_desk()
    first, second = ready.seated(case)
    for member in (first, second):
        ready.open(case, member)
    start, states = threading.Barrier(2), []

    def sign(member: str) -> None:
        start.wait(10)
        states.append(ready.sign(case, member, "granted").state)

    threads = [threading.Thread(target=sign, args=(member,)) for member in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(states) == ["decided", "on_desk"]
    assert len(ready.published()) == 1
    assert ready.log_of(case).count("decision.published") == 1


def test_names_are_left_out_until_they_are_asked_for_with_a_reason(ready: Lodge) -> None:
    case = ready.on_desk()
    member = ready.seated(case)[0]
    opened = ready.open(case, member)
    assert opened.subject is None
    assert SUBJECT not in str(opened.document)
    with pytest.raises(CaseRefused) as silent, ready.room.sitting() as sitting:
        desk.open_pack(sitting, PROGRAM, case.case_id, member, blind=False)
    assert refused("statement-needed", silent.value)
    with ready.room.sitting() as sitting:
        named = desk.open_pack(
            sitting, PROGRAM, case.case_id, member, blind=False, reason="a waiver is asked for"
        )
    assert named.subject == SUBJECT
    assert ready.log_of(case).count("pack.opened") == 2
    ready.open(case, member)
    assert ready.log_of(case).count("pack.opened") == 2


def test_an_auditor_opens_any_pack_and_signs_none(ready: Lodge) -> None:
    ready.room.seat("olga", "auditor")
    case = ready.on_desk()
    ready.open(case, "olga")
    assert ready.log_of(case)[-1] == "pack.opened"
    with pytest.raises(CaseRefused) as unseated:
        ready.sign(case, "olga", "granted")
    assert refused("not-seated", unseated.value)


def test_somebody_outside_cannot_recuse_themselves(ready: Lodge) -> None:
    case = ready.on_desk()
    with pytest.raises(CaseRefused) as outside, ready.room.sitting() as sitting:
        desk.recuse(sitting, PROGRAM, case.case_id, "somebody")
    assert refused("not-allowed", outside.value)


def test_a_case_that_is_not_there_is_not_there(lodge: Lodge) -> None:
    for name in ("no uuid", "00000000-0000-4000-8000-000000000999"):
        with pytest.raises(CaseRefused) as unknown, lodge.room.sitting() as sitting:
            moving.acknowledge(sitting, PROGRAM, name, "cora")
        assert refused("unknown-case", unknown.value)


def test_signatures_of_withdrawn_cases_are_refused(ready: Lodge) -> None:
    case = ready.on_desk()
    member = ready.seated(case)[0]
    ready.open(case, member)
    with ready.room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, SUBJECT)
    with pytest.raises(CaseRefused) as over:
        ready.sign(case, member, "granted")
    assert refused("not-in-state", over.value)
    with ready.room.sitting() as sitting:
        assert signatures.of_case(sitting.tx, case.case_id) == []


def _only(lodge: Lodge, *members: str) -> None:
    """Let these be the committee."""
    with lodge.room.sitting() as sitting:
        others = [officer.participant for officer in people.all_of(sitting.tx, PROGRAM)]
    for other in others:
        if other not in members:
            lodge.room.dismiss(other)
