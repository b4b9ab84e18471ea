"""docs/replay.md: its worked example is run, and prints what the page shows."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.handlers.policy import IntakePolicy
from tests.integration.handlers.harness import Harness
from tests.support import forked
from tests.support.notes import MASTER

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "replay.md"
LATER = IntakePolicy(
    clock=lambda: datetime(2026, 9, 1, tzinfo=UTC), refusal_limit=None, notes_key=MASTER
)


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Each command of the console blocks, with what is said to be printed."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            command = [lines.pop(0)]
            while lines and lines[0].startswith("> "):
                command.append(lines.pop(0)[2:])
            yield "\n".join(command), "\n".join(line.rstrip() for line in lines).strip("\n")


def run(command: str, folder: Path, url: str) -> str:
    """What a command prints, run in a folder that looks like the repository."""
    environment = {**os.environ, "DATABASE_URL": url, "COLUMNS": "100"}
    program, *arguments = shlex.split(command)
    if program == "badge-replay":
        done = forked.run("replay.cli", *arguments, environment=environment, folder=folder)
    else:
        shell = ["bash", "-c", command]
        done = subprocess.run(shell, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def process_example(harness: Harness) -> None:
    """Process the example history."""
    lines = (ROOT / "examples" / "half-year.jsonl").read_bytes().splitlines()
    harness.tell(*(line for line in lines if line.strip()), terms=LATER)


def test_the_worked_example_prints_what_the_page_says(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "engine").symlink_to(ROOT / "engine")
    harness = Harness(database_url)
    process_example(harness)
    harness.close()
    for command, expected in examples(PAGE.read_text(encoding="utf-8")):
        assert run(command, tmp_path, database_url) == expected, command


def main() -> None:
    """Write what is printed into the page: `python -m tests.project.docs.test_replay_page`."""
    from tempfile import TemporaryDirectory

    from engine.local.embedded_postgres import embedded_postgres

    text = PAGE.read_text(encoding="utf-8")
    with embedded_postgres() as postgres, TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "engine").symlink_to(ROOT / "engine")
        process_example(Harness(postgres.url))
        for command, before in list(examples(text)):
            typed = "$ " + "\n> ".join(command.split("\n")) + "\n"
            printed = run(command, folder, postgres.url)
            old = typed + (before + "\n" if before else "")
            assert old in text, command
            text = text.replace(old, typed + (printed + "\n" if printed else ""))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
