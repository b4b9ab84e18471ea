"""Every command explains itself, ends with the code the contract says, and takes its options."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from engine.cli.main import app
from tests.integration.cli.conftest import Command


def paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, by the words that call it."""
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from paths(inner, (*path, name))


COMMANDS = list(paths(typer.main.get_command(app)))
NEEDS_DATABASE = [
    ("board", "--program", "p"),
    ("explain", "00000000-0000-0000-0000-000000000000"),
    ("measures", "export", "--output", "never-written"),
    ("dead-letters", "list"),
    ("dead-letters", "counts"),
    ("dead-letters", "expire", "--older-than", "1"),
    ("dead-letters", "show", "1"),
    ("dead-letters", "redrive", "--all"),
    ("dead-letters", "discard", "1", "--because", "x"),
    ("dead-letters", "resume", "1"),
]


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "badge-engine")
def test_help_is_there(badge_engine: Command, path: tuple[str, ...]) -> None:
    ran = badge_engine(*path, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Usage: " in ran.out


@pytest.mark.parametrize("arguments", NEEDS_DATABASE, ids=" ".join)
def test_without_an_address_of_a_database_it_is_asked_for(
    badge_engine: Command, arguments: tuple[str, ...]
) -> None:
    ran = badge_engine(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "DATABASE_URL is not set" in ran.err


@pytest.mark.parametrize("arguments", NEEDS_DATABASE, ids=" ".join)
def test_a_database_that_does_not_answer_is_named(
    badge_engine: Command, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@localhost:1/none")
    ran = badge_engine(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert "localhost:1" in ran.err
    assert "hunter2" not in ran.err


@pytest.mark.parametrize("command", ["nonsense", "board", "measures"])
def test_wrong_usage_is_2(badge_engine: Command, command: str) -> None:
    assert badge_engine(command, "--no-such-option").code == 2


def test_options_that_faust_would_take_for_its_own_are_ours() -> None:
    """In a process of its own: Faust looks at the command line at its first import only."""
    command = (sys.executable, "-m", "engine.cli.main", "board", "--program", "p", "--loop", "loop")
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: DATABASE_URL is not set")
