"""Raters rate anchors, one after the other, until the calibration closes."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from engine.catalog.policy import Rubric
from governance.calibration import holding, keeping
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.calibration import anchors as rules
from governance.store import anchors, calibrations
from governance.store.anchors import Anchor
from governance.store.calibrations import AnchorRating, Calibration, Rater
from governance.store.sealing import CaseKey


@dataclass(frozen=True, slots=True)
class RaterSheet:
    """A calibration as a rater sees it. `anchors`: those that they rate, in their order, as far as
    they are there; `given`: what they gave, by anchor and row."""

    calibration: Calibration
    rubric: Rubric
    anchors: tuple[Anchor, ...]
    given: Mapping[str, Mapping[str, int]]

    @property
    def is_done(self) -> bool:
        """Whether every anchor is rated."""
        return rules.took_part([each.anchor_id for each in self.anchors], self.given)


def sheet(sitting: Sitting, program: str, calibration_id: str, rater: str) -> RaterSheet:
    """What somebody rates. A reviewer who was not asked may join one that asks everybody.

    Raises:
        CaseRefused: unknown-case, as there is no such calibration, or not for them.
    """
    calibration = calibrations.of(sitting.tx, program, calibration_id)
    if calibration is None or not _is_asked(sitting, calibration, rater):
        raise CaseRefused("unknown-case", "There is no such calibration.")
    return _sheet(sitting, calibration, rater)


def rate(
    sitting: Sitting, program: str, calibration_id: str, rater: str, number: int,
    ratings: Mapping[str, int],
) -> RaterSheet:  # fmt: skip
    """Rate the anchor of a number, 1 for the first; what was given before is replaced.

    Raises:
        CaseRefused: unknown-case, as there is no such anchor for them; not-in-state, as it is
            closed; not-allowed, as a row is not rated.
    """
    calibration = calibrations.lock(sitting.tx, program, calibration_id)
    if calibration is None or not _is_asked(sitting, calibration, rater):
        raise CaseRefused("unknown-case", "There is no such calibration.")
    if calibration.state != "open":
        raise CaseRefused("not-in-state", "The calibration is closed.")
    before = _sheet(sitting, calibration, rater)
    if not 1 <= number <= len(before.anchors):
        raise CaseRefused("unknown-case", "There is no such anchor.")
    if not rules.rates_fully([row for row, _ in before.rubric.rows], ratings):
        raise CaseRefused("not-allowed", "Every row needs its rating, 0 to 4.")
    anchor_id = before.anchors[number - 1].anchor_id
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    bound = bound_to(calibration_id, rater, anchor_id)
    sealed = key.seal(msgspec.json.encode(dict(ratings)), bound)
    calibrations.ask(sitting.tx, Rater(calibration_id, rater, sitting.now))
    rating = AnchorRating(rater, anchor_id, sitting.now, sealed)
    calibrations.rate(sitting.tx, calibration_id, rating)
    return RaterSheet(
        calibration, before.rubric, before.anchors, {**before.given, anchor_id: dict(ratings)}
    )


def opened(key: CaseKey, calibration_id: str, rating: AnchorRating) -> dict[str, int]:
    """What a rater gave an anchor, by row. Raises SealBroken."""
    bound = bound_to(calibration_id, rating.rater, rating.anchor_id)
    return msgspec.json.decode(key.open(rating.sealed, bound), type=dict[str, int])


def bound_to(calibration_id: str, rater: str, of: str) -> str:
    """Where what is sealed of a rater belongs: to an anchor, or to their result."""
    return f"{calibration_id}/{rater}/{of}"


def _is_asked(sitting: Sitting, calibration: Calibration, rater: str) -> bool:
    asked = calibrations.raters(sitting.tx, [calibration.calibration_id])
    if any(each.rater == rater for each in asked):
        return True
    if calibration.asks != "everybody" or calibration.state != "open":
        return False
    rules_now = rules_in_force.in_force(sitting, calibration.program)
    return rater in holding.reviewers(sitting, rules_now, calibration.program)


def _sheet(sitting: Sitting, calibration: Calibration, rater: str) -> RaterSheet:
    program = calibration.program
    rubric = keeping.rubric_of(sitting, program, calibration.rubric)
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    there = anchors.by_id(sitting.tx, key, program, calibration.anchors)
    whose = {name: anchor.whose for name, anchor in there.items()}
    mine = rules.asked_of(rater, calibration.anchors, whose)
    given = {
        each.anchor_id: opened(key, calibration.calibration_id, each)
        for each in calibrations.ratings(sitting.tx, calibration.calibration_id, rater)
    }
    return RaterSheet(calibration, rubric, tuple(there[each] for each in mine), given)
