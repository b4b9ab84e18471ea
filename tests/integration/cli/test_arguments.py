"""What no argument of any command can be: an empty text, or a number below zero or without end."""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from sqlalchemy import Engine

from directory import cli as directory_cli
from engine.cli import main as engine_cli
from replay import cli as replay_cli
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell
from tests.support.given import meeting

PROGRAMS: dict[str, tuple[typer.Typer, Callable[[], None]]] = {
    "badge-engine": (engine_cli.app, engine_cli.main),
    "badge-directory": (directory_cli.app, directory_cli.main),
    "badge-replay": (replay_cli.app, replay_cli.main),
}
NEVER_NUMBERS = ("-1", "nan", "inf", "9" * 30)


def parameters(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every parameter of every command, with the words that give the command."""
    for name, inner in getattr(command, "commands", {}).items():
        yield from parameters(inner, (*path, name))
    for parameter in command.params:
        if not getattr(parameter, "is_flag", False):
            yield path, parameter


EVERY = [
    (path, parameter)
    for name, (app, _) in PROGRAMS.items()
    for path, parameter in parameters(typer.main.get_command(app), (name,))
]


def named(given: list[tuple[tuple[str, ...], Any]]) -> list[Any]:
    return [pytest.param(*one, id=" ".join((*one[0], one[1].opts[0]))) for one in given]


def is_number(parameter: Any) -> bool:
    return bool(re.search(r"\b(int|float)\b", str(parameter.type_descriptor.annotation)))


def refusal(
    path: tuple[str, ...],
    parameter: Any,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """What a command says to a value, which it must call wrong usage."""
    named = parameter.param_type_name == "option"
    given = (parameter.opts[0], value) if named else ("--", value)
    monkeypatch.setattr(sys, "argv", [*path, *given])
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("KAFKA_BOOTSTRAP", raising=False)
    with pytest.raises(SystemExit) as ended:
        PROGRAMS[path[0]][1]()
    said = capsys.readouterr().err
    assert ended.value.code == 2, said
    return said


@pytest.mark.parametrize(("path", "parameter"), named(EVERY))
def test_an_empty_argument_is_wrong_usage(
    path: tuple[str, ...],
    parameter: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refusal(path, parameter, "", monkeypatch, capsys)
    assert "Invalid value for" in said, said


@pytest.mark.parametrize("value", NEVER_NUMBERS)
@pytest.mark.parametrize(("path", "parameter"), named([one for one in EVERY if is_number(one[1])]))
def test_a_number_is_finite_and_not_negative(
    path: tuple[str, ...],
    parameter: Any,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refusal(path, parameter, value, monkeypatch, capsys)
    assert "Invalid value for" in said, said


def test_a_name_of_spaces_is_an_id_and_is_shown_in_quotes(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, meeting("m1", "ann", loop_id=" "))
    assert "no program is called '  ':" in badge_engine("board", "--program", "  ").err
    assert "program program has no loop called 'a '" in (
        badge_engine("board", "--program", "program", "--loop", "a ").err
    )
    assert badge_engine("board", "--program", "program", "--loop", " ").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("badge-engine", "dead-letters", "list", "--partition"),
        ("badge-engine", "dead-letters", "counts", "--partition"),
        ("badge-replay", "build"),
        ("badge-replay", "retire"),
    ],
)
def test_a_number_that_the_database_cannot_hold_ends_in_one_line(
    command: tuple[str, ...],
    store: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", [*command, str(2**31)])
    with pytest.raises(SystemExit):
        PROGRAMS[command[0]][1]()
    assert "Traceback" not in capsys.readouterr().err


def test_a_setting_without_end_is_refused(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGE_ENGINE_RETENTION_DAYS", "inf")
    ran = badge_engine("status")
    assert (ran.code, "RETENTION_DAYS: Input should be a finite number" in ran.err) == (2, True)
