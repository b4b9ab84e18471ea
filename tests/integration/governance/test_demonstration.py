"""The committee of the demonstration: by the example history, each case is where it is to be."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.handlers.policy import IntakePolicy
from events import history_file
from events.schemas.decision_recorded import DecisionRecorded
from governance import renewals
from governance.audit import daily
from governance.calibration import comparing
from governance.rules.calibration.terms import CalibrationTerms
from governance.store import calibrations as calibration_store
from governance.store import cases, outbox, panels, seats
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.notes import MASTER
from web.demo import calibrations, committee, demonstration

DECISION = DecisionRecorded.TYPE
HISTORY = Path(__file__).parents[3] / "examples/recognition/history.jsonl"


@pytest.fixture
def shown(room: CommitteeRoom) -> CommitteeRoom:
    """What `make pages` shows at its start."""
    terms = IntakePolicy(clock=lambda: room.now, notes_key=MASTER)
    lines = demonstration.moved(history_file.lines(HISTORY), room.now)
    room.harness.tell_by_topic(*(line for _, line in lines), terms=terms)
    now = room.now
    committee.make(room.committee, lambda at: setattr(room, "now", at), now)
    room.now = now
    return room


def test_one_case_is_on_the_desk_and_one_was_declined_and_may_be_appealed(
    shown: CommitteeRoom,
) -> None:
    with shown.sitting() as sitting:
        amaras = cases.of(sitting.tx, PROGRAM, committee.AMARAS)
        mateos = cases.of(sitting.tx, PROGRAM, committee.MATEOS)
        seated = {seat.member for seat in seats.of_case(sitting.tx, committee.AMARAS)}
        waiting = outbox.waiting(sitting.tx, 10)
    assert amaras is not None
    assert mateos is not None
    assert (amaras.state, len(seated)) == ("on_desk", 2)
    assert (mateos.state, mateos.outcome) == ("decided", "declined")
    assert mateos.due_on is not None
    assert mateos.due_on > shown.now.date() + timedelta(days=7)
    decided = [each.fact.fact_id for each in waiting if each.fact.fact_type == DECISION]
    assert decided == [mateos.decision_id]


def test_a_hearing_and_a_renewal_open_by_themselves(shown: CommitteeRoom) -> None:
    with shown.sitting() as sitting:
        renewals.open_due(sitting, PROGRAM)
        daily.audit(sitting, PROGRAM)
    with shown.sitting() as sitting:
        hearings = cases.page(sitting.tx, PROGRAM, ["hearing"], ["withdrawal"])
        renewed = cases.page(sitting.tx, PROGRAM, ["reviewing"], ["renewal"])
    assert "noor" in {case.subject for case in hearings}
    assert "priya" in {case.subject for case in renewed}


def test_one_calibration_has_a_coached_rater_and_another_waits_for_ratings(
    shown: CommitteeRoom,
) -> None:
    assert comparing.hold_due(shown.committee) == 1
    with shown.sitting() as sitting:
        assert calibrations.is_ready(sitting)
        opened, held = calibration_store.of_program(sitting.tx, PROGRAM)
        asked = calibration_store.raters(sitting.tx, [held.calibration_id])
    assert (opened.rubric, opened.state) == ("practical/1", "open")
    assert [each.rater for each in asked if each.finding == "coached"] == ["sofia"]
    assert all(each.took_part for each in asked)
    assert held.result is not None
    bands = held.result.banded(CalibrationTerms())
    assert set(bands.values()) == {"good", "fair"}


def test_a_panel_is_drawn_and_one_of_its_reviews_is_still_asked_for(shown: CommitteeRoom) -> None:
    with shown.sitting() as sitting:
        open_ones = panels.of_program(sitting.tx, PROGRAM, ["open"])
        states = [
            seat.state
            for seat in panels.seats_of(sitting.tx, [one.panel_id for one in open_ones])
            if seat.state != "reserve"
        ]
        reviewed = cases.page(sitting.tx, PROGRAM, ["reviewing"], ["renewal"])
    assert [(case.subject, case.about) for case in reviewed] == [("priya", "proficient-mentor")]
    assert [one.rubric for one in open_ones] == ["practice"]
    assert sorted(states) == ["asked", "given", "given"]
