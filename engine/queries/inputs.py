"""Inputs of each program, and which of them are quiet: for operators and monitors."""

from dataclasses import dataclass
from datetime import UTC, datetime

from engine.intake import silence
from engine.store import inputs
from engine.store.postgres.connection import Transaction

QUIET = 3.0
"""An input is quiet when it has been silent for so many times its longest gap."""


@dataclass(frozen=True, slots=True)
class InputStatus:
    """Events of one type in one program. `last`: Kafka's time of the latest; `longest_seconds`,
    `silent_seconds`: the longest gap, and the time since the latest, in time of weekdays.

    `ratio`: how many times the longest gap, or an hour if that is more, it is silent; None where
    nothing is usual yet, or where it has ended.
    """

    program: str
    type: str
    last: datetime
    longest_seconds: float
    silent_seconds: float
    ratio: float | None

    @property
    def is_quiet(self) -> bool:
        """Whether somebody should look."""
        return self.ratio is not None and self.ratio > QUIET


def read(tx: Transaction, now: datetime) -> list[InputStatus]:
    """All inputs, by program and type."""
    at = round(now.timestamp() * 1_000)
    return [
        InputStatus(
            each.program,
            each.type,
            datetime.fromtimestamp(each.heard.last / 1_000, UTC),
            each.heard.longest / silence.SECOND,
            silence.gap(each.heard.last, max(at, each.heard.last)) / silence.SECOND,
            silence.silence_ratio(each.heard, at),
        )
        for each in inputs.read(tx)
    ]
