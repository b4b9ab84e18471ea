"""`badge-governance calibrate`: how far raters agree, and that closed calibrations are held."""

from collections.abc import Iterator

from governance.calibration import comparing, holding, results
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.rules.calibration import agreement
from governance.rules.calibration.agreement import AgreementHeld
from governance.rules.calibration.terms import CalibrationTerms
from governance.store import calibrations
from governance.store.calibrations import Calibration


def calibrate(sitting: Sitting, program: str, close: str | None) -> Iterator[str]:
    """Close a calibration, if one is named; hold every closed one of a program; then a line for
    each that there was, and its rows.

    Raises:
        CaseRefused: unknown-case
    """
    if close is not None:
        holding.close(sitting, program, close)
    for each in calibrations.of_program(sitting.tx, program):
        if each.state == "closed":
            comparing.hold(sitting, program, each.calibration_id)
    terms = holding.terms_of(rules_in_force.in_force(sitting, program).policy)
    every = calibrations.of_program(sitting.tx, program)
    for each in every:
        yield from _lines(sitting, each, terms)
    if not every:
        yield "no calibration was opened yet"
    for rubric in sorted({each.rubric for each in every}):
        yield from _alarms(results.agreements(results.held(sitting, program, rubric)), terms)


def _lines(sitting: Sitting, each: Calibration, terms: CalibrationTerms) -> Iterator[str]:
    asked = calibrations.raters(sitting.tx, [each.calibration_id])
    head = f"{each.calibration_id}  {each.rubric}  {each.opened_at.date()}  {each.state}"
    if each.result is None:
        begun = sum(one.rated > 0 for one in asked)
        yield f"{head}: {begun} of {len(asked)} have begun, due on {each.due_on}"
        return
    took_part = sum(bool(one.took_part) for one in asked)
    coached = sum(one.finding == "coached" for one in asked)
    yield f"{head}: {took_part} of {len(asked)} took part, {coached} coached"
    bands = each.result.banded(terms)
    for row in each.result.rows:
        alpha = "undefined" if row.alpha is None else f"{row.alpha:.3f}"
        around = "" if row.low is None else f" ({row.low:.3f} to {row.high:.3f})"
        yield f"  {row.row}: alpha {alpha}{around}, {bands[row.row].replace('_', ' ')}"


def _alarms(held: list[AgreementHeld], terms: CalibrationTerms) -> Iterator[str]:
    for fall in agreement.falls(held, terms):
        yield f"alarm: {fall.row} fell from {fall.before:.3f} to {fall.now:.3f}"
    if agreement.is_paused(held, terms):
        yield "alarm: a row is unreliable twice running; decisions that hang on it pause"
