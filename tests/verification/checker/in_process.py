"""The same exports without a process each: for whoever judges many small histories.

The one module here that loads the engine, and it asks only what the commands write.
"""

import json
import tempfile
import threading
from pathlib import Path

from typer.testing import CliRunner

from engine.cli.main import app
from tests.verification.checker.commands import Export
from tests.verification.checker.seen import Json


def exporting(database_url: str) -> Export:
    """Exports by the commands, run in this process against a database."""
    runner = CliRunner()
    one_by_one = threading.Lock()  # the runner changes the standard streams of the process

    def export(what: str, *options: str) -> list[Json]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "lines.jsonl"
            arguments = [what, "export", "--output", str(file), *options]
            given = {"DATABASE_URL": database_url}
            with one_by_one:
                done = runner.invoke(app, arguments, env=given, catch_exceptions=False)
            assert done.exit_code == 0, (arguments, done.output)
            return [json.loads(line) for line in file.read_bytes().splitlines()]

    return export
