"""The console examples of a document: run in a folder that looks like the repository, and compared
with what the document shows, or written into it."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.project.docs.markdown import PROJECT
from tests.support import forked

_MODULES = {"badge-engine": "engine.cli.main", "badge-replay": "replay.cli"}


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Each command of the console blocks, with what is said to be printed."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            command = [lines.pop(0)]
            while lines and lines[0].startswith("> "):
                command.append(lines.pop(0)[2:])
            yield "\n".join(command), "\n".join(line.rstrip() for line in lines).strip("\n")


def like_the_repository(folder: Path) -> Path:
    """The folder, with what commands of the documents read."""
    for name in ("engine", "examples"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def run(command: str, folder: Path, url: str) -> str:
    """What a command prints."""
    environment = {**os.environ, "DATABASE_URL": url, "COLUMNS": "100"}
    program, *arguments = shlex.split(command.replace("\\\n", " "))
    if program in _MODULES:
        module = _MODULES[program]
        done = forked.run(module, *arguments, environment=environment, folder=folder)
    else:
        shell = ["bash", "-c", command]
        done = subprocess.run(shell, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def write_what_is_printed(page: Path, folder: Path, url: str) -> None:
    """Put what the commands print now into the document."""
    text = page.read_text(encoding="utf-8")
    for command, before in list(examples(text)):
        typed = "$ " + "\n> ".join(command.split("\n")) + "\n"
        printed = run(command, folder, url)
        old = typed + (before + "\n" if before else "")
        assert old in text, command
        text = text.replace(old, typed + (printed + "\n" if printed else ""))
    page.write_text(text, encoding="utf-8")
