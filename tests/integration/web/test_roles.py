"""Each role of PostgreSQL can do what its process is for, and nothing else."""

import psycopg
import pytest

from engine.store.postgres.connection import DatabaseReadOnly, connect, transaction
from engine.store.projections import tables
from tests.integration.web.people_surface import (
    PeopleSurface,
    described_person,
    described_program,
    participant,
)
from tests.support.given import kudos, meeting

ME = participant("acme", "wen")
HIDDEN = ("messages", "note_keys", "dead_letters", "outbox")


@pytest.fixture(scope="module")
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.describe(described_program("acme"), described_person("acme", "wen"))
    empty_surface.harness.tell(
        kudos("k1", "ana", "wen", "trust", program_id="acme", loop_id="a", message="a secret")
    )
    return empty_surface


def run(surface: PeopleSurface, role: str, statement: str) -> None:
    engine = connect(surface.url_of[role], "test")
    try:
        with transaction(engine) as tx:
            for one in statement.split("; "):
                tx.execute(one)
    finally:
        engine.dispose()


def relations(surface: PeopleSurface, schema: str) -> list[str]:
    rows = surface.harness.rows(
        "SELECT relname::text FROM pg_class WHERE relnamespace = %s::regnamespace "
        "AND relkind IN ('r', 'p', 'v')",
        schema,
    )
    return [f"{schema}.{name}" for (name,) in rows]


def test_the_reader_reads_the_engines_tables_but_not_what_is_private(known: PeopleSurface) -> None:
    for relation in relations(known, "public"):
        statement = f"SELECT * FROM {relation} LIMIT 1"
        if relation.removeprefix("public.") in HIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                run(known, "badge_reader", statement)
        else:
            run(known, "badge_reader", statement)


@pytest.mark.parametrize("schema", ["web", "directory"])
def test_the_reader_reads_nothing_of_sessions_and_names(known: PeopleSurface, schema: str) -> None:
    for relation in relations(known, schema):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(known, "badge_reader", f"SELECT * FROM {relation}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE awards SET standing = false",
        "DELETE FROM awards",
        "TRUNCATE awards",
        "INSERT INTO programs DEFAULT VALUES",
        "CREATE TABLE other (id int)",
        "ALTER ROLE badge_reader SUPERUSER",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
@pytest.mark.parametrize("writable", [False, True], ids=["as it is", "having asked to write"])
def test_the_reader_writes_nothing(known: PeopleSurface, statement: str, writable: bool) -> None:
    """The default of its transactions is one guard, its rights are another."""
    if writable:
        statement = f"SET TRANSACTION READ WRITE; {statement}"
    with pytest.raises((DatabaseReadOnly, psycopg.errors.InsufficientPrivilege)):
        run(known, "badge_reader", statement)


def test_the_people_role_reads_nothing_of_the_engine(known: PeopleSurface) -> None:
    for relation in relations(known, "public"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(known, "badge_people", f"SELECT * FROM {relation}")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM directory.participants",
        "UPDATE directory.programs SET described = '{}'",
        "INSERT INTO directory.erased DEFAULT VALUES",
        "DROP TABLE web.sessions",
        "CREATE TABLE web.other (id int)",
        "SET ROLE badge_directory",
        "INSERT INTO notify.items DEFAULT VALUES",
        "UPDATE notify.items SET gone = true",
        "UPDATE notify.items SET participant = 'wen'",
        "DELETE FROM notify.items",
        "UPDATE notify.invitations SET mailed = now()",
        "UPDATE notify.invitations SET respondent = 'wen'",
        "UPDATE notify.notices SET standing = true",
        "UPDATE notify.case_news SET own = true",
        "INSERT INTO notify.case_news DEFAULT VALUES",
        "SELECT FROM notify.deliveries",
        "SELECT FROM notify.cursors",
        "DELETE FROM notify.bad_addresses",
    ],
)
def test_the_people_role_changes_nothing_but_sessions_and_preferences(
    known: PeopleSurface, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(known, "badge_people", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notify.items SET read = now()",
        "UPDATE notify.invitations SET dismissed = now()",
        "DELETE FROM notify.preferences",
    ],
)
def test_the_people_role_marks_and_dismisses_and_chooses(
    known: PeopleSurface, statement: str
) -> None:
    run(known, "badge_people", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE awards SET standing = false",
        "SELECT FROM messages",
        "SELECT FROM awards",
        "SELECT FROM web.sessions",
        "SELECT FROM web.gifts",
        "DELETE FROM directory.participants",
        "DELETE FROM notify.schema_version",
    ],
)
def test_the_notifiers_role_reads_who_is_who_and_nothing_of_the_engine(
    known: PeopleSurface, statement: str
) -> None:
    run(known, "badge_notify", "SELECT FROM directory.participants; DELETE FROM notify.items")
    run(known, "badge_notify", "SELECT FROM noted; SELECT FROM catalogs; SELECT FROM policies")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(known, "badge_notify", statement)


def test_the_notes_role_adds_notifications_and_reads_none(known: PeopleSurface) -> None:
    run(
        known,
        "badge_notes",
        "INSERT INTO notify.items (program, participant, what, at) "
        "VALUES ('acme', 'nobody', 'gift_removed', now())",
    )
    for statement in ("SELECT FROM notify.items", "DELETE FROM notify.items"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(known, "badge_notes", statement)


def test_the_notes_role_reads_sealed_notes_and_neither_facts_nor_sessions(
    known: PeopleSurface,
) -> None:
    run(known, "badge_notes", "SELECT * FROM messages")
    readable = {"messages", "note_keys", "audit_log", "schema_version"}
    readable |= {"web.note_reads", "web.note_reports", "directory.erased"}
    for schema in ("public", "web", "directory"):
        for relation in relations(known, schema):
            if relation.removeprefix("public.") not in readable:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    run(known, "badge_notes", f"SELECT * FROM {relation}")


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM messages", "UPDATE messages SET message = ''", "DELETE FROM audit_log"],
)
def test_the_notes_role_changes_no_note_and_no_entry(known: PeopleSurface, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(known, "badge_notes", statement)


def test_the_directory_role_reads_neither_sessions_nor_the_engine(known: PeopleSurface) -> None:
    for relation in (*relations(known, "web"), *relations(known, "public")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(known, "badge_directory", f"SELECT * FROM {relation}")


def test_a_generation_that_a_replay_makes_later_is_read_too(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        tables.create(tx, 2)
    for table in tables.PROJECTIONS:
        run(known, "badge_reader", f"SELECT * FROM {tables.of(table, 2)}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(known, "badge_people", f"SELECT * FROM {tables.of(table, 2)}")


def test_pages_are_answered_under_these_roles_alone(known: PeopleSurface) -> None:
    known.harness.tell(meeting("m1", "wen", program_id="acme", loop_id="a"))
    users = {known.pools.reader.url.username, known.pools.people.url.username}
    assert users == {"badge_reader", "badge_people"}
    for path in ("/p/acme/kudos", "/p/acme/settings", "/v1/programs/acme/me/badges/trust"):
        answer = known.get(path, ME)
        assert answer.status == 200
        assert "a secret" not in answer.text
