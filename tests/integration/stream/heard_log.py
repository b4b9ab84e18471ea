"""A log that keeps what is said to it, for tests of what an operator reads."""

from typing import Any


class HeardLog:
    """Stands in for a module's logger. `lines`: event and fields, in order."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def log(self, _level: int, event: str, **fields: Any) -> None:
        self.lines.append({"event": event, **fields})

    def info(self, event: str, **fields: Any) -> None:
        self.log(0, event, **fields)

    warning = error = exception = info

    def of(self, event: str) -> list[dict[str, Any]]:
        """The lines of one event."""
        return [line for line in self.lines if line["event"] == event]
