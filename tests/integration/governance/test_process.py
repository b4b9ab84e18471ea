"""What the process does by itself, and how it publishes."""

import pytest

from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from governance.cases import desk, opening
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.panels import weekly
from governance.process import publishing
from governance.process.daily_work import DailyWork
from governance.process.moving_on import MovingOn
from governance.store import cases, outbox
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge


class FailingPublisher:
    """Confirms all but the records with these numbers, counted over its life."""

    def __init__(self, *failing: int) -> None:
        self.sent: list[OutgoingRecord] = []
        self._failing = failing
        self._confirmed: dict[str, Confirmed] = {}
        self._new: list[str] = []

    def send(self, record: OutgoingRecord) -> None:
        self.sent.append(record)
        if len(self.sent) - 1 in self._failing:
            self._new.append(record.event_id)
        else:
            self._confirmed[record.event_id] = Confirmed("topic", 0, len(self.sent))

    def flush(self) -> None:
        failed, self._new = self._new, []
        if failed:
            raise DeliveryError([(name, "away") for name in failed])

    def confirmed(self, event_id: str) -> Confirmed | None:
        return self._confirmed.get(event_id)


@pytest.fixture
def decided(lodge: Lodge) -> Lodge:
    """Two decisions wait to be published."""
    lodge.ready()
    for about in ("senior", "waiver-leave"):
        lodge.decide(lodge.on_desk(about), "granted")
    return lodge


def waiting(lodge: Lodge) -> int:
    with lodge.room.sitting() as sitting:
        return len(outbox.waiting(sitting.tx, 10))


def test_what_kafka_confirmed_is_marked_and_the_rest_repeated_byte_for_byte(
    decided: Lodge,
) -> None:
    publisher = FailingPublisher(0)
    with pytest.raises(DeliveryError):
        publishing.publish(decided.room.committee, publisher)
    assert waiting(decided) == 1
    assert publishing.publish(decided.room.committee, publisher) == 1
    assert publishing.publish(decided.room.committee, publisher) == 0
    first, second, again = publisher.sent
    assert again == first
    assert second != first
    assert {record.destination for record in publisher.sent} == {"governance"}


def test_what_was_decided_stays_as_it_was_published(decided: Lodge) -> None:
    publishing.publish(decided.room.committee, FailingPublisher())
    with decided.room.harness.transaction() as tx:
        rows = tx.rows("SELECT partition, record_offset FROM governance.outbox ORDER BY id")
    assert rows == [(0, 1), (0, 2)]


def test_a_case_that_fails_does_not_hold_up_the_others(
    lodge: Lodge, monkeypatch: pytest.MonkeyPatch
) -> None:
    lodge.ready()
    broken, fine = lodge.apply("senior"), lodge.apply("waiver-leave")
    lodge.room.move(hours=73)
    bring = desk.bring

    def failing(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
        if case.case_id == broken.case_id:
            raise RuntimeError("broken")
        return bring(sitting, rules, case)

    monkeypatch.setattr(desk, "bring", failing)
    lodge.step()
    assert lodge.case(fine.case_id).state == "on_desk"
    assert lodge.case(broken.case_id).state == "settling"


def test_the_facts_behind_a_case_are_looked_at_once_in_a_while(lodge: Lodge) -> None:
    clock = 0.0
    process = MovingOn(lodge.room.committee, look_again=60, clock=lambda: clock)
    lodge.training("clinic", 12)
    case = lodge.apply()
    process.step()
    lodge.reviews("panel", 3, 3, 3)
    clock = 59
    process.step()
    assert lodge.case(case.case_id).state == "acknowledged"
    clock = 60
    process.step()
    assert lodge.case(case.case_id).state == "settling"


def test_renewals_open_and_decisions_are_audited_once_a_day(lodge: Lodge) -> None:
    lodge.ready()
    granted = lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    daily = DailyWork(lodge.room.committee)
    assert daily.step() == 1
    assert daily.step() == 0
    lodge.retract("review.submitted", "panel-3")
    assert daily.step() == 0
    lodge.room.move(days=300)

    assert daily.step() == 1

    with lodge.room.sitting() as sitting:
        theirs = cases.of_subject(sitting.tx, PROGRAM, SUBJECT)
    opened = {(case.kind, case.opened_by) for case in theirs if case.case_id != granted.case_id}
    assert opened == {("renewal", "governance"), ("withdrawal", "audit")}


def test_a_draw_that_cannot_be_held_keeps_no_decision_from_being_audited(
    lodge: Lodge, monkeypatch: pytest.MonkeyPatch
) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    lodge.retract("review.submitted", "panel-3")

    def fail(*_: object) -> None:
        raise ValueError("a seat that does not open")

    monkeypatch.setattr(weekly, "hold_due", fail)
    DailyWork(lodge.room.committee).step()

    with lodge.room.sitting() as sitting:
        kinds = {case.kind for case in cases.of_subject(sitting.tx, PROGRAM, SUBJECT)}
    assert "withdrawal" in kinds


def test_a_renewal_that_is_open_is_not_opened_again(lodge: Lodge) -> None:
    lodge.ready()
    with lodge.room.sitting() as sitting:
        first = opening.open_renewal(sitting, PROGRAM, SUBJECT, "senior")
        assert first is not None
        assert opening.open_renewal(sitting, PROGRAM, SUBJECT, "senior") is None


def test_open_cases_of_who_was_erased_end(lodge: Lodge) -> None:
    lodge.ready()
    open_one, decided = lodge.on_desk(), lodge.decide(lodge.on_desk("waiver-leave"), "granted")
    lodge.room.erase(SUBJECT)
    lodge.step()
    assert lodge.case(open_one.case_id).state == "withdrawn"
    assert lodge.seated(open_one) == []
    assert lodge.case(decided.case_id).state == "decided"


def test_where_the_log_ends_is_noted_once_a_day(
    lodge: Lodge, capsys: pytest.CaptureFixture[str]
) -> None:
    daily = DailyWork(lodge.room.committee)
    noted = []
    for hours in (0, 1, 24):
        lodge.room.move(hours=hours)
        daily.step()
        noted.append(capsys.readouterr().out.count("log ends here"))
    assert noted == [1, 0, 1]
