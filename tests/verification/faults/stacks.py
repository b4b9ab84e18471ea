"""What a process that stands still is doing: asked for by a signal, written to its log."""

import asyncio
import faulthandler
import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from tests.integration.local.processes import wait_until

_SECONDS = 10.0
_END = "--- stacks end"


def show_when_asked() -> None:
    """On SIGUSR1, write the stacks of this process's threads and tasks to its errors."""
    signal.signal(signal.SIGUSR1, lambda _number, _frame: _show_tasks())
    faulthandler.register(signal.SIGUSR1, all_threads=True, chain=True)


def _show_tasks() -> None:
    for task in [each for each in gc.get_objects() if isinstance(each, asyncio.Task)]:
        task.print_stack(file=sys.stderr)
    print(_END, file=sys.stderr, flush=True)


def ask(pid: int, log: Path) -> str:
    """The stacks of a process that writes to this log; of one whose main thread is stuck in C,
    those of its threads alone."""
    before = len(log.read_text(errors="replace"))
    os.kill(pid, signal.SIGUSR1)
    with suppress(AssertionError):
        wait_until(lambda: _END in log.read_text(errors="replace")[before:], _SECONDS)
    return log.read_text(errors="replace")[before:]
