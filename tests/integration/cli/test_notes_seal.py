"""`notes seal`: what older versions stored in clear is sealed to its reader, and wiped off disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.cli.commands import notes as command
from engine.intake.keys import Key
from engine.store.facts import clear_messages
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.support import notes
from tests.support.given import KUDOS, kudos, retracted

KEY = "BADGE_ENGINE_NOTES_PUBLIC_KEY"


def _notes(*numbers: int) -> list[bytes]:
    return [
        kudos(f"k{n}", "ben", f"ann-{n % 3}", "trust", message=f"PRIVATE-{n:02}") for n in numbers
    ]


def _in_clear(store: Engine) -> None:
    """Let the notes be stored as an older version stored them."""
    with transaction(store) as tx:
        tx.execute(
            "UPDATE messages m SET kid = NULL, message = 'PRIVATE-' || "
            "lpad(substr(l.content::json->>'kudos_id', 2), 2, '0') "
            "FROM ledger l WHERE l.place = m.place AND l.fact = m.fact"
        )
        tx.execute("DELETE FROM note_keys")


def _stored(store: Engine) -> list[tuple[str, str | None]]:
    with transaction(store) as tx:
        return [(text, kid) for text, kid in tx.rows("SELECT message, kid FROM messages")]


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_AT_ONCE", 2)


def test_notes_in_clear_are_sealed_so_that_their_readers_can_open_them(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, _notes(*range(5)))
    _in_clear(store)
    tell(store, *_notes(5))
    assert "5 are stored in clear: run `badge-engine notes seal`" in badge_engine("doctor").out

    ran = badge_engine("notes", "seal")

    assert (ran.code, ran.out) == (0, "5 notes sealed\n")
    with transaction(store) as tx:
        assert notes.opened(tx) == [f"PRIVATE-{n:02}" for n in range(6)]
        assert clear_messages.count(tx) == 0
    assert "PRIVATE" not in str(_stored(store))
    assert "stored in clear" not in badge_engine("doctor").out
    assert badge_engine("notes", "seal").out == "0 notes sealed\n"


def test_stopped_half_way_it_goes_on_when_it_is_run_again(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_all(store, _notes(*range(5)))
    _in_clear(store)
    seal, portions = clear_messages.seal, iter([True, False])

    def failing(*arguments: object) -> object:
        if not next(portions):
            raise KeyboardInterrupt
        return seal(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(clear_messages, "seal", failing)
        assert badge_engine("notes", "seal").code != 0
    assert sorted(kid is None for _, kid in _stored(store)) == [False, False, True, True, True]

    assert badge_engine("notes", "seal").out == "3 notes sealed\n"

    with transaction(store) as tx:
        assert notes.opened(tx) == [f"PRIVATE-{n:02}" for n in range(5)]


def test_a_note_to_somebody_who_was_erased_is_deleted(store: Engine, badge_engine: Command) -> None:
    tell_all(store, _notes(*range(5)))
    _in_clear(store)
    with transaction(store) as tx:
        tx.execute(
            "INSERT INTO note_keys (program, participant, kid, erased_at) "
            "VALUES ('program', 'ann-1', '', now())"
        )

    assert badge_engine("notes", "seal").out == "3 notes sealed, 2 to erased people deleted\n"

    with transaction(store) as tx:
        assert notes.opened(tx) == ["PRIVATE-00", "PRIVATE-02", "PRIVATE-03"]
    assert len(_stored(store)) == 3


def test_a_note_that_is_sealed_meanwhile_is_looked_at_once(store: Engine) -> None:
    tell_all(store, _notes(*range(3)))
    _in_clear(store)
    with transaction(store) as tx:
        first = clear_messages.seal(tx, notes.MASTER, None, 2)
        assert (first.sealed, first.deleted) == (2, 0)
        assert first.last is not None
        tell_again = clear_messages.seal(tx, notes.MASTER, Key(*first.last), 2)
        assert tell_again.sealed == 1
        assert clear_messages.seal(tx, notes.MASTER, tell_again.last, 2).last is None


def test_without_the_key_nothing_is_sealed(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY)
    ran = badge_engine("notes", "seal")
    assert (ran.code, ran.out) == (2, "")
    assert f"{KEY} is not set" in ran.err


@pytest.fixture
def older(
    database_url: str, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """The database of the version before notes were sealed, that of the commands."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = connect(database_url, "test")
    schema.migrate(engine, "0008")
    yield engine
    engine.dispose()


def test_a_database_of_the_version_before_is_migrated_and_sealed(
    older: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    with transaction(older) as tx:
        tx.execute(
            'INSERT INTO ledger (place, fact, lane, "offset", content) VALUES (7, 8, 0, 0, %s)',
            '{"giver_id":"ben","kind":"trust","kudos_id":"k1","loop_id":"loop","program_id":'
            '"program","recipient_id":"ann","time":"2026-03-01T00:00:00.000000Z",'
            '"type":"mentoring.kudos.given.v1"}',
        )
        tx.execute("INSERT INTO messages VALUES (7, 8, 'PRIVATE-1')")
    schema.migrate(older)

    assert badge_engine("notes", "seal").out == "1 notes sealed\n"

    with transaction(older) as tx:
        assert notes.opened(tx) == ["PRIVATE-1"]
    assert b"PRIVATE" not in _file(older)


def test_the_file_of_the_table_holds_nothing_that_was_in_clear(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, _notes(*range(5)))
    _in_clear(store)
    assert b"PRIVATE-03" in _file(store)
    badge_engine("notes", "seal")
    tell(store, retracted(KUDOS, "k0"))
    assert b"PRIVATE" not in _file(store)


def _file(store: Engine) -> bytes:
    """What the file of the table is, all of it."""
    with transaction(store) as tx:
        row = tx.one("SELECT pg_relation_filepath('messages')")
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
    assert row is not None
    with transaction(store) as tx:
        found = tx.one("SELECT pg_read_binary_file(%s)", row[0])
    assert found is not None
    return bytes(found[0])
