"""What the agreement on the rows of a rubric means for the panels that rate by it.

An alpha is undefined where nothing varies: it is no agreement and no disagreement, so nothing
follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from governance.rules.calibration.terms import FALL, CalibrationTerms

AgreementBand = Literal["good", "fair", "poor", "undefined", "too_few"]
"""fair: below good, so panels get one more seat; poor: unreliable; too_few: fewer raters than the
policy asks for."""


@dataclass(frozen=True, slots=True)
class RowAgreement:
    """How far raters agree on a row: Krippendorff's alpha, and the interval that 95 of 100 samples
    of the anchors leave it in; None: undefined. Rounded to six digits. `ratings`: of how many."""

    row: str
    alpha: Decimal | None
    low: Decimal | None
    high: Decimal | None
    ratings: int


def band(alpha: Decimal | None, raters: int, terms: CalibrationTerms) -> AgreementBand:
    """What an alpha is: at a limit itself the better one."""
    if raters < terms.raters_at_least:
        return "too_few"
    if alpha is None:
        return "undefined"
    if alpha >= terms.alpha_good:
        return "good"
    return "fair" if alpha >= terms.alpha_poor else "poor"


@dataclass(frozen=True, slots=True)
class AgreementHeld:
    """What a calibration came to: how many rated, and each row."""

    raters: int
    rows: tuple[RowAgreement, ...]

    def banded(self, terms: CalibrationTerms) -> dict[str, AgreementBand]:
        """What each row is."""
        return {row.row: band(row.alpha, self.raters, terms) for row in self.rows}

    def unreliable(self, terms: CalibrationTerms) -> frozenset[str]:
        """The rows that are poor."""
        return frozenset(row for row, what in self.banded(terms).items() if what == "poor")


def seats_more(held: Sequence[AgreementHeld], terms: CalibrationTerms) -> int:
    """How many seats panels get above those of the policy. `held`: of one rubric, latest first;
    those with too few raters say nothing."""
    last = _telling(held, terms)[:1]
    return int(any({"fair", "poor"} & {*each.banded(terms).values()} for each in last))


def unreliable_rows(held: Sequence[AgreementHeld], terms: CalibrationTerms) -> tuple[str, ...]:
    """The rows that are poor in the last one, sorted."""
    last = _telling(held, terms)[:1]
    return tuple(sorted(row for each in last for row in each.unreliable(terms)))


def is_paused(held: Sequence[AgreementHeld], terms: CalibrationTerms) -> bool:
    """Whether decisions that hang on the rubric wait: a row of it is poor in the last two."""
    last_two = _telling(held, terms)[:2]
    if len(last_two) < 2:
        return False
    return bool(last_two[0].unreliable(terms) & last_two[1].unreliable(terms))


@dataclass(frozen=True, slots=True)
class AgreementFall:
    """A row on which raters agree less than the time before."""

    row: str
    before: Decimal
    now: Decimal


def falls(held: Sequence[AgreementHeld], terms: CalibrationTerms) -> tuple[AgreementFall, ...]:
    """The rows whose alpha fell by more than 0.1 from the one before to the last one."""
    last_two = _telling(held, terms)[:2]
    if len(last_two) < 2:
        return ()
    before = {row.row: row.alpha for row in last_two[1].rows}
    fell = []
    for row in last_two[0].rows:
        earlier = before.get(row.row)
        if row.alpha is not None and earlier is not None and earlier - row.alpha > FALL:
            fell.append(AgreementFall(row.row, earlier, row.alpha))
    return tuple(fell)


def is_spread_wide(wide: int, panels: int) -> bool:
    """Whether more than a third of a quarter's panels are so far apart that it is an alarm."""
    return 3 * wide > panels


def _telling(held: Sequence[AgreementHeld], terms: CalibrationTerms) -> list[AgreementHeld]:
    return [each for each in held if each.raters >= terms.raters_at_least]
