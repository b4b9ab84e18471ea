"""Errors for logs and terminals, without what they may quote.

The message of an error that is not ours may quote what is in a record, a private message too (as a
KeyError or a UnicodeDecodeError does): of those only the type and the place are given.
"""

import traceback
from pathlib import Path

_PROJECT = Path(__file__).parents[1]
OURS = ("engine", "events", "replay", "directory", "credentials", "notifier", "governance", "web")
"""The packages of this project."""

_FILES = tuple(str(_PROJECT / package) + "/" for package in OURS)

# Modules of errors that speak of topics, brokers and settings, never of what is in a record.
_SAFE = (
    *("engine.", "replay.", "directory.", "notifier.", "governance.", "web."),
    *("kafka.errors", "aiokafka.errors"),
)


def described(error: BaseException) -> str:
    """An error's type, with its message if that cannot quote what is in a record."""
    name = type(error).__name__
    safe = type(error).__module__.startswith(_SAFE) or isinstance(error, OSError)
    return f"{name}: {error}" if safe and str(error) else name


def where(error: BaseException) -> str:
    """An error's type, and the place in this project that it came from."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_FILES)
    ]
    if not frames:
        return type(error).__name__
    file = Path(frames[-1].filename).relative_to(_PROJECT).as_posix()
    return f"{type(error).__name__} in {file} line {frames[-1].lineno}"


def traced(error: BaseException) -> str:
    """An error's traceback, and those of its causes, with no message that may quote a record."""
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = traceback.extract_tb(cause.__traceback__)
        head = "Traceback (most recent call last):\n" if frames else ""
        lines.append(head + "".join(frames.format()) + described(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\ncaused by\n".join(lines)
