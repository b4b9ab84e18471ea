"""The relay: everything that was committed is published, in order; repeats are the same bytes."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from engine.relay.relay import Relay
from engine.store.awards import outbox
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from tests.integration.local.processes import wait_until
from tests.integration.stream.wire import Crash, Wire, leave, message, relaying, waiting


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, "test")
    schema.migrate(engine)
    yield engine
    engine.dispose()


def _texts(wire: Wire) -> list[str]:
    return [sent.value.decode() for sent in wire.sent]


def test_rows_are_published_in_the_order_of_their_ids_and_then_deleted(database: Engine) -> None:
    for number in range(450):  # more than is read at once
        leave(database, f"{number} first", f"{number} second")
    wire = Wire()
    relay = Relay(database, "awards", lambda: wire)
    relay.stop()

    relay.run()  # publishes what is there, and returns

    assert _texts(wire) == [f"{n} {which}" for n in range(450) for which in ("first", "second")]
    assert waiting(database) == 0


def test_a_commit_wakes_the_relay(database: Engine) -> None:
    wire = Wire()
    with relaying(database, wire):
        for number in range(3):
            leave(database, f"{number}")
            wait_until(lambda: waiting(database) == 0)
    assert _texts(wire) == ["0", "1", "2"]


def test_a_row_of_a_lower_id_that_commits_later_is_published_all_the_same(
    database: Engine,
) -> None:
    wire = Wire()
    with relaying(database, wire), transaction(database) as slow:
        outbox.put(slow, [message("slow")])
        leave(database, "quick")
        wait_until(lambda: _texts(wire) == ["quick"])
    with relaying(database, wire):
        wait_until(lambda: waiting(database) == 0)
    assert _texts(wire) == ["quick", "slow"]


def test_a_crash_before_the_delete_repeats_the_messages_byte_for_byte(database: Engine) -> None:
    leave(database, "a", "b")
    leave(database, "c")
    crashing, next_one = Wire(crash=1), Wire()
    with pytest.raises(Crash):
        Relay(database, "awards", lambda: crashing).run()
    assert waiting(database) == 3

    with relaying(database, next_one):
        wait_until(lambda: waiting(database) == 0)

    assert next_one.sent == crashing.sent == [message("a"), message("b"), message("c")]


def test_what_kafka_did_not_take_is_sent_again_from_its_beginning(database: Engine) -> None:
    leave(database, "a", "b", "c", "d")
    wire = Wire(refuse=2)
    with relaying(database, wire):
        wait_until(lambda: waiting(database) == 0)
    assert _texts(wire) == ["a", "b", "a", "b", "a", "b", "c", "d"]


def test_one_relay_publishes_while_the_other_stands_by_and_takes_over(database: Engine) -> None:
    first, second = Wire(), Wire()
    with relaying(database, first) as publishing:
        leave(database, "a")
        wait_until(lambda: _texts(first) == ["a"])
        with relaying(database, second):
            leave(database, "b")
            wait_until(lambda: _texts(first) == ["a", "b"])
            assert second.sent == []

            publishing.stop()
            leave(database, "c")

            wait_until(lambda: waiting(database) == 0)
            leave(database, "d")
            wait_until(lambda: "d" in _texts(second))
    assert _texts(first) + _texts(second) == ["a", "b", "c", "d"]


def test_a_relay_that_loses_its_connection_loses_no_message(database: Engine) -> None:
    wire, other = Wire(), Wire()
    with relaying(database, wire), relaying(database, other):
        for number in range(3):
            leave(database, f"{number}")
            wait_until(lambda: waiting(database) == 0)
            with database.begin() as connection:
                killed = connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks "
                        "WHERE locktype = 'advisory' AND granted "
                        "AND database = (SELECT oid FROM pg_database "
                        "WHERE datname = current_database())"
                    )
                )
                assert killed.rowcount == 1  # one holds the lock, never two
            wait_until(lambda: _holders(database) == 1)
    assert sorted(_texts(wire) + _texts(other)) == ["0", "1", "2"]


def _holders(database: Engine) -> int:
    with database.begin() as connection:
        found = connection.execute(
            text(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database"
                " = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
        return int(found.scalar_one())
