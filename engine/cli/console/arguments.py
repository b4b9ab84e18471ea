"""What no argument of any command is: an empty text, or a number that is negative, endless or
beyond 64 bits. What only one of them cannot be is checked where it is used."""

from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from typing import Any, cast

import typer

_MOST = 2**63 - 1


def checked(app: typer.Typer) -> Callable[..., object]:
    """An app whose arguments are checked so before anything is done."""
    command = typer.main.get_command(app)
    for parameter in _parameters(command):
        parameter.process_value = _checking(parameter)
    return cast(Callable[..., object], command)


def _parameters(command: Any) -> Iterator[Any]:
    yield from command.params
    for inner in getattr(command, "commands", {}).values():
        yield from _parameters(inner)


def _checking(parameter: Any) -> Callable[[Any, Any], Any]:
    process = parameter.process_value

    def checking(context: Any, given: Any) -> Any:
        typed = context.get_parameter_source(parameter.name).name == "COMMANDLINE"
        if typed and "" in _each(given):
            raise typer.BadParameter("it is empty")
        value = process(context, given)
        for number in _each(value):
            if isinstance(number, int | float) and not _usable(number):
                raise typer.BadParameter(f"{number} is not a number from 0 to {_MOST}")
        return value

    return checking


def _usable(number: float) -> bool:
    return isfinite(number) and 0 <= number <= _MOST


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)
