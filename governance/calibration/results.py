"""What calibrations came to: rows for everybody who may see them, a bias for whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from governance.calibration import rating
from governance.committee import Sitting
from governance.rules.calibration.agreement import AgreementHeld
from governance.rules.calibration.raters import RaterFinding, RaterResult
from governance.store import anchors, calibrations
from governance.store.calibrations import Calibration, Rater


def held(sitting: Sitting, program: str, rubric: str) -> list[Calibration]:
    """The calibrations of a rubric ("practice/1") that have a result, latest first."""
    every = calibrations.of_program(sitting.tx, program, rubric)
    return [each for each in every if each.result is not None]


def agreements(of: Iterable[Calibration]) -> list[AgreementHeld]:
    """How far raters agreed in calibrations that asked everybody, in their order."""
    return [each.result for each in of if each.result is not None and each.asks == "everybody"]


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What a calibration says of one rater, which only they read."""

    calibration_id: str
    took_part: bool
    finding: RaterFinding
    result: RaterResult


def own(sitting: Sitting, program: str, asked: Iterable[Rater]) -> dict[str, OwnResult]:
    """What calibrations say of a rater, by calibration; `asked`: their rows.

    Raises:
        SealBroken
    """
    theirs = {}
    rows = [each for each in asked if each.sealed is not None]
    if not rows:
        return {}
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    for each in rows:
        assert each.sealed is not None
        assert each.finding is not None
        bound = rating.bound_to(each.calibration_id, each.rater, "result")
        result = msgspec.json.decode(key.open(each.sealed, bound), type=RaterResult)
        theirs[each.calibration_id] = OwnResult(
            each.calibration_id, bool(each.took_part), each.finding, result
        )
    return theirs
