"""The coordinator's page of recognition: its trend as a drawing, figures as texts.

Pure: the same answer is the same page.
"""

from dataclasses import dataclass

from web.rendering import wording
from web.rendering.outcomes import signed
from web.rendering.texts import recognition as t
from web.views.outcomes.program_shown import CohortTrendShown, RetentionShown
from web.views.outcomes.shown import UsualShown

WIDTH = 360
_LEFT, _TOP, _BASE, _HEIGHT = 34, 14, 150, 186
_BAR, _MOST_ROOM = 40, 90


@dataclass(frozen=True, slots=True)
class TrendColumn:
    """A cohort of the drawing: its middle half as a bar, its median and that of those before it as
    lines. `before`: None where it is not shown; `ended`: the cohort does not go on. Heights in
    units of the drawing."""

    label: str
    x: float
    middle: float
    width: float
    top: float
    height: float
    median: float
    before: float | None
    ended: bool
    words: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A horizontal line of the drawing, with its number."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class TrendSketch:
    """The gains of cohorts, the earliest first; those over too few learners are left out."""

    columns: tuple[TrendColumn, ...]
    lines: tuple[TrendLine, ...]
    height: int = _HEIGHT
    left: int = _LEFT


def trend_of(cohorts: list[CohortTrendShown]) -> TrendSketch | None:
    """The drawing; None where no cohort has enough learners."""
    shown = [(each, each.gain) for each in reversed(cohorts) if each.gain is not None]
    if not shown:
        return None
    values = [value for _, gain in shown for value in (gain.low, gain.high)]
    values += [each.before.median for each, _ in shown if each.before is not None]
    least, most = min(0, int(min(values) // 1)), max(1, -int(-max(values) // 1))
    unit = (_BASE - _TOP) / (most - least)

    def y(value: float) -> float:
        return round(_BASE - (value - least) * unit, 1)

    room = min((WIDTH - _LEFT) / len(shown), _MOST_ROOM)
    columns = []
    for number, (each, gain) in enumerate(shown):
        middle = round(_LEFT + room * (number + 0.5), 1)
        before = None if each.before is None else y(each.before.median)
        columns.append(
            TrendColumn(
                label=short(each.cohort),
                x=round(middle - _BAR / 2, 1),
                middle=middle,
                width=_BAR,
                top=y(gain.high),
                height=max(round(y(gain.low) - y(gain.high), 1), 4),
                median=y(gain.median),
                before=before,
                ended=each.ended,
                words=_words(each, gain),
            )
        )
    step = max(1, (most - least) // 5)
    lines = tuple(
        TrendLine(y(value), signed(value) if value else "0")
        for value in range(least, most + 1, step)
    )
    return TrendSketch(tuple(columns), lines)


def _words(each: CohortTrendShown, gain: UsualShown) -> str:
    words = f"{name(each.cohort)}: {signed(gain.median)} (n {gain.n})"
    if each.before is None:
        return words
    return f"{words}, {t.BEFORE.lower()} {signed(each.before.median)} (n {each.before.n})"


def name(cohort: str) -> str:
    """A cohort's id, "autumn-24", as people write it: "Autumn 24"."""
    return wording.sentence(cohort.replace("-", " ").replace("_", " "))


def short(cohort: str) -> str:
    """The same for the foot of a column."""
    text = name(cohort)
    return text if len(text) <= 12 else f"{text[:11].rstrip()}…"


def usual(figures: UsualShown | None) -> str:
    """Quartiles in short; of too few learners nothing."""
    if figures is None:
        return t.NONE
    low, median, high = (
        wording.number(round(value, 2)) for value in (figures.low, figures.median, figures.high)
    )
    return t.USUAL.format(low=low, median=median, high=high)


def gain(figures: UsualShown | None, n: int) -> str:
    """A median gain with its number of pairs."""
    if figures is None:
        return t.TOO_FEW.format(n=n) if n else t.NONE
    return t.N.format(value=signed(figures.median), n=figures.n)


def stayed(one: RetentionShown) -> str:
    """How many stayed; with a rate where it is over enough."""
    if one.rate is None:
        return t.OF.format(n=one.stayed, of=one.of) if one.of else t.NONE
    return t.OF_RATE.format(n=one.stayed, of=one.of, rate=f"{round(100 * one.rate)} %")


def kind_of_input(type_: str) -> str:
    """A type of facts, "mentoring.meeting.completed.v1", in words: "Meeting completed"."""
    parts = type_.split(".")[1:-1]
    return wording.sentence(" ".join(parts).replace("_", " "))
