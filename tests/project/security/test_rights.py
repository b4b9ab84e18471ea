"""The rights that docs/operating.md gives out are enough for everything but migrate; no more."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from engine.store.postgres import frozen_workers, locks
from engine.store.postgres.connection import connect, transaction
from engine.store.projections import tables
from replay.switch import repair
from replay.switch.repair import RepairTarget
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.handlers.harness import Harness
from tests.integration.replay.rebuilt import NOON
from tests.project.docs.markdown import marked
from tests.support.given import KUDOS, kudos, meeting, quiz, retracted

PAGE = "docs/operating.md"


@dataclass(frozen=True)
class Roles:
    """The two roles, as addresses of the same database."""

    owner: str
    engine: str
    granting: str  # what the owner runs after every migrate


@pytest.fixture
def roles(postgres_url: str) -> Iterator[Roles]:
    """A database and two roles made as the page says, under names of their own."""
    mark = uuid.uuid4().hex[:8]
    names = {"badge_engine": f"engine_{mark}", "badges": f"badges_{mark}"}
    owner = f"{names['badge_engine']}_owner"

    def renamed(text: str) -> str:
        for name, other in names.items():
            text = text.replace(name, other)
        return text

    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    address = make_url(postgres_url).set(database=names["badges"])
    with server.connect() as administrator:
        for statement in renamed(marked(PAGE, "rights: database")[0]).split(";\n"):
            administrator.exec_driver_sql(statement) if statement.strip() else None
    yield Roles(
        address.set(username=owner, password="one of yours").render_as_string(False),
        address.set(username=names["badge_engine"], password="another").render_as_string(False),
        renamed(marked(PAGE, "rights: tables")[0]),
    )
    with server.connect() as administrator:
        administrator.exec_driver_sql(f"DROP DATABASE {names['badges']} WITH (FORCE)")
        administrator.exec_driver_sql(f"DROP ROLE {owner}")
        administrator.exec_driver_sql(f"DROP ROLE {names['badge_engine']}")


def _run(address: str, text: str) -> None:
    engine = connect(address, "test")
    with engine.begin() as connection:
        connection.exec_driver_sql(text)
    engine.dispose()


@pytest.mark.verify
def test_the_rights_of_the_page_are_enough_and_no_more(
    kafka: str, roles: Roles, tmp_path: Path
) -> None:
    quick = {"PARTITIONS": "2", "SESSION_SECONDS": "6"}
    owned = Deployment(kafka, roles.owner, tmp_path, quick)
    owned.run("migrate")
    _run(roles.owner, roles.granting)
    restricted = replace(owned, database=roles.engine)
    restricted.publish(
        *(meeting(f"m{n}", "ann", "ben", at=n) for n in range(1, 6)),
        kudos("k1", "ben", "ann", "trust", message="private"),
        kudos("k2", "ben", "ann", "patience"),
        kudos("k3", "ben", "ann", "courage"),
        quiz("q1", "ann"),
        retracted(KUDOS, "k1"),
    )
    with restricted.working() as worker:
        wait_until(lambda: restricted.status()["applied"] == 7)
        restricted.drained()
        (one, other) = json.loads(restricted.run("dead-letters", "list", "--json").stdout)
        restricted.run(*("dead-letters", "show", str(one["id"]), "--reveal"), *_BY)
        restricted.run("dead-letters", "redrive", str(one["id"]))
        restricted.run("dead-letters", "discard", str(other["id"]), *_BECAUSE)
        assert worker.terminate() == 0
        assert '"level": "error"' not in worker.logged()

    award, *_ = restricted.export("--recomputed")
    for command in (
        ("explain", award["award_id"]),
        ("explain", "--program", "program", "--participant", "ann", "--badge", "momentum"),
        ("board", "--program", "program"),
        ("measures", "export", "--output", str(tmp_path / "measures")),
        ("digest",),
        ("doctor",),
        ("recover", "--dry-run"),
    ):
        restricted.run(*command)
    for statement in _FORBIDDEN:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _refused(roles.engine, statement)
    _generation_of_the_owner_is_usable(roles)


def test_a_refold_needs_only_the_rights_of_the_engine(roles: Roles) -> None:
    harness = Harness(roles.owner)
    _run(roles.owner, roles.granting)
    harness.tell(*(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)))
    harness.hear()
    with harness.transaction() as tx:
        tx.execute("UPDATE awards SET standing = false")
        tx.execute("DELETE FROM measures")
        tx.execute("DELETE FROM participation")
    engine = connect(roles.engine, "badge-replay")
    repair.refold(engine, RepairTarget("program", "ann"), NOON, "coordinator", "by hand")
    engine.dispose()
    assert harness.said() == ["+ ann momentum bronze"]
    harness.close()


def test_the_owner_ends_frozen_workers_as_a_member_of_their_role(
    roles: Roles, postgres_url: str
) -> None:
    """Given a worker that holds the cutover lock for too long, then the owner of the schema ends it
    once it is a member of the worker's role, and names it before."""
    worker = connect(roles.engine, frozen_workers.WORKER)
    owner = connect(roles.owner, "badge-replay", {frozen_workers.LONGEST: "1ms"})
    with worker.connect() as holding:
        holding.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({locks.CUTOVER})")
        pid = holding.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        assert frozen_workers.end_frozen_in_batches(owner) == (
            [],
            [f"{pid} {frozen_workers.WORKER}"],
        )
        member, of = (make_url(address).username for address in (roles.owner, roles.engine))
        server = create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with server.connect() as administrator:
            administrator.exec_driver_sql(f"GRANT {of} TO {member}")
        assert frozen_workers.end_frozen_in_batches(owner) == ([pid], [])
        holding.invalidate()
    worker.dispose()
    owner.dispose()


_BY = ("--by", "a test", "--reason", "to see it")
_BECAUSE = ("--by", "a test", "--because", "it is one")

_FORBIDDEN = (
    "CREATE TABLE other (id int)",
    "CREATE TEMPORARY TABLE other (id int)",
    "CREATE SCHEMA other",
    "DROP TABLE ledger",
    "ALTER TABLE ledger ADD COLUMN other int",
    "TRUNCATE ledger",
    "UPDATE ledger SET content = content",
    "DELETE FROM ledger",
    "UPDATE audit_log SET reason = reason",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "ALTER TABLE audit_log DISABLE TRIGGER append_only",
    "DELETE FROM awards",
    "DELETE FROM cursors",
    "DELETE FROM dead_letters",
    "UPDATE catalogs SET text = text",
    "UPDATE default_generation SET generation = generation",
    "DELETE FROM schema_version",
)


def _refused(address: str, statement: str) -> None:
    engine = connect(address, "test")
    try:
        with transaction(engine) as tx:
            tx.execute(statement)
    finally:
        engine.dispose()


def _generation_of_the_owner_is_usable(roles: Roles) -> None:
    owner, restricted = connect(roles.owner, "test"), connect(roles.engine, "test")
    with transaction(owner) as tx:
        tables.create(tx, 2)
    with transaction(restricted) as tx:
        tx.execute("INSERT INTO participation_2 VALUES (2, 1, 1)")
        assert tx.rows("SELECT generation, person, place FROM participation_2") == [(2, 1, 1)]
    owner.dispose()
    restricted.dispose()
