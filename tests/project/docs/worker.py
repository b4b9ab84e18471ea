"""A whole engine for the documents' examples: migrated, with a worker running."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support import forked
from tests.support.forked import ForkedProcess

_SECONDS = 60


def run(command: list[str], environment: Mapping[str, str]) -> str:
    """The standard output of a command of ours, which must succeed."""
    return run_both(command, environment)[0]


def run_both(command: list[str], environment: Mapping[str, str]) -> tuple[str, str]:
    """Standard output and standard error of a command of ours, which must succeed."""
    whole = {**os.environ, **environment}
    if command[0] == "-m":
        done = forked.run(*command[1:], environment=whole, timeout=_SECONDS)
    else:
        done = subprocess.run(
            [sys.executable, *command],
            env=whole,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[None]:
    """A worker for the length of the block; it must stop cleanly."""
    whole = {**os.environ, **environment}
    log = Path(os.devnull)
    worker = ForkedProcess("engine.cli.main", ["run"], whole, log)
    try:
        yield
    finally:
        worker.terminate()
        code = worker.wait(_SECONDS)
    assert code == 0
