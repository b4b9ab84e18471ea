"""A whole engine for the documents' examples: migrated, with a worker running."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SECONDS = 60


def run(command: list[str], environment: Mapping[str, str]) -> str:
    """The standard output of a command of ours, which must succeed."""
    return run_both(command, environment)[0]


def run_both(command: list[str], environment: Mapping[str, str]) -> tuple[str, str]:
    """Standard output and standard error of a command of ours, which must succeed."""
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, **environment},
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
    worker = subprocess.Popen(
        [sys.executable, "-m", "engine.cli.main", "run"], env={**os.environ, **environment}
    )
    try:
        yield
    finally:
        worker.terminate()
        code = worker.wait(_SECONDS)
    assert code == 0
