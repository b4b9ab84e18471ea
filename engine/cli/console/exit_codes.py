"""What is expected to go wrong in commands, and with which code each ends (guard.py)."""

from typing import NoReturn

import typer

from engine.catalog.loader import CatalogError
from engine.cli.console import guard
from engine.local.errors import PartFailed, PartMissing
from engine.queries.errors import (
    UnknownAward,
    UnknownBadge,
    UnknownLoop,
    UnknownParticipant,
    UnknownProgram,
    UnknownStage,
)
from engine.settings import SettingsError
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import CatalogDiffers
from engine.store.policies import PolicyAltered
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from engine.stream.offsets.positions import PositionLost
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing
from engine.stream.worker import WorkerFailed
from events.history_file import UnreadableHistory


class Unusable(Exception):
    """What the command was given cannot be used: exit code 2."""


class Failed(Exception):
    """The command could not do all of what it was asked to: exit code 1."""


_USAGE = (Unusable, CatalogError, SettingsError, UnknownBadge, UnknownStage, UnreadableHistory)
_EXPECTED = (
    Failed,
    BrokerUnreachable,
    CatalogAltered,
    CatalogDiffers,
    DatabaseUnreachable,
    PartFailed,
    PartMissing,
    PolicyAltered,
    PositionLost,
    SchemaBusy,
    SchemaMissing,
    TopicMissing,
    UnknownAward,
    UnknownLoop,
    UnknownParticipant,
    UnknownProgram,
    WorkerFailed,
)


def guarded(app: typer.Typer) -> NoReturn:
    """Run the command of an app that was asked for, and exit with its code."""
    guard.guarded(app, _USAGE, _EXPECTED)
