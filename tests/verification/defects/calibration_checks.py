"""What is looked at of calibrations: K1 alpha is what its definition gives, and undefined where
nothing varies · K2 what follows from it, at its limits · K3 who is coached · K4 who rates which
anchors, and has taken part by it.
"""

from collections.abc import Iterator
from decimal import Decimal

from governance.rules.calibration import alpha, anchors, raters
from governance.rules.calibration.agreement import (
    AgreementHeld,
    RowAgreement,
    band,
    falls,
    is_paused,
    is_spread_wide,
    seats_more,
)
from governance.rules.calibration.anchors import AnchorUse
from governance.rules.calibration.terms import CalibrationTerms
from tests.verification.checker.verdict import Violation

SCENARIO = "calibration"
_TERMS = CalibrationTerms()
_OF_AUTHOR = (
    (0, 1, 2, 2, 1, 0, 3, 0, 1, None, None, None),
    (0, 1, 2, 2, 1, 1, 3, 0, 1, 4, None, 2),
    (None, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, None),
    (0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, None),
)
"""Krippendorff's own example: 0.815, and what a machine makes of it to six digits."""


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    return [
        *(Violation("K1", text) for text in _alphas()),
        *(Violation("K2", text) for text in _consequences()),
        *(Violation("K3", text) for text in _coached()),
        *(Violation("K4", text) for text in _rated()),
    ]


def _alphas() -> Iterator[str]:
    value = alpha.alpha_of(_OF_AUTHOR)
    if value is None or round(value, 3) != Decimal("0.815"):
        yield f"the example of its author has alpha {value}"
    for ratings in (((3, 3, 3), (3, 3, 3)), ((1, None), (None, 2)), ((0, 1, 2),)):
        if alpha.alpha_of(ratings) is not None:
            yield f"{ratings} has an alpha"
    result = alpha.agreement("row", _OF_AUTHOR, "seed")
    if result.low is None or result.high is None or not result.low < result.high <= 1:
        yield f"the interval is {result.low} to {result.high}"
    if result != alpha.agreement("row", _OF_AUTHOR, "seed"):
        yield "the same seed gives another interval"


def _held(growth: str, number: int = 4, **rows: str) -> AgreementHeld:
    of = {"growth": growth, **rows}
    return AgreementHeld(
        number, tuple(RowAgreement(row, Decimal(at), None, None, 32) for row, at in of.items())
    )


def _consequences() -> Iterator[str]:
    for value, wanted in (("0.8", "good"), ("0.799999", "fair"), ("0.667", "fair")):
        if band(Decimal(value), 4, _TERMS) != wanted:
            yield f"{value} is not {wanted}"
    if band(Decimal("0.666999"), 4, _TERMS) != "poor":
        yield "0.666999 is not poor"
    if band(None, 4, _TERMS) != "undefined" or band(Decimal(1), 3, _TERMS) != "too_few":
        yield "what is not known is something"
    poor = _held("0.5", care="0.9")
    if not is_paused([poor, poor], _TERMS) or is_paused([poor], _TERMS):
        yield "a row that is poor twice running pauses nothing, or once does"
    if is_paused([_held("0.9", care="0.5"), poor], _TERMS):
        yield "two rows that are poor once each pause decisions"
    if not seats_more([_held("0.7")], _TERMS) or seats_more([_held("0.8")], _TERMS):
        yield "another seat is not given for a fair row alone"
    if not falls([_held("0.7"), _held("0.81")], _TERMS) or falls(
        [_held("0.7"), _held("0.8")], _TERMS
    ):
        yield "a fall by more than a tenth is no alarm, or by a tenth is"
    if is_spread_wide(1, 3) or not is_spread_wide(2, 5):
        yield "a third of panels is an alarm, or more is none"


def _coached() -> Iterator[str]:
    agreed = {f"a{number}": {"care": 2, "tact": 2} for number in range(8)}
    for higher, wanted in ((4, "passed"), (5, "coached")):
        given = {
            name: dict.fromkeys(of, 3 if number < higher else 2)
            for number, (name, of) in enumerate(agreed.items())
        }
        result = raters.result_of(("care", "tact"), given, agreed)
        if result.finding(_TERMS) != wanted:
            yield f"{higher} of 8 a level higher: {result.finding(_TERMS)}"
    lower = {name: dict.fromkeys(of, 1) for name, of in agreed.items()}
    if raters.result_of(("care", "tact"), lower, agreed).finding(_TERMS) != "coached":
        yield "too low is not coached"
    both = {name: {"care": 1, "tact": 3} for name in agreed}
    if raters.result_of(("care", "tact"), both, agreed).finding(_TERMS) != "coached":
        yield "who never agrees passes"
    few = {name: dict.fromkeys(of, 4) for name, of in list(agreed.items())[:5]}
    if raters.result_of(("care", "tact"), few, agreed).finding(_TERMS) != "too_few":
        yield "five anchors say something"


def _rated() -> Iterator[str]:
    whose = {"a1": None, "a2": "ann", "a3": "bob"}
    if anchors.asked_of("ann", ("a1", "a2", "a3", "gone"), whose) != ("a1", "a3"):
        yield "somebody rates their own work, or what is gone"
    if anchors.took_part(("a1", "a2"), {"a1"}) or not anchors.took_part(("a1",), {"a1", "a9"}):
        yield "who left one out has taken part, or who rated all has not"
    uses = [AnchorUse(f"a{n}", f"2026-0{n}", uses=int(n < 3)) for n in range(1, 6)]
    if anchors.chosen(uses, 3) != ("a3", "a4", "a5"):
        yield "anchors that were rated before come first"
    if not anchors.names_in("Then Lena asked.", ["Lena Fischer"]):
        yield "a name is overlooked"
