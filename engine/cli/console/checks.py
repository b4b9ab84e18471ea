"""Lists of checks: one line each, what is wrong with what to do about it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import typer

from engine.cli.console.exit_codes import Failed


class Check(NamedTuple):
    """One line of the list. `good` is None for what is only worth knowing."""

    good: bool | None
    what: str
    text: str


def tried(what: str, check: Callable[[], str], wrong: tuple[type[Exception], ...]) -> Check:
    """What a check says; if it raises one of `wrong`, what that says."""
    try:
        return Check(True, what, check())
    except wrong as error:
        return Check(False, what, str(error))


def shown(checks: Iterable[Check]) -> None:
    """Print the checks as they are made. Raises Failed if one is not good."""
    wrong = 0
    for check in checks:
        mark = {True: "✓", False: "✗", None: "·"}[check.good]
        first, *more = check.text.splitlines() or [""]
        typer.echo(f"{mark} {check.what:<18}{first}")
        for line in more:
            typer.echo(f"  {'':<18}{line}")
        wrong += check.good is False
    if wrong:
        raise Failed(f"{wrong} of these {'is' if wrong == 1 else 'are'} wrong")
