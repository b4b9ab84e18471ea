"""Warnings about a catalog, a line each on stderr."""

import typer

from engine.catalog.model import Catalog
from engine.catalog.warnings import warnings
from engine.store.generations import labels
from engine.store.postgres.connection import Transaction


def show(catalog: Catalog) -> None:
    """Print what the catalog says but hardly means."""
    for text in warnings(catalog):
        _warn(text)


def show_namesakes(tx: Transaction, catalog: Catalog) -> None:
    """Print the stored catalogs of the same name and version that decide differently."""
    for label in labels.namesakes(tx, catalog):
        _warn(
            f"the database has another catalog called {label}, which decides differently: give "
            "this one a version of its own"
        )


def not_compared(error: Exception) -> None:
    """Print that the stored catalogs could not be looked at."""
    _warn(f"not compared with the catalogs in the database: {error}")


def _warn(text: str) -> None:
    typer.echo(f"warning: {text}", err=True)
