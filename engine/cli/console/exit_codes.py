"""How a command ends: 0 done, 2 wrong usage or an unreadable file or catalog, 1 anything else.

What is expected to go wrong ends in one clear message; what is not, in a traceback, without the
messages of errors that may quote what is in a record.
"""

import io
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer

from engine.catalog.loader import CatalogError
from engine.cli.console.visible_output import visible_output
from engine.local.errors import PartFailed, PartMissing
from engine.queries.errors import UnknownAward, UnknownBadge, UnknownLoop, UnknownProgram
from engine.queries.visible import visible
from engine.settings import SettingsError
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import CatalogDiffers
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from engine.stream.offsets.positions import PositionLost
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing
from engine.stream.worker import WorkerFailed
from engine.tracebacks import traced
from events.history_file import UnreadableHistory


class Unusable(Exception):
    """What the command was given cannot be used: exit code 2."""


class Failed(Exception):
    """The command could not do all of what it was asked to: exit code 1."""


_USAGE = (Unusable, CatalogError, SettingsError, UnknownBadge, UnreadableHistory)
_EXPECTED = (
    Failed,
    BrokerUnreachable,
    CatalogAltered,
    CatalogDiffers,
    DatabaseUnreachable,
    PartFailed,
    PartMissing,
    PositionLost,
    SchemaBusy,
    SchemaMissing,
    TopicMissing,
    UnknownAward,
    UnknownLoop,
    UnknownProgram,
    WorkerFailed,
)


def guarded(command: Callable[..., object]) -> NoReturn:
    """Run a command (a Typer app) and exit with its code."""
    with visible_output():
        sys.exit(_code(command))


def _code(command: Callable[..., object]) -> int:
    try:
        code = command(standalone_mode=False)
    except typer.Abort:
        return _end("aborted", 1)
    except _USAGE as error:
        return _end(error, 2)
    except _EXPECTED as error:
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
