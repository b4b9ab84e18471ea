"""Charts as shapes and words: where each bar of a drawing is, in units of a box 360 wide.

A drawing has its texts in it, so it is the same on paper. Its box is narrow: on a phone nothing
becomes smaller than a text may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
_ROW, _BAR, _FIRST = 40, 14, 16
_HEIGHT, _BASE, _TOP, _LEFT = 190, 160, 16, 30
_GAP = 1.5
_MOST_LABELS = 8
_LONGEST = 40
"""Characters of a label; the table has all of it."""


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A part of a bar. `paint`: the class that colours it; `name`: what it stands for."""

    name: str
    paint: str
    value: int


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar with its parts, from its beginning. `words`: what stands at its end."""

    label: str
    parts: tuple[ChartPart, ...]
    words: str

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class ChartRect:
    """A rectangle of a drawing."""

    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class ChartText:
    """A text of a drawing. `at`: start, middle or end of it is at `x`; `quiet`: in a softer ink."""

    x: float
    y: float
    text: str
    at: str = "start"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A chart, `height` units high. `lines`: heights of its horizontal lines, from `left`."""

    height: int
    rects: tuple[ChartRect, ...]
    texts: tuple[ChartText, ...]
    lines: tuple[float, ...] = ()
    left: int = 0


def bars(items: Sequence[ChartBar]) -> ChartDrawing:
    """Bars that lie, one below the other, each under its label."""
    most = max((item.total for item in items), default=0) or 1
    rects: list[ChartRect] = []
    texts: list[ChartText] = []
    for number, item in enumerate(items):
        y = number * _ROW + _FIRST
        texts.append(ChartText(0, y, _shortened(item.label)))
        texts.append(ChartText(WIDTH, y, item.words, "end", quiet=True))
        rects.append(ChartRect(0, y + 6, WIDTH, _BAR, "rest"))
        x = 0.0
        for part in item.parts:
            width = WIDTH * part.value / most
            if part.value:
                shown = max(width - (_GAP if x + width < WIDTH else 0), 1)
                rects.append(ChartRect(_round(x), y + 6, _round(shown), _BAR, part.paint))
            x += width
    return ChartDrawing(max(len(items) * _ROW, _ROW), tuple(rects), tuple(texts))


def columns(items: Sequence[ChartBar]) -> ChartDrawing:
    """Bars that stand, one after the other, with a scale."""
    highest, step = scale(max((item.total for item in items), default=0))
    unit = (_BASE - _TOP) / highest
    room = (WIDTH - _LEFT) / max(len(items), 1)
    width = min(room * 0.72, 44)
    every = -(-len(items) // _MOST_LABELS)
    rects: list[ChartRect] = []
    texts = [
        ChartText(_LEFT - 6, _round(_BASE - value * unit + 4), str(value), "end", quiet=True)
        for value in range(0, highest + 1, step)
    ]
    for number, item in enumerate(items):
        middle = _LEFT + room * (number + 0.5)
        y = float(_BASE)
        for part in item.parts:
            height = part.value * unit
            y -= height
            if part.value:
                shown = max(height - _GAP, 1)
                rects.append(
                    ChartRect(
                        _round(middle - width / 2), _round(y), _round(width), _round(shown),
                        part.paint,
                    )
                )  # fmt: skip
        if number % every == 0:
            texts.append(ChartText(_round(middle), _BASE + 18, item.label, "middle"))
    lines = tuple(_round(_BASE - value * unit) for value in range(0, highest + 1, step))
    return ChartDrawing(_HEIGHT, tuple(rects), tuple(texts), lines, _LEFT)


def scale(most: int) -> tuple[int, int]:
    """The end of a scale for values up to `most`, and its step: whole and round numbers."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 4 >= most:
                return max(step, -(-most // step) * step), step
        size *= 10


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _round(value: float) -> float:
    return round(value, 1)
