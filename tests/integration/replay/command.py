"""`badge-replay` as somebody runs it: a process of its own, on the database of a harness."""

import os
import subprocess
from pathlib import Path

from tests.integration.handlers.harness import Harness
from tests.support import forked

ROOT = Path(__file__).parents[3]


def replay(
    harness: Harness, *arguments: object, code: int = 0
) -> "subprocess.CompletedProcess[str]":
    """Run a command that ends with this exit code."""
    environment = {**os.environ, "DATABASE_URL": harness.url, "COLUMNS": "160"}
    done = forked.run("replay.cli", *map(str, arguments), environment=environment)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr[-2000:])
    return done
