"""Named points of a batch's way at which a process can be made to die or to freeze.

Nothing in the engine knows of them: a worker of the fault harness wraps functions of the engine
when it starts. To arm a point is to write a file; the process that gets there first claims it by
renaming it, so that exactly one process does what the file says, and leaves its number as a proof.
"""

import importlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

ACTIONS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


class FaultPoint(NamedTuple):
    """A function of the engine, and whether the point lies before or after it."""

    module: str
    function: str
    after: bool


POINTS = {
    "after-fetch": FaultPoint("engine.handlers.batch", "Batch.readings", False),
    "after-cursor": FaultPoint("engine.store.cursors.cursors", "lock", True),
    "after-ledger": FaultPoint("engine.store.facts.ledger", "append", True),
    "before-commit": FaultPoint("engine.handlers.batch_transaction", "process_batches", True),
    "after-commit": FaultPoint("engine.handlers.retry.attempts", "Attempts.until_done", True),
    "relay-before-send": FaultPoint("engine.relay.producer", "Publishing.publish", False),
    "relay-after-send": FaultPoint("engine.relay.producer", "Publishing.publish", True),
}
IN_COPY = "in-copy"
"""While the ledger's rows are on their way to the server."""


def install(folder: Path) -> None:
    """Wrap the engine's functions in this process."""
    for name, point in POINTS.items():
        owner: Any = importlib.import_module(point.module)
        *path, last = point.function.split(".")
        for step in path:
            owner = getattr(owner, step)
        setattr(owner, last, _wrapped(getattr(owner, last), folder, name, after=point.after))
    _install_in_copy(folder)


def _wrapped(
    function: Callable[..., Any], folder: Path, name: str, *, after: bool
) -> Callable[..., Any]:
    @wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        if not after:
            reach(folder, name)
        result = function(*arguments, **named)
        if after:
            reach(folder, name)
        return result

    return wrapper


def _install_in_copy(folder: Path) -> None:
    from engine.store.postgres.connection import Transaction

    copy = Transaction.copy

    def slowly(rows: Iterable[Any]) -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number == 1:
                reach(folder, IN_COPY)
            yield row

    @wraps(copy)
    def wrapper(tx: Any, table: str, columns: Any, types: Any, rows: Iterable[Any]) -> None:
        copy(tx, table, columns, types, slowly(rows) if table == "ledger" else rows)

    Transaction.copy = wrapper  # type: ignore[assignment,method-assign]


def reach(folder: Path, name: str) -> None:
    """Do what this point is armed with, if it is armed."""
    claimed = folder / f"{name}.{os.getpid()}"
    try:
        (folder / f"{name}.armed").rename(claimed)
    except FileNotFoundError:
        return
    action = claimed.read_text()
    claimed.rename(folder / f"{name}.{os.getpid()}.reached")
    os.kill(os.getpid(), ACTIONS[action])


def arm(folder: Path, name: str, action: str) -> None:
    """Let the next process that reaches the point do `action`."""
    written = folder / f"{name}.writing"
    written.write_text(action)
    written.rename(folder / f"{name}.armed")


def disarm(folder: Path, name: str) -> bool:
    """Take it back; False if a process has got there."""
    try:
        (folder / f"{name}.armed").unlink()
    except FileNotFoundError:
        return False
    return True


def reached(folder: Path, name: str) -> int | None:
    """The number of the process that got there, given once; None if none has."""
    for file in folder.glob(f"{name}.*.reached"):
        file.unlink()
        return int(file.name.split(".")[1])
    return None
