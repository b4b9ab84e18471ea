"""Asking the engine's own commands for what they show: the only way it is asked anything."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.support import forked
from tests.verification.checker.seen import Exports, Json

Export = Callable[..., Sequence[Json]]
"""`export("awards", "--recomputed")`: the parsed lines of what `badge-engine awards export` writes
with the options that follow; `export("measures")` likewise."""

Run = Callable[..., Any]
"""`run("awards", "export", …)` runs a command of `badge-engine`, and raises if it fails."""


def exports(export: Export) -> Exports:
    """All three files, asked for at once: most of the time is the interpreter's start."""
    with ThreadPoolExecutor(3) as pool:
        announced = pool.submit(export, "awards")
        recomputed = pool.submit(export, "awards", "--recomputed")
        measures = pool.submit(export, "measures")
        return Exports(
            tuple(announced.result()), tuple(recomputed.result()), tuple(measures.result())
        )


def by_running(run: Run) -> Export:
    """Exports by a way to run commands."""

    def export(what: str, *options: str) -> list[Json]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "lines.jsonl"
            run(what, "export", "--output", str(file), *options)
            return [json.loads(line) for line in file.read_bytes().splitlines()]

    return export


def run_against(database_url: str) -> Run:
    """A way to run commands that need only a database."""
    environment: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if "BADGE_ENGINE_" not in name},
        "DATABASE_URL": database_url,
    }

    def run(*arguments: str) -> None:
        forked.run("engine.cli.main", *arguments, environment=environment).check_returncode()

    return run
