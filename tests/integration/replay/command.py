"""`badge-replay` as somebody runs it: a process of its own, on the database of a harness."""

import os
import subprocess
import sys
from pathlib import Path

from tests.integration.handlers.harness import Harness

ROOT = Path(__file__).parents[3]


def replay(
    harness: Harness, *arguments: object, code: int = 0
) -> "subprocess.CompletedProcess[str]":
    """Run a command that ends with this exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "replay.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": harness.url, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr[-2000:])
    return done
