"""The catalogs that generations are under, as stored: by row, and by digest."""

from typing import NamedTuple

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.store import policies
from engine.store.postgres.connection import Transaction

_REMEMBERED = 64
_parsed: dict["Digests", Catalog] = {}
"""Once a process: parsing one takes 21 ms."""


class CatalogAltered(Exception):
    """A catalog in the database is not what it was when programs were put under it."""


class Digests(NamedTuple):
    """Of what a stored catalog decides, which never changes, and the MD5 of its text."""

    decides: str
    text: str


def store(tx: Transaction, catalog: Catalog) -> int:
    """The row of a catalog, made if its digest is new: it goes by its own policy then."""
    tx.execute(
        "INSERT INTO catalogs (digest, name, version, text, policy) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (digest) DO NOTHING",
        catalog.digest, catalog.name, catalog.version, catalog.text, policies.keep(tx, catalog),
    )  # fmt: skip
    row = tx.one("SELECT id FROM catalogs WHERE digest = %s", catalog.digest)
    assert row is not None
    return int(row[0])


def is_known(tx: Transaction, digest: str) -> bool:
    """Whether a catalog that decides like this was ever stored."""
    return tx.one("SELECT FROM catalogs WHERE digest = %s", digest) is not None


def retext(tx: Transaction, catalog: Catalog) -> bool:
    """Give the stored catalog of the same digest this one's texts, but not its policy; False if
    there is none."""
    return bool(
        tx.execute(
            "UPDATE catalogs SET name = %s, version = %s, text = %s WHERE digest = %s",
            catalog.name, catalog.version, catalog.text, catalog.digest,
        )
    )  # fmt: skip


def of_row(tx: Transaction, row: int) -> Catalog:
    """The catalog of a row. Raises CatalogAltered."""
    return read(tx, row, *digests(tx, row))


def digests(tx: Transaction, row: int) -> Digests:
    """What a row is called by."""
    stored = tx.one("SELECT digest, md5(text) FROM catalogs WHERE id = %s", row)
    assert stored is not None, f"no catalog {row}"
    return Digests(*stored)


def read(tx: Transaction, row: int, digest: str, text_digest: str) -> Catalog:
    """The catalog of a row whose digests are known; its text is fetched and parsed once a process.

    Raises:
        CatalogAltered: its text is not one of that digest.
    """
    catalog = _parsed.get(Digests(digest, text_digest))
    if catalog is None:
        text = tx.one("SELECT text FROM catalogs WHERE id = %s", row)
        assert text is not None, f"no catalog {row}"
        catalog = _unaltered(row, digest, text[0])
        if len(_parsed) >= _REMEMBERED:
            _parsed.clear()
        _parsed[Digests(digest, text_digest)] = catalog
    return catalog


def _unaltered(row: int, digest: str, text: str) -> Catalog:
    try:
        catalog = loader.parse(text)
        state = f"decides as {catalog.digest[:12]}"
    except loader.CatalogError:
        catalog, state = None, "cannot be read"
    if catalog is None or catalog.digest != digest:
        raise CatalogAltered(
            f"catalogs row {row} was stored as {digest[:12]}, but its text {state}: somebody "
            "changed it by hand. See docs/operating.md, 'a stored catalog was changed'."
        )
    return catalog
