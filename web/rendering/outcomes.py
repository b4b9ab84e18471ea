"""How outcomes are drawn: rows over assessments, and gains within what is usual.

Pure: the same answer is the same drawing. Every drawing has its words and a table.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from web.rendering import wording
from web.rendering.texts import outcomes as t
from web.views.outcomes.shown import (
    AssessmentShown,
    CohortOfMentor,
    LearnerInCohort,
    UsualShown,
    WarningShown,
)

ROW_WIDTH, ROW_HEIGHT = 132, 68
_TOP, _STEP, _SIDE = 8, 13, 12
_LEVELS = 4
BAND_WIDTH = 360
_BAND_SIDE, _AXIS, _DOT = 14, 58, 11
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class SketchPoint:
    """A place in a drawing, and what stands there. `counts`: it is no mere self-assessment."""

    x: float
    y: float
    value: int
    counts: bool = True


@dataclass(frozen=True, slots=True)
class RowSketch:
    """A row over the assessments of a cohort. `path`: through those that count, as SVG has it;
    `start`: the height of the baseline, None without one; `words`: the same in a sentence;
    `change`: from the baseline to the last one."""

    row: str
    points: tuple[SketchPoint, ...]
    path: str
    start: float | None
    latest: int | None
    change: str
    words: str


@dataclass(frozen=True, slots=True)
class BandTick:
    """A number under the axis of a band."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class BandSketch:
    """The gains of a mentor's learners, as dots, within the middle half of the cohort. `low`,
    `high`, `median`: None where what is usual is not shown."""

    dots: tuple[SketchPoint, ...]
    ticks: tuple[BandTick, ...]
    low: float | None
    high: float | None
    median: float | None
    words: str


def rows_of(cohort: LearnerInCohort) -> list[RowSketch]:
    """The six rows of a learner in a cohort; none where nothing was assessed."""
    if not cohort.assessments:
        return []
    return [_row(row, cohort.assessments) for row in cohort.assessments[0].rows]


def _row(row: str, assessments: Sequence[AssessmentShown]) -> RowSketch:
    room = (ROW_WIDTH - 2 * _SIDE) / max(len(assessments) - 1, 1)
    points = tuple(
        SketchPoint(round(_SIDE + number * room, 1), _level(each.rows[row]), each.rows[row],
                    each.counts)
        for number, each in enumerate(assessments)
    )  # fmt: skip
    counting = [each for each in assessments if each.counts]
    start = next((each for each in counting if each.phase == "baseline"), None)
    latest = counting[-1].rows[row] if counting else None
    change = None if start is None or latest is None else latest - start.rows[row]
    at = [
        t.POINT.format(value=each.rows[row], phase=phase_words(each)) for each in assessments
    ]  # fmt: skip
    return RowSketch(
        row=wording.sentence(row),
        points=points,
        path=" ".join(
            f"{'L' if number else 'M'}{point.x} {point.y}"
            for number, point in enumerate(point for point in points if point.counts)
        ),
        start=None if start is None else _level(start.rows[row]),
        latest=latest,
        change="" if change is None or len(counting) < 2 else signed(change),
        words=t.ROWS_WORDS.format(row=wording.sentence(row), points=", ".join(at)),
    )


def _level(value: int) -> float:
    return _TOP + (_LEVELS - value) * _STEP


def phase_words(each: AssessmentShown) -> str:
    """An assessment by its phase, with by whom where it is not independent."""
    return each.phase if each.counts else f"{each.phase}, {t.BY[each.assessed_by]}"


def signed(change: float) -> str:
    """A change with its sign: "+3", "−1", "±0"."""
    text = wording.number(abs(change))
    return f"+{text}" if change > 0 else f"−{text}" if change < 0 else "±0"


def bands_of(cohorts: Sequence[CohortOfMentor]) -> list[BandSketch | None]:
    """The gains of cohorts, all on one scale; None where there are none."""
    values = [0.0]
    for cohort in cohorts:
        if cohort.gains:
            values += [*cohort.gains, *_ends(cohort.usual)]
    scale = (floor(min(values)) - 1, ceil(max(values)) + 1)
    return [_band(cohort, *scale) if cohort.gains else None for cohort in cohorts]


def _ends(usual: UsualShown | None) -> tuple[float, ...]:
    return () if usual is None else (usual.low, usual.high)


def _band(cohort: CohortOfMentor, least: int, most: int) -> BandSketch:
    unit = (BAND_WIDTH - 2 * _BAND_SIDE) / (most - least)

    def x(value: float) -> float:
        return round(_BAND_SIDE + (value - least) * unit, 1)

    every = -(-(most - least) // _MOST_TICKS)
    usual = cohort.usual
    return BandSketch(
        dots=_dots(cohort.gains, x),
        ticks=tuple(
            BandTick(x(value), signed(value) if value else "0")
            for value in range(least, most + 1)
            if value % every == 0
        ),
        low=None if usual is None else x(usual.low),
        high=None if usual is None else x(usual.high),
        median=None if usual is None else x(usual.median),
        words=band_words(cohort),
    )


def _dots(gains: Sequence[int], x: Callable[[float], float]) -> tuple[SketchPoint, ...]:
    """Dots above the axis; equal ones stand on each other."""
    seen: Counter[int] = Counter()
    dots = []
    for gain in gains:
        dots.append(SketchPoint(x(gain), _AXIS - 12 - _DOT * min(seen[gain], 3), gain))
        seen[gain] += 1
    return tuple(dots)


def band_words(cohort: CohortOfMentor) -> str:
    """A cohort's gains in words."""
    if cohort.mean is None:
        return t.NO_GAIN
    own = ", ".join(signed(gain) for gain in cohort.gains)
    words = t.COHORT_WORDS.format(own=own, mean=signed(round(cohort.mean, 2)))
    return f"{words} {usual_words(cohort.usual)}"


def usual_words(usual: UsualShown | None) -> str:
    """What is usual, in words."""
    if usual is None:
        return t.COHORT_TOO_FEW
    return t.COHORT_USUAL.format(
        n=usual.n, median=signed(usual.median), low=signed(usual.low), high=signed(usual.high)
    )


def warning_words(warning: WarningShown) -> str:
    """What a warning is about, in a sentence without the learner's name."""
    names = ", ".join(name.replace("-", " ").replace("_", " ") for name in warning.names)
    if warning.kind == "due" and warning.n == 0:
        return t.DUE_TODAY.format(names=names)
    one, many = t.WARNINGS[warning.kind]
    return (one if warning.n == 1 else many).format(n=warning.n, names=names)
