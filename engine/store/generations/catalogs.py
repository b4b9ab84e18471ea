"""Catalogs by digest, and which generation each program is under."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete set of projections under one catalog. `catalog_id` is the catalog's row."""

    id: int
    catalog_id: int
    catalog: Catalog


class CatalogDiffers(Exception):
    """The default catalog in the database is not the one this engine is set to."""


class CatalogAltered(Exception):
    """A catalog in the database is not what it was when programs were put under it."""


_NO_DEFAULT = "the database has no default catalog: run `badge-engine migrate`"


def store(tx: Transaction, catalog: Catalog) -> int:
    """The row of a catalog, made if its digest is new."""
    tx.execute(
        "INSERT INTO catalogs (digest, name, version, text) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (digest) DO NOTHING",
        catalog.digest, catalog.name, catalog.version, catalog.text,
    )  # fmt: skip
    row = tx.one("SELECT id FROM catalogs WHERE digest = %s", catalog.digest)
    assert row is not None
    return int(row[0])


def retext(tx: Transaction, catalog: Catalog) -> bool:
    """Give the stored catalog of the same digest this one's texts; False if there is none."""
    return bool(
        tx.execute(
            "UPDATE catalogs SET name = %s, version = %s, text = %s WHERE digest = %s",
            catalog.name, catalog.version, catalog.text, catalog.digest,
        )
    )  # fmt: skip


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
        "INSERT INTO generations (catalog, status) VALUES (%s, 'live') RETURNING id",
        store(tx, catalog),
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


def of_row(tx: Transaction, row: int) -> Catalog:
    """The catalog of a row. Raises CatalogAltered."""
    found = tx.one("SELECT digest, text FROM catalogs WHERE id = %s", row)
    assert found is not None, f"no catalog {row}"
    return _unaltered(row, *found)


def live(tx: Transaction) -> dict[str, int]:
    """The live generation of every program."""
    return dict(tx.rows("SELECT program, generation FROM programs ORDER BY program"))


class Generations:
    """Reads generations, each catalog's text once per process."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, str], Generation] = {}
        self._digests: dict[int, str] = {}
        self._new: set[str] = set()

    def get(self, tx: Transaction, generation: int) -> Generation:
        """A generation with its catalog.

        Raises:
            CatalogAltered: the stored catalog is not what it was.
        """
        row = tx.one(
            "SELECT c.id, c.digest, md5(c.text) FROM generations g "
            "JOIN catalogs c ON c.id = g.catalog WHERE g.id = %s",
            generation,
        )
        assert row is not None, f"no generation {generation}"
        catalog_id, digest, text_digest = row
        if self._digests.setdefault(generation, digest) != digest:
            raise CatalogAltered(
                f"generations row {generation} was under catalog {self._digests[generation][:12]} "
                f"and now names {digest[:12]}. See docs/operating.md, 'a stored catalog was "
                "changed'."
            )
        known = self._known.get((generation, digest, text_digest))
        if known is None:
            text = tx.one("SELECT text FROM catalogs WHERE id = %s", catalog_id)
            assert text is not None
            known = Generation(generation, catalog_id, _unaltered(catalog_id, digest, text[0]))
            self._known[generation, digest, text_digest] = known
        return known

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
        found = {number: self.get(tx, number) for number in {row[1] for row in rows}}
        return {program: found[number] for program, number, _ in rows}

    def register(self, tx: Transaction, programs: Iterable[str]) -> None:
        """Put programs that `of` has just found new under the default generation: of each,
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

    def check(self, tx: Transaction) -> None:
        """Raises CatalogAltered unless every catalog in use is what it was when it was stored."""
        used = tx.rows(
            "SELECT generation FROM programs UNION SELECT generation FROM "
            "default_generation ORDER BY 1"
        )
        for (number,) in used:
            self.get(tx, number)


def _unaltered(row: int, digest: str, text: str) -> Catalog:
    try:
        catalog = loader.parse(text)
        found = f"decides as {catalog.digest[:12]}"
    except loader.CatalogError:
        catalog, found = None, "cannot be read"
    if catalog is None or catalog.digest != digest:
        raise CatalogAltered(
            f"catalogs row {row} was stored as {digest[:12]}, but its text {found}: somebody "
            "changed it by hand. See docs/operating.md, 'a stored catalog was changed'."
        )
    return catalog
