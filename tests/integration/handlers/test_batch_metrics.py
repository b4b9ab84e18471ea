"""What batches add to the metrics: what was committed, once, and nothing else."""

from collections.abc import Sequence
from typing import Any

import psycopg
import pytest

from engine.handlers import batch_transaction
from engine.handlers.batch import Batch
from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.retry.isolate import BatchProcessor
from engine.intake.silence import Input
from tests.integration.handlers.harness import TERMS, TOPIC, Harness
from tests.support.given import KUDOS, MEETING, kudos, meeting, retracted
from tests.support.metrics import growth

_RECORDS, _AWARDS = "badge_engine_records_total", "badge_engine_awards_total"
_RETRIES = "badge_engine_transaction_retries_total"


def _at(batch: Batch, *times: int) -> Batch:
    for record, at in zip(batch.records, times, strict=True):
        record.timestamp = at
    return batch


def test_a_committed_batch_is_counted_by_outcome_reason_and_badge(harness: Harness) -> None:
    applied = growth(_RECORDS, outcome="applied")
    duplicates = growth(_RECORDS, outcome="duplicates")
    refused = growth("badge_engine_dead_letters_total", reason="malformed")
    trust = growth(_AWARDS, badge="trust", change="gained")
    notes = growth("badge_engine_clear_notes_total")
    batches = growth("badge_engine_batch_records_count")
    told = kudos("k1", "ann", "ben", "trust", message="for ann only")

    harness.taking().process(harness.batch(told, told, b"{", meeting("m1", "ann")))

    assert (applied(), duplicates(), refused()) == (2, 1, 1)
    assert (trust(), notes(), batches()) == (1, 1, 1)


def test_what_is_retracted_is_an_award_lost(harness: Harness) -> None:
    lost = growth(_AWARDS, badge="trust", change="lost")
    harness.taking().process(harness.batch(kudos("k1", "ann", "ben", "trust")))

    harness.taking().process(harness.batch(retracted(KUDOS, "k1")))

    assert lost() == 1


def test_what_is_rolled_back_counts_as_a_retry_and_nothing_else(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, tries = batch_transaction.process_batches, []

    def racing(tx: Any, generations: Any, told: Sequence[Batch], terms: Any) -> Any:
        done = original(tx, generations, told, terms)
        tries.append(1)
        if len(tries) < 3:
            raise psycopg.errors.SerializationFailure
        return done

    monkeypatch.setattr(batch_transaction, "process_batches", racing)
    applied, gained = (
        growth(_RECORDS, outcome="applied"),
        growth(_AWARDS, badge="trust", change="gained"),
    )
    retries = growth(_RETRIES, cause="serialization")

    harness.taking().process(harness.batch(kudos("k1", "ann", "ben", "trust")))

    assert (applied(), gained(), retries()) == (1, 1, 2)


def test_inputs_are_heard_at_kafkas_times_as_far_as_the_batch_went(harness: Harness) -> None:
    heard = InputsHeard()
    processor = BatchProcessor(harness.engine, TERMS, heard)
    day = 86_400_000
    batch = _at(
        harness.batch(
            meeting("m1", "ann"), kudos("k1", "ann", "ben", "trust"), b"{", meeting("m2", "ann")
        ),
        6 * day, 7 * day, 8 * day, 7 * day,
    )  # fmt: skip

    processor.process(batch)

    windows, positions = heard.take()
    assert {name: (w.first, w.last) for name, w in windows.items()} == {
        Input("program", MEETING): (6 * day, 7 * day),
        Input("program", KUDOS): (7 * day, 7 * day),
    }
    assert positions == {(TOPIC, 0): 4}
    assert heard.take().windows == {}


def test_a_publishers_clock_that_is_far_ahead_teaches_nothing(harness: Harness) -> None:
    """Given records of the far future and of the year 290 million, when they are processed, then
    only what has a believable time is heard, and it can be written down."""
    heard = InputsHeard()
    batch = _at(
        harness.batch(meeting("m1", "ann"), meeting("m2", "ann"), meeting("m3", "ann")),
        86_400_000, 32_503_680_000_000, 2**63 - 1,
    )  # fmt: skip

    BatchProcessor(harness.engine, TERMS, heard).process(batch)

    windows = heard.take().windows
    assert {name: window.last for name, window in windows.items()} == {
        Input("program", MEETING): 86_400_000
    }
