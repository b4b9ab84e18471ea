"""Somebody applies: seen, waiting or going on, frozen, on the desk, or withdrawn again."""

import uuid

import pytest

from governance.cases import moving, opening, texts
from governance.errors import CaseRefused
from governance.store import log
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge, refused


def test_who_meets_every_line_goes_straight_to_settling(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.apply()
    assert (case.kind, case.state, case.pack) == ("first", "settling", 1)
    assert lodge.log_of(case) == ["case.opened", "case.acknowledged", "pack.frozen"]


def test_a_coordinator_does_not_acknowledge_an_application_of_their_own(lodge: Lodge) -> None:
    case = lodge.apply()
    assert case.state == "applied"
    with lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as own:
        moving.acknowledge(sitting, PROGRAM, case.case_id, "user-1", participant=SUBJECT)
    assert refused("not-allowed", own.value)
    assert lodge.case(case.case_id).state == "applied"


def test_who_lacks_only_reviews_is_acknowledged_and_goes_on_when_they_are_there(
    lodge: Lodge,
) -> None:
    lodge.training("clinic", 12)
    case = lodge.apply()
    assert case.state == "acknowledged"
    lodge.step()
    assert lodge.case(case.case_id).state == "acknowledged"

    lodge.reviews("panel", 3, 3, 3)
    lodge.step()

    assert lodge.case(case.case_id).state == "settling"


def test_who_lacks_more_waits_for_a_coordinator_and_may_go_on_with_open_lines(
    lodge: Lodge,
) -> None:
    case = lodge.apply()
    assert (case.state, str(case.due_on)) == ("applied", "2026-12-04")
    with lodge.room.sitting() as sitting:
        seen = moving.acknowledge(sitting, PROGRAM, case.case_id, "cora")
        again = moving.acknowledge(sitting, PROGRAM, case.case_id, "cora")
        (entry,) = [e for e in log.of_case(sitting.tx, case.case_id) if e.kind.endswith("edged")]
    assert (seen.state, again) == ("acknowledged", seen)
    assert (entry.by, len(entry.details["lines_open"])) == ("cora", 2)
    with lodge.room.sitting() as sitting:
        assert moving.go_on(sitting, PROGRAM, case.case_id, SUBJECT).state == "settling"
        assert moving.go_on(sitting, PROGRAM, case.case_id, SUBJECT).state == "settling"


def test_the_reason_is_readable_under_the_key_of_the_case_only(lodge: Lodge) -> None:
    case = lodge.apply(reason="my private reason")
    with lodge.room.sitting() as sitting:
        (entry,) = log.of_case(sitting.tx, case.case_id)
        assert b"private" not in (entry.sealed or b"") + entry.body.encode()
        assert texts.read(sitting, case, entry) == "my private reason"


def test_a_request_that_comes_twice_is_one_case(lodge: Lodge) -> None:
    key = str(uuid.uuid4())
    with lodge.room.sitting() as sitting:
        first = opening.apply(sitting, PROGRAM, SUBJECT, "senior", "", key)
        assert opening.apply(sitting, PROGRAM, SUBJECT, "senior", "", key) == first
        with pytest.raises(CaseRefused) as other:
            opening.apply(sitting, PROGRAM, SUBJECT, "elder", "", key)
    assert refused("not-allowed", other.value)


def test_there_is_one_open_case_of_a_matter(lodge: Lodge) -> None:
    lodge.apply()
    with pytest.raises(CaseRefused) as again:
        lodge.apply()
    assert refused("already-open", again.value)
    assert lodge.apply("elder").about == "elder"


def test_what_the_committee_does_not_decide_cannot_be_applied_for(lodge: Lodge) -> None:
    with pytest.raises(CaseRefused) as unknown:
        lodge.apply("fast-talker")
    assert refused("unknown-matter", unknown.value)


def test_a_waiver_has_no_lines_and_settles_at_once(lodge: Lodge) -> None:
    case = lodge.apply("waiver-leave")
    assert (case.kind, case.state) == ("waiver", "settling")


def test_somebody_may_withdraw_until_it_is_decided(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.on_desk()
    with pytest.raises(CaseRefused) as other, lodge.room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, "somebody-else")
    assert refused("unknown-case", other.value)
    with lodge.room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, SUBJECT)
        case = moving.withdraw(sitting, PROGRAM, case.case_id, SUBJECT)
    assert (case.state, case.due_on, lodge.seated(case)) == ("withdrawn", None, [])
    assert lodge.log_of(case)[-1] == "case.withdrawn"
    assert lodge.apply().state == "settling"  # and may apply again


def test_a_decided_case_cannot_be_withdrawn(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.decide(lodge.on_desk(), "granted")
    with pytest.raises(CaseRefused) as late, lodge.room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, SUBJECT)
    assert refused("not-in-state", late.value)


def test_a_pack_settles_for_its_hours(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.apply()
    lodge.room.move(hours=71.9)
    lodge.step()
    assert lodge.case(case.case_id).state == "settling"
    lodge.room.move(hours=0.2)
    lodge.step()
    case = lodge.case(case.case_id)
    assert (case.state, case.pack, len(lodge.seated(case))) == ("on_desk", 1, 2)


def test_a_late_fact_freezes_the_pack_again_without_more_settling(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.apply()
    lodge.training("another", 1, days_ago=5)
    lodge.room.move(hours=73)
    lodge.step()
    case = lodge.case(case.case_id)
    assert (case.state, case.pack) == ("on_desk", 2)
    assert lodge.log_of(case).count("pack.frozen") == 2


def test_a_fact_of_after_the_instant_of_the_pack_changes_nothing(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.apply()
    lodge.room.move(hours=73)
    lodge.training("another", 1, days_ago=1)
    lodge.step()
    assert lodge.case(case.case_id).pack == 1


def test_a_term_is_renewed_from_the_day_that_the_renewal_opens(lodge: Lodge) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    assert lodge.standing() == ["senior"]
    with pytest.raises(CaseRefused) as early:
        lodge.apply()
    assert refused("not-allowed", early.value)
    lodge.room.move(days=300)
    assert lodge.apply().kind == "renewal"
