"""What `make demo-recognition` asks of a committee: a verified draw, and a fairness report."""

from datetime import datetime

import pytest

from engine.handlers.policy import IntakePolicy
from examples.recognition import governed
from governance.commands import drawing, fairness_report
from governance.rules.panels.weeks import Week
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.project.examples.aurora import LINES
from tests.support.notes import MASTER


@pytest.fixture
def guild(room: CommitteeRoom) -> CommitteeRoom:
    """Aurora Guild with the committee of the demonstration."""
    room.now = datetime.fromisoformat(governed.NOW)
    terms = IntakePolicy(clock=lambda: room.now, notes_key=MASTER)
    room.harness.tell_by_topic(*LINES, terms=terms)
    governed.prepare(room.committee)
    return room


def test_a_panel_is_drawn_for_who_lacks_reviews_and_the_draw_holds(guild: CommitteeRoom) -> None:
    with guild.sitting() as sitting:
        drawn = drawing.draw(sitting, PROGRAM, Week.parse(governed.WEEK))
    assert drawn[-1] == "3 asked, 1 in reserve"
    draw = governed.draw_id(guild.committee)
    with guild.sitting() as sitting:
        lines, holds = drawing.verify(sitting, PROGRAM, draw, "vera")
    assert (lines[-1], holds) == ("the draw holds", True)


def test_the_fairness_table_has_one_amber(guild: CommitteeRoom) -> None:
    with guild.sitting() as sitting:
        lines = list(fairness_report.lines(sitting, PROGRAM, None, publish=True))
    assert "0 red, 1 amber" in lines
    assert (
        "amber: commitment under-5-hours, eligible: 3 of 6 (50%, 19% to 81%), "
        "0.50 of the highest rate, p 0.18"
    ) in lines
    assert "  of proficient-mentor they most lack: practical score (3 of them)" in lines
