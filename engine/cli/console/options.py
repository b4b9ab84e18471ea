"""`--now`: a fixed clock, for histories that are not of today."""

from datetime import datetime
from typing import Annotated

import typer

from engine.handlers.policy import Clock, system_clock
from events.instants import parse_instant, to_datetime

MOST_OF_32_BITS = 2**31 - 1
"""The greatest number that a partition or a generation can have in the database."""


def time(text: str) -> datetime:
    """The parser of an option that is a time."""
    try:
        return to_datetime(parse_instant(text))
    except ValueError as error:
        raise typer.BadParameter(f"{error} (RFC 3339, such as 2026-07-01T00:00:00Z)") from None


Now = Annotated[
    datetime | None,
    typer.Option(parser=time, metavar="TIME", help="Take this for the time it is now."),
]


def clock(now: datetime | None) -> Clock:
    """The clock: standing at `now`, or the system's."""
    return system_clock if now is None else lambda: now
