"""What is deleted after a while, and what is remembered for ever."""

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from notifier.store import tidying
from tests.integration.notifier.reading import Reading
from tests.support.award_records import id_of, revision_of

_SENT = "UPDATE notify.deliveries SET state = 'sent', settled_at = %s, message_id = '<m@a.example>'"


def test_an_award_that_was_mailed_and_is_earned_again_a_year_later_is_not_mailed_again(
    database: Engine,
) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann"))
    reading.execute(_SENT, reading.now)
    reading.read(revision_of("ann", 2))

    year = reading.move_clock(days=365)
    with transaction(database) as tx:
        tidying.tidy(tx, year)
    reading.read(revision_of("ann", 3, at=year))

    assert reading.deliveries() == {id_of("ann"): "sent"}


def test_what_was_dropped_is_deleted_after_three_months_and_items_after_a_year(
    database: Engine,
) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann"))
    reading.read(revision_of("ann", 2))
    assert reading.deliveries() == {id_of("ann"): "dropped"}

    for days, counts in ((89, (0, 0)), (2, (1, 0)), (310, (0, 1))):
        with transaction(database) as tx:
            deleted = tidying.tidy(tx, reading.move_clock(days=days))
        assert (deleted["deliveries"], deleted["items"]) == counts
