"""Panels for the eye: what is open, what is late, how a draw was widened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from web.rendering import wording
from web.rendering.texts import panels as texts
from web.rendering.texts import reviews as review_texts
from web.views.panels.panels import PanelLine, SeatsOpened

_MOST_DAYS = 1_000


@dataclass(frozen=True, slots=True)
class PanelForm:
    """What stands in a form about a panel. `panel_id`: which; "" for none. `fault`: what is wrong,
    in words."""

    panel_id: str = ""
    days: str = ""
    outside: bool = False
    reason: str = field(default="", repr=False)
    fault: str = ""
    seats: SeatsOpened | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel in a list. `left`: how far away its last day is; `notes`: what is special in it."""

    line: PanelLine
    title: str
    given: str
    left: str
    lacking: str
    notes: tuple[str, ...]


def rows(lines: Iterable[PanelLine]) -> list[PanelRow]:
    """Panels in their order."""
    return [
        PanelRow(
            line,
            wording.sentence(line.rubric),
            texts.GIVEN.format(given=line.given, wanted=line.wanted),
            _left(line),
            wording.counted(line.lacking, texts.LACKING) if line.lacking else "",
            tuple(_notes(line)),
        )
        for line in lines
    ]


def days(text: str) -> int | None:
    """Days as a form sends them; None for none. Raises ValueError."""
    if not text.strip():
        return None
    number = int(text)
    if not 0 <= number <= _MOST_DAYS:
        raise ValueError("no number of days")
    return number


def _left(line: PanelLine) -> str:
    if line.days_left is None:
        return ""
    if line.days_left < 0:
        return wording.counted(-line.days_left, review_texts.DAYS_LATE)
    if not line.days_left:
        return review_texts.LAST_DAY
    return wording.counted(line.days_left, review_texts.DAYS_LEFT)


def _notes(line: PanelLine) -> Iterator[str]:
    if line.adjudicated:
        yield texts.ADJUDICATED
    if line.conflict_days is not None:
        yield texts.WIDENED_DAYS.format(days=line.conflict_days)
    if line.outside:
        yield texts.WIDENED_OUTSIDE
    if line.spread_stays:
        yield texts.SPREAD
