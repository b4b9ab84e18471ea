"""A wall clock that can be stepped while a worker runs.

Only refusals of events too far in the future ask for the time of day (engine.handlers.policy);
everything else measures with monotonic clocks. So it is this port that is stepped, and not the
whole process by libfaketime: under 0.9.10, even with its monotonic clocks left alone and before
any step, time.sleep of Python 3.11 fails with EINVAL (it sleeps until a monotonic instant, which
is shifted as if it were the time of day), and a poll of librdkafka's consumer never returns.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from engine.handlers.policy import system_clock


def stepped_clock(file: Path) -> Callable[[], datetime]:
    """A clock that is the system's plus the seconds that stand in `file` at each reading (0 while
    there is no such file). It leaves a note of which process read which offset: see `readers`."""
    noted: float | None = None

    def clock() -> datetime:
        nonlocal noted
        offset = _offset(file)
        if offset != noted:
            _write(_note(file, os.getpid()), offset)
            noted = offset
        return system_clock() + timedelta(seconds=offset)

    return clock


def step(file: Path, seconds: float) -> None:
    """Let the clocks of this file be so far ahead of the system's (behind: less than 0)."""
    _write(file, seconds)


def readers(file: Path) -> dict[int, float]:
    """The offset each process read last, by process id: the proof of a step."""
    notes = file.parent.glob(f"{file.name}.*.read")
    return {int(note.name.split(".")[-2]): _offset(note) for note in notes}


def _offset(file: Path) -> float:
    try:
        return float(file.read_text())
    except FileNotFoundError:
        return 0.0


def _note(file: Path, process: int) -> Path:
    return file.with_name(f"{file.name}.{process}.read")


def _write(file: Path, seconds: float) -> None:
    # Renamed into its place: nobody reads half a number.
    written = file.with_name(f"{file.name}.{os.getpid()}.writing")
    written.write_text(f"{seconds!r}")
    written.rename(file)
