"""Calibrations as shapes and words: bars of agreement, sentences of alarms, forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from web.rendering import wording
from web.rendering.texts import calibrations as texts
from web.views.panels.calibrations import AlarmShown, OwnCalibration, RowAgreed

WIDTH, HEIGHT = 200, 18
_LOWEST, _HIGHEST = Decimal("-0.2"), Decimal(1)


@dataclass(frozen=True, slots=True)
class AgreementBar:
    """Where alpha and its interval are on a scale from -0.2 to 1; lower ones are at its left end.
    `limits`: where those of the bands are."""

    at: float | None
    low: float | None
    high: float | None
    words: str
    interval: str
    limits: tuple[float, ...] = ()


def bar(row: RowAgreed, limits: Sequence[str]) -> AgreementBar:
    """The bar of a row."""
    numbers = [Decimal(limit) for limit in limits]
    at, low, high = _place(row.alpha), _place(row.low), _place(row.high)
    words = texts.UNDEFINED if row.alpha is None else two_digits(row.alpha, numbers)
    interval = ""
    if row.low is not None and row.high is not None:
        interval = texts.INTERVAL.format(
            low=two_digits(row.low, numbers), high=two_digits(row.high, numbers)
        )
    places = tuple(_along(limit) for limit in numbers)
    return AgreementBar(at, low, high, words, interval, places)


def two_digits(value: str, limits: Sequence[Decimal] = ()) -> str:
    """An alpha for the eye; one that only seems to be at a limit keeps a third digit."""
    number = Decimal(value)
    short = number.quantize(Decimal("0.01"))
    is_near = any(abs(number - limit) < Decimal("0.005") for limit in limits)
    shown = str(number.quantize(Decimal("0.001"))) if is_near else str(short)
    return shown.replace("-", "\N{MINUS SIGN}")


def _place(value: str | None) -> float | None:
    return None if value is None else _along(max(Decimal(value), _LOWEST))


def _along(value: Decimal) -> float:
    return round(float((value - _LOWEST) / (_HIGHEST - _LOWEST)) * WIDTH, 1)


def bias(mine: OwnCalibration) -> str:
    """How far off somebody is, as a sentence."""
    if mine.bias is None:
        return texts.BIAS_NONE
    by = mine.bias.lstrip("+-")
    where = {"+": "above", "-": "below"}.get(mine.bias[0], "level")
    return texts.BIAS[where].format(by=by, exact=mine.exact)


def alarm(of: AlarmShown) -> Markup:
    """An alarm as a sentence."""
    kind = "never" if of.kind == "due" and of.since is None else of.kind
    return wording.fill(
        texts.ALARM[kind],
        row=spoken(of.row or ""),
        before=two_digits(of.before) if of.before else "",
        now=two_digits(of.now) if of.now else "",
        quarter=of.quarter or "",
        wide=of.wide,
        of=of.of,
        since=wording.calendar_day(of.since) if of.since else "",
    )


def spoken(row: str) -> str:
    """A row as a word."""
    return row.replace("_", " ")


@dataclass(frozen=True, slots=True)
class RatingForm:
    """What was sent of ratings; `faults`: what is wrong, by row; `refused`: in a sentence."""

    ratings: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True, slots=True)
class KeepForm:
    """What was sent of an anchor to be kept; `rubric`: of which form it came; `fault`: what is
    wrong."""

    rubric: str = ""
    title: str = ""
    text: str = ""
    whose: str = ""
    ratings: Mapping[str, str] = field(default_factory=dict)
    consent: bool = False
    fault: str = ""
