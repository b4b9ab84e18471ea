"""What kind of halt stops a partition is kept apart from its text, also where an older engine wrote
only the text."""

import pytest
from sqlalchemy import Engine

from engine.store.cursors import cursors
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction

TEXTS = {
    HaltKind.REFUSAL_LIMIT: "flood: 500 of the last 500 records refused, mostly malformed",
    HaltKind.UNREADABLE: "unreadable: the record at offset 2 has a header whose name is not UTF-8",
    HaltKind.BUG: "bug: KeyError at offset 1, engine 1.0.0",
}


def _halted(engine: Engine) -> list[Halt | None]:
    with transaction(engine) as tx:
        return [cursor.halted for cursor in cursors.read(tx, "topic").values()]


def test_partitions_halted_before_the_column_was_there_are_given_their_kind(
    database_url: str,
) -> None:
    engine = connect(database_url, "test")
    assert schema.migrate(engine, "0002") == "0002"
    with transaction(engine) as tx:
        for partition, text in enumerate([None, *TEXTS.values()]):
            tx.execute(
                "INSERT INTO cursors (topic, partition, lane, next_offset, first_offset, halted) "
                "VALUES ('topic', %s, %s, 0, 0, %s)",
                partition, partition, text,
            )  # fmt: skip

    schema.migrate(engine)

    assert _halted(engine) == [None, *(Halt(kind, text) for kind, text in TEXTS.items())]
    engine.dispose()


@pytest.mark.parametrize("kind", TEXTS)
def test_a_halt_by_a_worker_of_the_version_before_has_its_kind_too(
    database: Engine, kind: HaltKind
) -> None:
    halt, other = Halt(kind, TEXTS[kind]), Halt(HaltKind.BUG, "bug: so it is")
    with transaction(database) as tx:
        cursors.start(tx, "topic", 0, 5)
        cursors.halt(tx, "topic", 0, 5, other)
    _as_before(database, None)
    assert _halted(database) == [None]
    _as_before(database, halt.text)
    assert _halted(database) == [halt]
    with transaction(database) as tx:
        assert cursors.resume(tx, "topic", 0)
        assert tx.rows("SELECT halt_kind, halted FROM cursors") == [(None, None)]


def _as_before(engine: Engine, text: str | None) -> None:
    with transaction(engine) as tx:
        tx.execute("UPDATE cursors SET next_offset = next_offset, halted = %s", text)
