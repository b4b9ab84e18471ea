"""Peak memory of this process and of those it starts, each by itself, while something is done."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 0.05


@dataclass(slots=True)
class Peak:
    """MB of the largest."""

    mb: float = 0.0


@contextmanager
def peak_mb() -> Iterator[Peak]:
    """Look every now and then, until the block is left."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_SECONDS):
            peak.mb = max(peak.mb, *(of_process(pid) for pid in (os.getpid(), *_children())))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield peak
    finally:
        over.set()
        looking.join()


def of_process(pid: int) -> float:
    """The most that a process ever held, in MB; 0 if it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _children() -> Iterator[int]:
    for task in Path("/proc/self/task").iterdir():
        try:
            yield from map(int, (task / "children").read_text().split())
        except OSError:
            continue
