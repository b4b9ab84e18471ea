"""Warnings about a catalog, a line each on stderr."""

import typer

from engine.catalog.model import Catalog
from engine.catalog.warnings import warnings
from engine.store.generations import labels
from engine.store.postgres.connection import Transaction


def show(catalog: Catalog) -> int:
    """Print what the catalog says but hardly means; gives the number of warnings."""
    texts = warnings(catalog)
    for text in texts:
        _warn(text)
    return len(texts)


def show_namesakes(tx: Transaction, catalog: Catalog) -> int:
    """Print the stored catalogs of the same name and version that decide differently; gives the
    number of warnings."""
    namesakes = labels.namesakes(tx, catalog)
    for label in namesakes:
        _warn(
            f"the database has another catalog called {label}, which decides differently: give "
            "this one a version of its own"
        )
    return len(namesakes)


def not_compared(error: Exception) -> int:
    """Print that the stored catalogs could not be looked at: one warning."""
    _warn(f"not compared with the catalogs in the database: {error}")
    return 1


def _warn(text: str) -> None:
    typer.echo(f"warning: {' '.join(text.split())}", err=True)
