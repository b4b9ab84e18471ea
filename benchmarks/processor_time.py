"""What an event costs the processors, by the part that works: worker, relay, PostgreSQL, broker.

Read from /proc, in ticks of 10 ms, of everything that this process started: what a part's ended
children took counts for it, too. Nothing is read where there is no /proc.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_NAMES = (("postgres", "postgresql"), ("java", "broker"), ("tansu", "broker"))


@dataclass(frozen=True, slots=True)
class PartTimes:
    """Processor time of each part, all of its processes together: seconds, or microseconds an
    event."""

    worker: float = 0.0
    postgresql: float = 0.0
    relay: float = 0.0
    broker: float = 0.0

    @property
    def outside(self) -> float:
        """What is not the worker's."""
        return self.postgresql + self.relay + self.broker

    def per_event(self, since: "PartTimes", events: int) -> "PartTimes":
        """Microseconds an event; these are the seconds after so many events, `since` those
        before."""
        return PartTimes(
            *(
                1e6 * (getattr(self, part) - getattr(since, part)) / events
                for part in PartTimes.__slots__
            )
        )

    def limit(self, processors: int) -> float:
        """Events a second that processors have time for if the worker costs nothing; of
        microseconds an event."""
        return processors * 1e6 / self.outside if self.outside else float("inf")


class RunningProcess(NamedTuple):
    """A process, as /proc/PID/stat has it. `ticks`: its own and of its ended children."""

    pid: int
    name: str
    parent: int
    ticks: int

    @classmethod
    def of(cls, stat: str) -> "RunningProcess":
        """From the text of the file. The name is in parentheses, and may have some of its own."""
        pid, rest = stat.split(" (", 1)
        name, after = rest.rsplit(") ", 1)
        fields = after.split()  # from the third on: state, parent
        return cls(int(pid), name, int(fields[1]), sum(map(int, fields[11:15])))


def so_far(workers: Collection[int]) -> PartTimes:
    """Seconds until now of what this process started. `workers`: the worker processes."""
    seconds = 1 / os.sysconf("SC_CLK_TCK")
    return in_ticks(_running(), os.getpid(), workers, seconds)


def in_ticks(
    processes: Iterable[RunningProcess], root: int, workers: Collection[int], tick: float = 1.0
) -> PartTimes:
    """The ticks of what `root` started, each of `tick` seconds. A process of a known name is of
    its part, a child of a worker is its relay, and any other is of the part of its parent."""
    by_pid = {process.pid: process for process in processes}
    ticks = dict.fromkeys(PartTimes.__slots__, 0)
    for process in by_pid.values():
        part = _part(by_pid, process, root, workers)
        if part is not None:
            ticks[part] += process.ticks
    return PartTimes(**{part: tick * number for part, number in ticks.items()})


def _part(
    by_pid: dict[int, RunningProcess], process: RunningProcess, root: int, workers: Collection[int]
) -> str | None:
    part: str | None = None
    at: RunningProcess | None = process
    while at is not None and at.pid != root:
        if part is None:
            part = _own_part(at, workers)
        at = by_pid.get(at.parent)
    return part if at is not None else None  # None: something else that runs on this machine


def _own_part(process: RunningProcess, workers: Collection[int]) -> str | None:
    if process.pid in workers:
        return "worker"
    if process.parent in workers:
        return "relay"
    return next((part for name, part in _NAMES if process.name.startswith(name)), None)


def _running() -> Iterator[RunningProcess]:
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield RunningProcess.of(file.read_text(errors="replace"))
        except OSError:
            continue  # it ended meanwhile
