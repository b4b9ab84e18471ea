"""Panels of cases as a draw leaves them, with the reviewers that a test wants."""

from collections.abc import Sequence
from uuid import uuid4

from governance.cases import moving, rules_in_force
from governance.panels import asking, closing
from governance.store import panels
from governance.store.panels import Panel
from tests.integration.web.governed import PlantedCommittee


def plant_panel(
    committee: PlantedCommittee,
    program: str,
    case_id: str,
    reviewers: Sequence[str],
    *,
    seats: int = 3,
    rubric: str = "practice",
) -> tuple[str, list[str]]:
    """A panel of a case, and requests to these people, all at one moment; gives both. The case is
    drawn, if it waits for that."""
    with committee.sitting(hours=1) as sitting:
        rules = rules_in_force.in_force(sitting, program)
        case = moving.locked(sitting, program, case_id)
        panel = Panel(str(uuid4()), case_id, program, rubric, 1, seats, 1, 2.0, sitting.now)
        panels.add(sitting.tx, panel)
        if case.state == "acknowledged":
            case = moving.move(sitting, rules, case, "drawn")
        asked = [
            asking.ask(sitting, rules, case, panel, reviewer, "other").request_id
            for reviewer in reviewers
        ]
        asking.note_requested(sitting, case, panel, len(asked), "drawn")
    return panel.panel_id, asked


def close_panel(committee: PlantedCommittee, program: str, panel_id: str) -> None:
    """The panel closes, with the reviews that were given."""
    with committee.sitting(hours=1) as sitting:
        rules = rules_in_force.in_force(sitting, program)
        panel = panels.of(sitting.tx, panel_id)
        assert panel is not None
        case = moving.locked(sitting, program, panel.case_id)
        closing.close(sitting, rules, case, panel)
