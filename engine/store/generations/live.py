"""Which generation each program is under, and which one new programs start under."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from engine.catalog.model import Catalog
from engine.store.generations import catalogs, pointers, replays
from engine.store.generations.catalogs import CatalogAltered
from engine.store.postgres.connection import Row, Transaction
from engine.store.projections import tables


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete set of projections under one catalog. `catalog_id` is the catalog's row."""

    id: int
    catalog_id: int
    catalog: Catalog


class CatalogDiffers(Exception):
    """The default catalog in the database is not the one this engine is set to."""


_COLUMNS = "g.id, c.id, c.digest, md5(c.text)"
_UNDER = "FROM generations g JOIN catalogs c ON c.id = g.catalog"
_NO_DEFAULT = "the database has no default catalog: run `badge-engine migrate`"


def start(tx: Transaction, catalog: Catalog) -> None:
    """Make the first generation, for programs never seen before; nothing if there is a default.

    Raises:
        CatalogDiffers: there is a default under another catalog.
    """
    tx.execute("LOCK TABLE default_generation IN EXCLUSIVE MODE")
    if tx.one("SELECT 1 FROM default_generation") is not None:
        check_default(tx, catalog)
        return
    row = tx.one(
        "INSERT INTO generations (catalog, status, details) VALUES (%s, 'live', %s) RETURNING id",
        catalogs.store(tx, catalog),
        msgspec.json.encode(replays.folded_by()).decode(),
    )
    assert row is not None
    tables.create(tx, int(row[0]))
    tx.execute("INSERT INTO default_generation (generation) VALUES (%s)", row[0])


def check_default(tx: Transaction, catalog: Catalog) -> None:
    """Raises CatalogDiffers unless new programs start under this catalog (texts aside)."""
    row = tx.one(
        "SELECT c.name, c.version, c.digest FROM default_generation d "
        "JOIN generations g ON g.id = d.generation JOIN catalogs c ON c.id = g.catalog"
    )
    if row is None:
        raise CatalogDiffers(_NO_DEFAULT)
    name, version, digest = row
    if digest != catalog.digest:
        raise CatalogDiffers(
            f"new programs start under catalog {name} version {version} ({digest[:12]}), but "
            f"BADGE_ENGINE_CATALOG is {catalog.name} version {catalog.version} "
            f"({catalog.digest[:12]}). Set it back, or move the programs by a replay."
        )


class Generations:
    """Reads generations. One for each worker, command or thread: `register` follows `of`."""

    def __init__(self) -> None:
        self._digests: dict[int, str] = {}
        self._of_rows: dict[int, catalogs.Digests] = {}
        self._new: set[str] = set()

    def get(self, tx: Transaction, generation: int) -> Generation:
        """A generation with its catalog.

        Raises:
            CatalogAltered: the stored catalog is not what it was.
        """
        row = tx.one(f"SELECT {_COLUMNS} {_UNDER} WHERE g.id = %s", generation)
        assert row is not None, f"no generation {generation}"
        return self._generation(tx, row)

    def live_of(self, tx: Transaction, program: str) -> Generation | None:
        """The live generation of a program; None for one never seen. Raises as `get` does."""
        row = tx.one(
            f"SELECT {_COLUMNS} {_UNDER} JOIN programs p ON p.generation = g.id "
            "WHERE p.program = %s",
            program,
        )
        return None if row is None else self._generation(tx, row)

    def default(self, tx: Transaction) -> Generation:
        """The generation that programs never seen before start under. Raises as `get` does."""
        row = tx.one("SELECT generation FROM default_generation")
        if row is None:
            raise CatalogDiffers(_NO_DEFAULT)
        return self.get(tx, row[0])

    def of(self, tx: Transaction, programs: Iterable[str]) -> dict[str, Generation]:
        """The live generation of each program; the default one for those never seen before.

        Raises as `get` does.
        """
        wanted = sorted(set(programs))
        rows = tx.rows(
            "SELECT w.program, coalesce(p.generation, d.generation), p.program IS NULL "
            "FROM unnest(%b::text[]) w (program) CROSS JOIN default_generation d "
            "LEFT JOIN programs p ON p.program = w.program",
            wanted,
        )
        if len(rows) < len(wanted):
            raise CatalogDiffers(_NO_DEFAULT)
        self._new = {program for program, _, new in rows if new}
        return self._of_numbers(tx, {program: number for program, number, _ in rows})

    def live(self, tx: Transaction) -> dict[str, Generation]:
        """The live generation of every program, in the order of their names. Raises as `get`."""
        return self._of_numbers(tx, pointers.live(tx))

    def catalog(self, tx: Transaction, row: int) -> Catalog:
        """A stored catalog, with the texts it had when it was first asked for. Raises as `get`."""
        digests = self._of_rows.get(row)
        if digests is None:
            digests = self._of_rows[row] = catalogs.digests(tx, row)
        return catalogs.read(tx, row, *digests)

    def register(self, tx: Transaction, programs: Iterable[str]) -> None:
        """Put the programs that `of` did not know under the default generation: of each,
        something is to be written."""
        new = self._new.intersection(programs)
        if not new:
            return
        tx.execute(
            "INSERT INTO programs (program, generation) "
            "SELECT p, d.generation FROM unnest(%b::text[]) p, default_generation d "
            "WHERE NOT EXISTS (SELECT FROM programs k WHERE k.program = p) "
            "ORDER BY p ON CONFLICT DO NOTHING",
            sorted(new),
        )

    def numbered(self, tx: Transaction, numbers: Iterable[int]) -> dict[int, Generation]:
        """These generations by their numbers, in one statement. Raises as `get` does."""
        rows = tx.rows(
            f"SELECT {_COLUMNS} {_UNDER} WHERE g.id = ANY (%s::int[])", sorted(set(numbers))
        )
        return {row[0]: self._generation(tx, row) for row in rows}

    def _of_numbers(self, tx: Transaction, numbers: dict[str, int]) -> dict[str, Generation]:
        generations = self.numbered(tx, numbers.values())
        return {program: generations[number] for program, number in numbers.items()}

    def _generation(self, tx: Transaction, row: Row) -> Generation:
        number, catalog_id, digest, text_digest = row
        if self._digests.setdefault(number, digest) != digest:
            raise CatalogAltered(
                f"generations row {number} was under catalog {self._digests[number][:12]} "
                f"and now names {digest[:12]}. See docs/operating.md, 'a stored catalog was "
                "changed'."
            )
        catalog = catalogs.read(tx, catalog_id, digest, text_digest)
        return Generation(number, catalog_id, catalog)

    def check(self, tx: Transaction) -> None:
        """Raises CatalogAltered unless every catalog in use is what it was when it was stored."""
        used = tx.rows(
            "SELECT generation FROM programs UNION SELECT generation FROM "
            "default_generation ORDER BY 1"
        )
        for (number,) in used:
            self.get(tx, number)
