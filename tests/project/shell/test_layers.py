"""Who may use which library, where that is "these and no others"."""

import sys
from functools import cache

import grimp
import pytest

_PACKAGES = ("engine", "events", "replay", "directory", "credentials", "notifier", "governance")

# Libraries that stay in one place, and the place.
_KEPT_TO = {
    "faust": ("engine.stream",),
    "aiokafka": ("engine.stream",),
    "confluent_kafka": ("engine.relay", "engine.sole_reader.topic", "directory.intake.topic"),
    "alembic": (
        "engine.store",
        "directory.migrations",
        "notifier.migrations",
        "governance.migrations",
    ),
    "structlog": ("engine.observability",),
    "yaml": ("engine.catalog", "replay.switch.policies"),
    "typer": ("engine.cli", "replay", "directory.cli", "notifier.cli", "governance.cli"),
    "rich": ("engine.cli", "replay"),
    "aiosmtplib": ("notifier.channels.email.smtp",),
}


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*_PACKAGES, include_external_packages=True)


def _external(package: str) -> set[str]:
    graph = _graph()
    modules = {package, *graph.find_descendants(package)}
    imported = {
        name for module in modules for name in graph.find_modules_directly_imported_by(module)
    }
    return {
        name
        for name in imported
        if name.split(".")[0] not in {*_PACKAGES, *sys.stdlib_module_names}
    }


def test_the_events_need_four_libraries() -> None:
    checking = {"pydantic", "pydantic_core"}
    sealing = {"cryptography", "msgspec"}
    publishing = {"kafka"}
    assert _external("events") == checking | sealing | publishing


def test_in_the_events_only_publishing_needs_kafka() -> None:
    importers = {
        name for name in _graph().find_modules_that_directly_import("kafka") if "events" in name
    }
    assert importers == {"events.publisher", "events.deliveries"}


@pytest.mark.parametrize("library", sorted(_KEPT_TO))
def test_a_library_stays_where_it_belongs(library: str) -> None:
    importers = _graph().find_modules_that_directly_import(library)
    assert importers, f"{library} is not used any more: drop it from pyproject.toml and from here"
    assert {name for name in importers if not name.startswith(_KEPT_TO[library])} == set()
