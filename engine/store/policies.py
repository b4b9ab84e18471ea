"""Policies as stored: all that ever were, by digest, and the one that each catalog goes by.

A catalog goes by the policy of its own text until another is adopted for it; texts that are changed
later do not change its policy. Decisions name the digest of the policy they were made under, so
none is ever forgotten.
"""

from collections.abc import Iterable
from typing import NamedTuple

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.catalog.policy import NO_POLICY, Policy, Rubric
from engine.store import audit_log
from engine.store.audit_log import Entry
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

ACTION = "adopt"
_CATALOGS_IN_USE = (
    "SELECT catalog FROM generations WHERE id IN "
    "(SELECT generation FROM programs UNION SELECT generation FROM default_generation)"
)
_REMEMBERED = 64
_parsed: dict[tuple[str, str], Policy] = {}
"""By digest and the MD5 of the text, once a process: parsing one takes tens of milliseconds."""


class PolicyAltered(Exception):
    """A policy in the database is not what it was when it was stored."""


class RubricChanged(Exception):
    """A version of a rubric that was adopted would not be what it was."""


class UnknownCatalog(Exception):
    """No stored catalog decides like this one."""


class Adopted(NamedTuple):
    """`before`: the digest of the policy that the catalog went by, None if it had none."""

    before: str | None


def keep(tx: Transaction, catalog: Catalog) -> str | None:
    """The digest of the catalog's own policy, which is stored if it is new; None if it has none."""
    if not catalog.policy:
        return None
    tx.execute(
        "INSERT INTO policies (digest, text) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING",
        catalog.policy.digest, catalog.text,
    )  # fmt: skip
    return catalog.policy.digest


def current(tx: Transaction, catalog_row: int) -> Policy:
    """The policy that the catalog of a row goes by; an empty one if there is none.

    Raises:
        PolicyAltered: somebody changed it by hand.
    """
    row = tx.one(
        "SELECT p.digest, md5(p.text) FROM catalogs c LEFT JOIN policies p ON p.digest = c.policy "
        "WHERE c.id = %s",
        catalog_row,
    )
    assert row is not None, f"no catalog {catalog_row}"
    return _read(tx, *row) if row[0] is not None else NO_POLICY


def by_digest(tx: Transaction, digest: str) -> Policy | None:
    """The policy of that digest; None if none was ever stored.

    Raises:
        PolicyAltered: somebody changed it by hand.
    """
    row = tx.one("SELECT md5(text) FROM policies WHERE digest = %s", digest)
    return _read(tx, digest, row[0]) if row is not None else None


def by_digests(tx: Transaction, digests: Iterable[str]) -> dict[str, Policy]:
    """The policies of these digests, as far as they were stored; one statement once they are known
    to the process.

    Raises:
        PolicyAltered: somebody changed one by hand.
    """
    wanted = sorted(set(digests))
    rows = tx.rows("SELECT digest, md5(text) FROM policies WHERE digest = ANY (%s)", wanted)
    return {digest: _read(tx, digest, text_digest) for digest, text_digest in rows}


def adopt(tx: Transaction, catalog: Catalog, by: str, reason: str) -> Adopted:
    """Let the stored catalog that decides like this one go by its policy, and note who decided so.
    Nothing happens if it does already.

    Raises:
        UnknownCatalog: no stored catalog decides like it.
        RubricChanged: it has a rubric of a name and version that says something else.
    """
    tx.execute(f"SELECT pg_advisory_xact_lock({locks.POLICIES})")
    row = tx.one("SELECT id, policy FROM catalogs WHERE digest = %s FOR UPDATE", catalog.digest)
    if row is None:
        raise UnknownCatalog(catalog.digest)
    number, before = row
    digest = catalog.policy.digest
    if before == digest:
        return Adopted(before)
    check_rubrics(tx, catalog.policy)
    keep(tx, catalog)
    # Ratings name the rubrics of the one before too, and do so for good.
    tx.execute(
        "UPDATE policies SET in_force_at = coalesce(in_force_at, now()) WHERE digest = ANY (%s)",
        [digest, before],
    )
    tx.execute("UPDATE catalogs SET policy = %s WHERE id = %s", digest, number)
    details = {"policy": digest, "before": before, "catalog": catalog.digest}
    audit_log.note(tx, ACTION, by, reason, details)
    return Adopted(before)


def check_rubrics(tx: Transaction, policy: Policy) -> None:
    """That its rubrics say what they say in every policy that was adopted, or that programs are
    under.

    Raises:
        RubricChanged: one does not.
    """
    known: dict[str, Rubric] = {}
    for digest in _in_force_once(tx):
        earlier = by_digest(tx, digest)
        assert earlier is not None
        known |= {rubric.key: rubric for rubric in earlier.rubrics}
    changed = [
        rubric.key
        for rubric in policy.rubrics
        if rubric.key in known and known[rubric.key].canonical() != rubric.canonical()
    ]
    if changed:
        raise RubricChanged(
            f"{_listed(changed)}: a rubric that was adopted never changes, as ratings name it: "
            "give it the next version"
        )


def adoptions(tx: Transaction) -> list[Entry]:
    """Who adopted which policy, when and why, in order."""
    return list(audit_log.of_actions(tx, [ACTION]))


class InForce(NamedTuple):
    """The policy of a catalog; digests."""

    catalog: str
    name: str
    version: str
    policy: str | None


def in_force(tx: Transaction) -> list[InForce]:
    """The catalogs that programs are under, or will start under, with their policies."""
    return [
        InForce(*row)
        for row in tx.rows(
            "SELECT digest, name, version, policy FROM catalogs "
            f"WHERE id IN ({_CATALOGS_IN_USE}) ORDER BY id"
        )
    ]


def _read(tx: Transaction, digest: str, text_digest: str) -> Policy:
    key = (digest, text_digest)
    if key not in _parsed:
        text = tx.one("SELECT text FROM policies WHERE digest = %s", digest)
        assert text is not None, f"no policy {digest}"
        policy = _unaltered(digest, text[0])
        if len(_parsed) >= _REMEMBERED:
            _parsed.clear()
        _parsed[key] = policy
    return _parsed[key]


def _in_force_once(tx: Transaction) -> list[str]:
    rows = tx.rows(
        "SELECT digest FROM policies WHERE in_force_at IS NOT NULL OR digest IN "
        f"(SELECT policy FROM catalogs WHERE id IN ({_CATALOGS_IN_USE})) ORDER BY digest"
    )
    return [digest for (digest,) in rows]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"rubric {name}" for name in names)


def _unaltered(digest: str, text: str) -> Policy:
    try:
        policy = loader.parse(text).policy
        state = f"is {policy.digest[:12]}"
    except loader.CatalogError:
        policy, state = NO_POLICY, "cannot be read"
    if policy.digest != digest:
        raise PolicyAltered(
            f"a policy was stored as {digest[:12]}, but its text {state}: somebody changed it by "
            "hand. See docs/operating.md, 'a stored catalog was changed'."
        )
    return policy
