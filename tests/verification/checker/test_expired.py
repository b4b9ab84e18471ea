"""What is no more where it was: the checker believes the ledger, and still counts."""

from dataclasses import replace

from tests.verification.checker.caught import caught
from tests.verification.checker.check import check
from tests.verification.checker.corrupt import changed, in_database
from tests.verification.checker.seen import Observations, Span


def without_redriven(seen: Observations, expired: int) -> Observations:
    """As it is seen when dead letters that were resolved have been deleted."""
    left = tuple(row for row in seen.database.dead_letters if row.resolution is None)
    return in_database(seen, dead_letters=left, expired=expired)


def test_dead_letters_that_expired_are_missed_by_nobody(seen: Observations) -> None:
    number = sum(row.resolution is not None for row in seen.database.dead_letters)
    assert number > 2

    assert [str(violation) for violation in check(without_redriven(seen, number))] == []


def test_more_dead_letters_missing_than_expired_are_caught(seen: Observations) -> None:
    caught(without_redriven(seen, 1), "I5", "and no dead letter")


def test_more_dead_letters_expired_than_are_missing_are_caught(seen: Observations) -> None:
    caught(without_redriven(seen, 99), "I5", "99 are said to have expired")


def expired(seen: Observations) -> Observations:
    """As it is seen when Kafka has no more what partition 1 began with."""
    begin = 20
    left = tuple(r for r in seen.activity.records if r.partition != 1 or r.offset >= begin)
    spans = {**seen.activity.spans, 1: Span(begin, seen.activity.spans[1].end)}
    return replace(seen, activity=replace(seen.activity, records=left, spans=spans))


def test_records_that_kafka_has_no_more_are_believed_as_the_ledger_has_them(
    seen: Observations,
) -> None:
    assert [str(violation) for violation in check(expired(seen))] == []


def test_records_that_kafka_has_no_more_still_count_once_each(seen: Observations) -> None:
    seen = expired(seen)
    rows = seen.database.cursors
    at = next(n for n, row in enumerate(rows) if row.partition == 1)
    miscounted = changed(rows, at, applied=rows[at].applied - 1)

    caught(in_database(seen, cursors=miscounted), "I5", "counted of 20 that are gone")
