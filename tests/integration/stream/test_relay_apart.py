"""Topics are published apart: what holds up one is nothing to the other."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.relay import relays
from engine.relay.relay import Relay
from engine.relay.relays import Relays
from engine.store.awards import outbox
from engine.store.postgres import schema
from engine.store.postgres.connection import LOOKUPS_ONLY, connect, transaction
from tests.integration.local.processes import wait_until
from tests.integration.stream.heard_log import HeardLog
from tests.integration.stream.wire import (
    Crash,
    Wire,
    leave_messages,
    message,
    relaying,
    relaying_all,
    signal,
    waiting,
)


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, "test", LOOKUPS_ONLY)
    schema.migrate(engine)
    yield engine
    engine.dispose()


def test_a_commit_leaves_a_row_for_each_topic_in_the_order_said(database: Engine) -> None:
    leave_messages(database, message("a"), signal("x"), message("b"))
    leave_messages(database, signal("y"))
    with transaction(database) as tx:
        awards = outbox.oldest(tx, "awards", 1 << 20)
        letters = outbox.oldest(tx, "dead-letters", 1 << 20)
    assert [parcel.messages for parcel in awards] == [(message("a"), message("b"))]
    assert [parcel.messages for parcel in letters] == [(signal("x"),), (signal("y"),)]


def test_awards_go_on_while_dead_letters_cannot_be_published(database: Engine) -> None:
    stuck, free = Wire(refuse=1_000_000), Wire()
    for number in range(5):
        leave_messages(database, message(f"{number}"), signal(f"{number}"))
    with relaying(database, stuck, "dead-letters"), relaying(database, free):
        wait_until(lambda: waiting(database) == 0)
        assert waiting(database, "dead-letters") == 5

        stuck.refuse = 0

        wait_until(lambda: waiting(database, "dead-letters") == 0)
    assert [sent.value for sent in free.sent] == [b"0", b"1", b"2", b"3", b"4"]
    assert [sent.value for sent in stuck.sent][-5:] == [b"0", b"1", b"2", b"3", b"4"]


def test_an_error_that_no_rule_covers_ends_neither_the_process_nor_the_other_relay(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = HeardLog()
    monkeypatch.setattr(relays, "log", log)
    monkeypatch.setattr(relays, "_AFTER_A_FAILURE_SECONDS", 0.01)
    wire = Wire()
    leave_messages(database, signal("x"))
    with transaction(database) as tx:
        tx.execute("UPDATE outbox SET body = 'nonsense' WHERE topic = 'dead-letters'")
    with relaying_all(database, lambda: wire):
        wait_until(lambda: len(log.lines) > 1)
        leave_messages(database, message("a"))
        wait_until(lambda: waiting(database) == 0)
    assert {line["topic"] for line in log.lines} == {"dead-letters"}
    assert wire.sent == [message("a")]


def test_told_to_stop_all_publish_what_is_there(database: Engine) -> None:
    leave_messages(database, message("a"), signal("x"))
    wires = [Wire(), Wire()]
    left = list(wires)
    all_of_them = Relays(database, left.pop)
    all_of_them.stop()

    all_of_them.run()

    assert sorted(wire.sent[0].value for wire in wires) == [b"a", b"x"]
    assert waiting(database) == waiting(database, "dead-letters") == 0


def test_a_row_that_was_shortened_keeps_its_place_and_the_bytes_of_the_rest(
    database: Engine,
) -> None:
    leave_messages(database, message("a"), message("b"), message("c"))
    leave_messages(database, message("d"))
    with transaction(database) as tx:
        first, _ = outbox.oldest(tx, "awards", 1 << 20)
        outbox.shorten(tx, "awards", first.id, first.messages[2:])
    assert waiting(database) == 2
    with transaction(database) as tx:
        found = outbox.oldest(tx, "awards", 1 << 20)
    assert [parcel.messages for parcel in found] == [(message("c"),), (message("d"),)]


def test_thousands_of_stuck_rows_are_not_read_to_find_the_oldest_of_the_other_topic(
    database: Engine,
) -> None:
    with transaction(database) as tx:
        for number in range(5_000):
            outbox.put(tx, [signal(f"{number}")])
        outbox.put(tx, [message("a")])
    with transaction(database) as tx:
        (row,) = tx.rows(
            "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT id, body FROM outbox "
            "WHERE topic = 'awards' ORDER BY id LIMIT 200"
        )
        assert [parcel.messages for parcel in outbox.oldest(tx, "awards", 1)] == [(message("a"),)]
    (found,) = row[0] if isinstance(row[0], list) else json.loads(row[0])
    assert found["Plan"]["Shared Hit Blocks"] + found["Plan"]["Shared Read Blocks"] < 10


def test_what_waits_is_told_by_topic_with_its_age(database: Engine) -> None:
    leave_messages(database, signal("x"), signal("y"))
    with transaction(database) as tx:
        tx.execute("UPDATE outbox SET put_at = put_at - interval '90 seconds'")
    with transaction(database) as tx:
        found = outbox.waiting(tx)
    assert found["awards"] == (0, 0.0)
    assert found["dead-letters"].messages == 2
    assert 90 <= found["dead-letters"].oldest_seconds < 150


def test_a_crash_repeats_the_signals_byte_for_byte(database: Engine) -> None:
    leave_messages(database, signal("x"), signal("y"))
    crashing, next_one = Wire(crash=1), Wire()
    with pytest.raises(Crash):
        Relay(database, "dead-letters", lambda: crashing).run()
    with relaying(database, next_one, "dead-letters"):
        wait_until(lambda: waiting(database, "dead-letters") == 0)
    assert next_one.sent == crashing.sent == [signal("x"), signal("y")]
