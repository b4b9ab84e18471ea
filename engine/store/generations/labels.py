"""What the stored catalogs are called, for people."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.catalog.model import Catalog
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


def namesakes(tx: Transaction, catalog: Catalog) -> list[Label]:
    """The stored catalogs of this one's name and version that decide differently."""
    rows = tx.rows(
        "SELECT name, version, digest FROM catalogs "
        "WHERE name = %s AND version = %s AND digest <> %s ORDER BY id",
        catalog.name, catalog.version, catalog.digest,
    )  # fmt: skip
    return [Label(*row) for row in rows]


def programs_under(tx: Transaction, digest: str) -> list[str]:
    """The programs whose live catalog has this digest, in the order of their names."""
    rows = tx.rows(
        "SELECT p.program FROM programs p JOIN generations g ON g.id = p.generation "
        "JOIN catalogs c ON c.id = g.catalog WHERE c.digest = %s ORDER BY p.program",
        digest,
    )
    return [program for (program,) in rows]


def in_use(tx: Transaction) -> dict[str, Label]:
    """The texts of the catalogs that programs are under, or will start under, with their labels."""
    rows = tx.rows(
        "SELECT c.text, c.name, c.version, c.digest FROM catalogs c WHERE c.id IN "
        "(SELECT g.catalog FROM generations g WHERE g.id IN (SELECT generation FROM programs "
        "UNION SELECT generation FROM default_generation)) ORDER BY c.id"
    )
    return {text: Label(name, version, digest) for text, name, version, digest in rows}
