"""How a command ends: 0 done, 2 wrong usage or an unreadable file or catalog, 1 anything else.

What is expected to go wrong ends in one clear message; what is not, in a traceback, without the
messages of errors that may quote what is in a record.
"""

import sys
from collections.abc import Callable
from typing import NoReturn

from engine.catalog.loader import CatalogError
from engine.local.errors import PartFailed, PartMissing
from engine.queries.errors import UnknownAward, UnknownBadge, UnknownLoop, UnknownProgram
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


def guarded(command: Callable[[], object]) -> NoReturn:
    """Run a command and exit with its code."""
    try:
        command()
    except _USAGE as error:
        _end(error, 2)
    except _EXPECTED as error:
        _end(error, 1)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        print(traced(error), file=sys.stderr)
        sys.exit(1)
    sys.exit(0)


def _end(error: Exception, code: int) -> NoReturn:
    print(f"error: {error}", file=sys.stderr)
    sys.exit(code)
