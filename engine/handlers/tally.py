"""What a committed transaction adds to the metrics, and to what is known of inputs.

Once a batch, not once a record, but for the one loop that sorts Kafka's times by input.
"""

import time
from collections import Counter
from collections.abc import Sequence

from engine import metrics
from engine.handlers.batch import Batch
from engine.handlers.batch_transaction import ProcessedBatches
from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.steps.triage import Triage
from engine.intake.parse import ParsedFact, ParsedRetraction
from engine.intake.refusal import REASONS
from engine.intake.silence import DAY, Input
from events.schemas.registry import RETRACTION

_OUTCOMES = ("applied", "duplicates", "retractions", "dead_letters")

# From the start, at 0: an increase is measured from what was there before.
for _reason in REASONS:
    metrics.DEAD_LETTERS.labels(_reason)


def committed(
    batches: Sequence[Batch], done: ProcessedBatches, seconds: float, inputs: InputsHeard | None
) -> None:
    """Count batches whose transaction was committed after so many seconds."""
    for name in _OUTCOMES:
        number = sum(getattr(one.counts, name) for one in done.sorted)
        if number:
            metrics.RECORDS.labels(name).inc(number)
    metrics.BATCH_SECONDS.observe(seconds)
    metrics.BATCH_RECORDS.observe(sum(len(batch.records) for batch in batches))
    reasons = Counter(refusal.reason for one in done.sorted for _, refusal in one.refused)
    for reason, number in reasons.items():
        metrics.DEAD_LETTERS.labels(reason).inc(number)
    for (badge, change), number in done.projected.awards.items():
        metrics.AWARDS.labels(badge, change).inc(number)
    if done.projected.clear_notes:
        metrics.CLEAR_NOTES.inc(done.projected.clear_notes)
    instants = _instants(batches, done.sorted)
    if done.projected.awards and instants:
        oldest = min(map(min, instants.values()))
        metrics.EVENT_TO_AWARD_SECONDS.observe(max(0.0, time.time() - oldest / 1_000))
    if inputs is not None:
        ends = {
            (batch.topic, batch.partition): one.end
            for batch, one in zip(batches, done.sorted, strict=True)
        }
        for type, at in inputs.hear(instants, ends).items():
            metrics.LAST_RECORD.labels(type).set(at / 1_000)


def _instants(batches: Sequence[Batch], sorted_: Sequence[Triage]) -> dict[Input, list[int]]:
    """Kafka's times of the records that were passed and could be read, by input."""
    instants: dict[tuple[str, str], list[int]] = {}
    latest = time.time() * 1_000 + DAY
    for batch, one in zip(batches, sorted_, strict=True):
        for record in batch.records:
            at, reading = record.timestamp, record._reading  # which was read before
            if record.offset >= one.end:
                break
            if type(reading) is ParsedFact:
                fact = reading.fact
                which = (fact.place.program, fact.type)
            elif type(reading) is ParsedRetraction:
                which = (reading.retraction.place.program, RETRACTION)
            else:
                continue
            if not 0 < at < latest:
                continue  # not known, or a publisher's clock that is wrong by more than a day
            times = instants.get(which)
            if times is None:
                instants[which] = [at]
            else:
                times.append(at)
    return {Input(*which): times for which, times in instants.items()}
