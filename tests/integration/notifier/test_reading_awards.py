"""The awards read into tables, through a real broker and a real database."""

import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from tests.integration.local.processes import wait_until
from tests.integration.notifier.broker import AwardsBroker
from tests.integration.stream.administration import add_partitions, delete_topic
from tests.support.award_records import id_of, invitation_of, revision_of


@pytest.fixture
def broker(kafka: str, database: Engine) -> AwardsBroker:
    """A topic of one's own."""
    made = AwardsBroker(kafka, database)
    made.create()
    return made


def awarded(who: str, revision: int = 1, **data: str) -> bytes:
    """Earned just now."""
    return revision_of(who, revision, at=datetime.now(UTC), **data)


def test_an_award_is_an_item_within_moments(broker: AwardsBroker) -> None:
    with broker.following():
        broker.read()
        waited = []
        for number in range(20):
            broker.publish(awarded(f"p-{number:02}"))
            published = time.monotonic()
            while len(broker.people()) <= number:
                assert time.monotonic() < published + 10
            waited.append(time.monotonic() - published)
    assert sorted(waited)[10] < 0.1


def test_when_it_first_starts_what_is_there_already_is_announced_to_nobody(
    broker: AwardsBroker,
) -> None:
    # Given awards and an invitation from before there was a notifier,
    broker.publish(awarded("ann"), invitation_of("ann", "ben", at=datetime.now(UTC)))

    # when it starts, and another award follows,
    with broker.following():
        broker.read()
        assert broker.people() == []
        broker.publish(awarded("ben"))
        broker.read()

    # then only that one is announced, and the others are known.
    assert (broker.people(), broker.people("deliveries")) == (["ben"], ["ben"])
    assert broker.people("notices") == ["ann", "ben"]

    # And what came while it was away is announced when it starts again.
    broker.publish(awarded("cy"), awarded("ann", 2), awarded("ann", 3))
    with broker.following():
        broker.read()
    assert broker.people() == ["ann", "ben", "cy"]
    assert broker.people("deliveries") == ["ben", "cy"]


def test_killed_before_it_has_read_the_baseline_it_still_announces_nothing_of_it(
    broker: AwardsBroker, database: Engine
) -> None:
    broker.publish(awarded("ann"))
    with broker.following():
        broker.read()
    with database.begin() as connection:  # as if it had committed its start only
        connection.exec_driver_sql("UPDATE notify.cursors SET next_offset = 0")
        connection.exec_driver_sql("DELETE FROM notify.notices")

    broker.publish(awarded("ben"))
    with broker.following():
        broker.read()
    assert (broker.people(), broker.people("notices")) == (["ben"], ["ann", "ben"])


def test_from_the_beginning_what_is_there_is_announced_too(broker: AwardsBroker) -> None:
    broker.publish(awarded("ann"), awarded("ann", 2), awarded("ben"))
    with broker.following(from_beginning=True):
        broker.read()
    assert (broker.people(), broker.people("deliveries")) == (["ben"], ["ben"])


def test_bad_records_are_counted_and_named_by_their_offsets_only(
    broker: AwardsBroker, capsys: pytest.CaptureFixture[str]
) -> None:
    with broker.following():
        broker.read()
        broker.publish(b"secret", b'{"secret": 1}', awarded("ann", badge_name=""), awarded("ben"))
        broker.read()

    assert broker.people() == ["ann", "ben"]
    assert broker.rows("SELECT sum(refused)::int FROM notify.cursors") == [(2,)]
    log = "".join(capsys.readouterr())
    assert log.count("record refused") == 2
    assert "secret" not in log


def test_what_was_read_is_not_read_again_and_a_repeat_changes_nothing(
    broker: AwardsBroker,
) -> None:
    broker.publish(awarded("ann"))
    record = awarded("ann")
    with broker.following(from_beginning=True):
        broker.read()
    with broker.following():
        broker.publish(record, record)
        broker.read()
    assert (broker.people(), broker.people("notices")) == (["ann"], ["ann"])


def test_added_partitions_and_a_topic_made_again_are_read_from_their_beginnings(
    broker: AwardsBroker, database: Engine
) -> None:
    with broker.following():
        broker.read()
        add_partitions(broker.settings.bootstrap, broker.topic.name, 6)
        late = AwardsBroker(broker.settings.bootstrap, database, broker.topic.name)
        late.publish(awarded("ann"), partition=5)
        wait_until(lambda: broker.people() == ["ann"])

        # The same award and a new one, at lower offsets than were read, on another topic.
        delete_topic(broker.settings.bootstrap, broker.topic.name)
        broker.create()
        again = AwardsBroker(broker.settings.bootstrap, database, broker.topic.name)
        again.publish(awarded("ann"), awarded("ben"))
        again.read()

    assert broker.people() == ["ann", "ben"]
    assert broker.rows("SELECT DISTINCT baseline FROM notify.notices") == [(False,)]


def test_a_thousand_awards_of_one_person_are_a_thousand_items(broker: AwardsBroker) -> None:
    awards = [
        awarded("ann", occurrence=f"k-{number}", badge="trust", giver="ben")
        for number in range(1_000)
    ]
    with broker.following():
        broker.read()
        broker.publish(*awards, *awards)
        broker.read()
    assert broker.people() == ["ann"] * 1_000
    assert broker.rows("SELECT revision FROM notify.notices WHERE award_id = %s::uuid",
        id_of("ann", "trust", "k-999")) == [(1,)]  # fmt: skip


def test_every_look_is_by_key_though_the_tables_were_empty_when_they_were_analysed(
    broker: AwardsBroker, database: Engine
) -> None:
    # Given statistics that say that there is nothing, as a new deployment has them,
    with transaction(database) as tx:
        tx.execute("ANALYZE notify.notices, notify.items, notify.deliveries")

    # when awards are read in more batches than PostgreSQL plans one by one,
    with broker.following():
        broker.read()
        for number in range(10):
            broker.publish(*[awarded(f"p-{number}-{each}") for each in range(50)])
            broker.read()

    # then no table was read as a whole: it once took a minute for 10,000 awards.
    def counted() -> list[tuple[int, int]]:
        return broker.rows(
            "SELECT n_tup_ins::int, seq_tup_read::int FROM pg_stat_user_tables "
            "WHERE schemaname = 'notify' AND relname = 'notices'"
        )

    wait_until(lambda: counted()[0][0] == 500)
    assert counted() == [(500, 0)]
