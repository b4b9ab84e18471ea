"""How a command ends: 0 done, 2 wrong usage or an unreadable file or catalog, 1 anything else.

What is expected to go wrong ends in one clear message; what is not, in a traceback, without the
messages of errors that may quote what is in a record.
"""

import io
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer

from engine.cli.console import arguments
from engine.cli.console.visible_output import visible_output
from engine.queries.visible import visible
from engine.tracebacks import traced

Errors = tuple[type[Exception], ...]


def guarded(app: typer.Typer, usage: Errors, expected: Errors) -> NoReturn:
    """Run the command of an app that was asked for, and exit with its code: 2 for errors of
    `usage`, 1 for what is `expected`, each with its message; 1 with a traceback for anything else.
    """
    with visible_output():
        sys.exit(_code(arguments.checked(app), usage, expected))


def _code(command: Callable[..., object], usage: Errors, expected: Errors) -> int:
    try:
        code = command(standalone_mode=False)
    except typer.Abort:
        return _end("aborted", 1)
    except usage as error:
        return _end(error, 2)
    except expected as error:
        return _end(error, 1)
    except BrokenPipeError:
        return 1
    except Exception as error:
        # Typer has a Click of its own, whose errors of usage have no public name.
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            return _wrong_usage(error)
        print(traced(error), file=sys.stderr)
        return 1
    return code if isinstance(code, int) else 0


def _wrong_usage(error: Any) -> int:
    """What was typed may hold characters that a terminal obeys."""
    shown = io.StringIO()
    error.show(file=shown)
    sys.stderr.write(visible(shown.getvalue()))
    return int(error.exit_code)


def _end(error: object, code: int) -> int:
    print(f"error: {visible(str(error))}", file=sys.stderr)
    return code
