"""A coordinator widens a panel whose seats stay open. Below three reviews it never closes."""

from dataclasses import replace

from governance.cases import moving
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.store import log, panels
from governance.store.panels import Panel


def widen(
    sitting: Sitting,
    program: str,
    panel_id: str,
    by: str,
    conflict_days: int | None,
    outside: bool,
    outsiders: int | None = None,
) -> Panel:
    """Let more people be drawn for the open seats of a panel, which the process does next: a shared
    loop counts for so many days only; reviewers without a stage too; so many outsiders.

    Raises:
        CaseRefused: unknown-case; not-in-state, as the panel is not open; not-allowed, as a number
            is out of range
    """
    seen = panels.of(sitting.tx, panel_id)
    if seen is None or seen.program != program:
        raise CaseRefused("unknown-case", "There is no such panel.")
    case = moving.locked(sitting, program, seen.case_id)
    panel = panels.of(sitting.tx, panel_id)
    assert panel is not None, "no panel is deleted"
    if panel.state != "open":
        raise CaseRefused("not-in-state", "The panel is not open any more.")
    wanted = panel.outsiders if outsiders is None else outsiders
    if not 0 <= wanted <= panel.seats or not 0 <= (conflict_days or 0) <= 3650:
        raise CaseRefused("not-allowed", "A number is out of range.")
    widened = replace(panel, conflict_days=conflict_days, outside=outside, outsiders=wanted)
    if widened != panel:
        panels.write(sitting.tx, widened)
        body = {
            "panel": panel.panel_id,
            "conflict_days": conflict_days,
            "outside": outside,
            "outsiders": wanted,
        }
        log.note(sitting.tx, program, case.case_id, "panel.widened", by, body, sitting.now)
    return widened
