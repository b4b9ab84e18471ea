"""Which processes there are, as `ps` tells it on Linux and macOS."""

import os
import subprocess
import time
from collections.abc import Callable


def descendants(of: int | None = None) -> set[int]:
    """The living children of the process and of their children; of this one by default."""
    children: dict[int, list[int]] = {}
    for pid, parent in _alive().items():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    rest = [of or os.getpid()]
    while rest:
        new = set(children.get(rest.pop(), ())) - found
        found |= new
        rest.extend(new)
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that still run."""
    return pids & _alive().keys()


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return once the condition holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds:.0f} s"
        time.sleep(0.05)


def _alive() -> dict[int, int]:
    """Parent by process, without `ps` itself and the dead nobody has asked after yet."""
    with subprocess.Popen(
        ["ps", "-axo", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True
    ) as ps:
        output, _ = ps.communicate()
    rows = [line.split() for line in output.splitlines()]
    return {
        int(pid): int(parent)
        for pid, parent, state in rows
        if not state.startswith("Z") and int(pid) != ps.pid
    }
