"""Calibrations on a real database: reviewers, anchors, and what they give, a line each."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.handlers.policy import IntakePolicy
from governance.calibration import comparing, holding, keeping, rating
from governance.calibration.comparing import HeldNow
from governance.calibration.keeping import AnchorGiven
from governance.calibration.rating import RaterSheet
from governance.store import calibrations, log, outbox
from governance.store.anchors import Anchor
from governance.store.calibrations import Asks, Calibration
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.notes import MASTER

RUBRIC = "practical/1"
ROWS = ("scoping", "feedback", "narrative")
RATERS = ("ann", "bob", "cid", "dee")
LEVELS = (0, 1, 2, 3, 4, 1, 2, 3)
"""What the anchors were given by consensus, in every row."""


@dataclass
class RatingRoom:
    """What a test does with calibrations of a program under `recognition`."""

    room: CommitteeRoom

    def __post_init__(self) -> None:
        for rater in RATERS:
            self.room.seat(rater, "reviewer")

    def keep(self, number: int = 0, rubric: str = RUBRIC, whose: str = "") -> Anchor:
        """An anchor: "Anchor 3" is given what stands there in LEVELS."""
        level = LEVELS[number % len(LEVELS)]
        given = AnchorGiven(
            rubric, f"Anchor {number}", f"Work number {number}", dict.fromkeys(ROWS, level), whose
        )
        with self.room.sitting() as sitting:
            return keeping.keep(sitting, PROGRAM, "cora", given)

    def keep_all(self) -> None:
        """As many as a calibration needs."""
        for number in range(len(LEVELS)):
            self.keep(number)

    def open(self, asks: Asks = "everybody", rubric: str = RUBRIC) -> Calibration:
        with self.room.sitting() as sitting:
            return holding.open_(sitting, PROGRAM, rubric, "cora", asks)

    def sheet(self, of: Calibration, rater: str) -> RaterSheet:
        with self.room.sitting() as sitting:
            return rating.sheet(sitting, PROGRAM, of.calibration_id, rater)

    def rate(self, of: Calibration, rater: str, number: int, **ratings: int) -> RaterSheet:
        with self.room.sitting() as sitting:
            return rating.rate(sitting, PROGRAM, of.calibration_id, rater, number, ratings)

    def rate_all(
        self,
        of: Calibration,
        *raters: str,
        as_: Callable[[int, str], int] | None = None,
        first: int = 8,
    ) -> None:
        """Let raters rate the first anchors. `as_`: from the level by consensus and the row, what
        they give."""
        for rater in raters:
            for number, anchor in enumerate(self.sheet(of, rater).anchors[:first], start=1):
                assert anchor.content is not None
                given = {
                    row: as_(level, row) if as_ else level
                    for row, level in anchor.content.ratings.items()
                }
                self.rate(of, rater, number, **given)

    def close(self, of: Calibration) -> None:
        with self.room.sitting() as sitting:
            holding.close(sitting, PROGRAM, of.calibration_id)

    def hold(self, of: Calibration) -> HeldNow:
        """Close it, and compare what was given."""
        self.close(of)
        with self.room.sitting() as sitting:
            held = comparing.hold(sitting, PROGRAM, of.calibration_id)
        assert held is not None
        return held

    def findings(self, of: Calibration) -> dict[str, str | None]:
        """What is found of each rater."""
        with self.room.sitting() as sitting:
            asked = calibrations.raters(sitting.tx, [of.calibration_id])
        return {each.rater: each.finding for each in asked}

    def published(self) -> list[dict[str, Any]]:
        """What waits to be published, in order."""
        with self.room.sitting() as sitting:
            return [json.loads(each.fact.value) for each in outbox.waiting(sitting.tx, 1000)]

    def deliver(self) -> None:
        """Let the engine accept what waits to be published."""
        with self.room.sitting() as sitting:
            waiting = [each.fact.value for each in outbox.waiting(sitting.tx, 1000)]
        terms = IntakePolicy(clock=lambda: self.room.now, notes_key=MASTER)
        self.room.harness.tell_by_topic(*waiting, terms=terms)

    def entries(self, kind: str) -> list[log.LogEntry]:
        """The entries of the log of a kind."""
        with self.room.sitting() as sitting:
            log.verify(sitting.tx)
            return [each for each in log.of_program(sitting.tx, PROGRAM) if each.kind == kind]


def one_up(level: int, row: str) -> int:
    """A rater who gives one more than the consensus, as far as there is one more."""
    return min(level + 1, 4)


def far_off(level: int, row: str) -> int:
    """A rater who turns the scale round."""
    return 4 - level
