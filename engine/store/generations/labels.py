"""What the stored catalogs are called, for people."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class Label(NamedTuple):
    """A catalog's name, version and digest (hex SHA-256)."""

    name: str
    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.name} version {self.version} ({self.digest[:12]})"


def labels(tx: Transaction, ids: Iterable[int]) -> dict[int, Label]:
    """The labels of catalogs by their rows' ids."""
    rows = tx.rows(
        "SELECT id, name, version, digest FROM catalogs WHERE id = ANY (%s::int[])",
        sorted(set(ids)),
    )
    return {number: Label(name, version, digest) for number, name, version, digest in rows}


def in_use(tx: Transaction) -> dict[str, Label]:
    """The texts of the catalogs that programs are under, or will start under, with their labels."""
    rows = tx.rows(
        "SELECT c.text, c.name, c.version, c.digest FROM catalogs c WHERE c.id IN "
        "(SELECT g.catalog FROM generations g WHERE g.id IN (SELECT generation FROM programs "
        "UNION SELECT generation FROM default_generation)) ORDER BY c.id"
    )
    return {text: Label(name, version, digest) for text, name, version, digest in rows}
