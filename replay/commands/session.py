"""What the commands that work on generations share: the database, errors, and showing progress."""

import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from engine import bootstrap, settings
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.options import MOST_OF_32_BITS
from engine.settings import Settings
from engine.store.generations.replays import NoSuchGeneration, NotReady, ReplayBusy
from engine.store.projections.measures import HashCollision
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing
from replay.build.build import BuildStep, NotBuildable
from replay.build.plan import NothingToReplay
from replay.build.verify import VerifyFailed
from replay.diff.files import NoSuchFormat
from replay.switch.cutover import CutoverBusy, DiffMoved
from replay.switch.policies import PolicyError
from replay.switch.release import NotKept
from replay.switch.repair import NothingKnown

GenerationId = Annotated[
    int,
    typer.Argument(max=MOST_OF_32_BITS, metavar="GEN", help="As `plan` and `list` print it."),
]

_UNUSABLE = (NoSuchFormat, NothingKnown, NothingToReplay, PolicyError)
_FAILED = (
    BrokerUnreachable,
    CutoverBusy,
    DiffMoved,
    HashCollision,
    NoSuchGeneration,
    NotBuildable,
    NotKept,
    NotReady,
    ReplayBusy,
    TopicMissing,
    VerifyFailed,
)
_AGAIN = "what was live is as it was. Run the command again"
_LINE_EVERY_SECONDS = 2.0

_console = Console(stderr=True)


@contextmanager
def database() -> Iterator[tuple[Settings, Engine]]:
    """The settings, and the database they name, for long work.

    Raises:
        Unusable, Failed: whatever is expected to go wrong in the block, in one line.
    """
    loaded = settings.load()
    try:
        with bootstrap.database(loaded, patient=True) as engine:
            yield loaded, engine
    except _UNUSABLE as error:
        raise Unusable(str(error)) from None
    except _FAILED as error:
        raise Failed(str(error)) from None
    except (psycopg.OperationalError, OperationalError) as error:
        raise Failed(f"PostgreSQL: {_first_line(error)}: {_AGAIN}") from None
    except BrokenProcessPool:
        raise Failed(
            f"a process of the build was killed, for want of memory perhaps: {_AGAIN}"
        ) from None


def _first_line(error: Exception) -> str:
    """An error's first line; what follows may quote rows."""
    text = str(getattr(error, "orig", None) or error)
    return text.splitlines()[0] if text else type(error).__name__


def shown(steps: Iterable[BuildStep]) -> BuildStep | None:
    """Go through a build's steps: a bar at a terminal, now and then a line elsewhere, on stderr.
    Gives the last."""
    last: BuildStep | None = None
    if not _console.is_terminal:
        printed = time.monotonic()
        for last in steps:
            if last.left == 0 or time.monotonic() - printed > _LINE_EVERY_SECONDS:
                printed = time.monotonic()
                print(_line(last), file=sys.stderr, flush=True)
        return last
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[rate]}"), console=_console) as bar:
        tasks: dict[str, TaskID] = {}
        for last in steps:
            task = tasks.get(last.phase)
            if task is None:
                task = tasks[last.phase] = bar.add_task(last.phase, total=last.of or 1, rate="")
            bar.update(task, completed=(last.of - last.left) if last.of else 1, rate=_rate(last))
    return last


def _line(step: BuildStep) -> str:
    done = step.of - step.left
    return f"{step.phase}: {done} of {step.of} parts, {_rate(step)}{_eta(step)}"


def _rate(step: BuildStep) -> str:
    rate = step.facts / step.seconds if step.seconds else 0
    return f"{step.facts:,} facts in {step.seconds:.0f} s ({rate:,.0f}/s)"


def _eta(step: BuildStep) -> str:
    done = step.of - step.left
    if not done or not step.left or step.phase != "places":
        return ""
    return f", about {step.seconds / done * step.left:.0f} s left"
