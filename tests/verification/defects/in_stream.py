"""Defects of what lies between Kafka and a batch: positions, records, transactions."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_RECORD = "engine.stream.fetch.fetch_limits:FetchLimit._consumer_record"
_THREAD = "engine.stream.fetch.consumer:Thread"
_POSITIONS = "engine.stream.offsets.positions"
_CURSOR_NOT_CHECKED = Edit(
    "engine.store.cursors.cursors:lock",
    'AND c.next_offset = k."offset" AND c.halted',
    'AND (c.next_offset = k."offset" OR true) AND c.halted',
)

DEFECTS = (
    Defect(
        "first-read-begins-at-the-end",
        "a partition without a cursor is read from where it ends",
        ("I1", "I5"),
        (Edit(f"{_POSITIONS}:begin", "there.ranges[number].begin", "there.ranges[number].end"),),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "a-record-skipped-at-each-seek",
        "a seek in the topic of activity goes to the offset after the cursor, and what lies "
        "between passes for a hole",
        ("I5",),
        (
            Edit(
                f"{_THREAD}._seek_wait",
                "super()._seek_wait(consumer, partitions)",
                "super()._seek_wait(consumer, {tp: n + tp.topic.endswith('activity') "
                "for tp, n in partitions.items()})",
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "records-without-a-value-dropped",
        "the consumer drops records that have no value, and they pass for holes",
        ("I5",),
        (
            Edit(
                f"{_THREAD}._fetched",
                "            records,",
                "            [r for r in records if r.value is not None],",
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "headers-dropped",
        "the consumer hands records on without their headers",
        ("I5",),
        (Edit(_RECORD, "tuple(record.headers),", ""),),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "aborted-records-read",
        "records of a publisher's aborted transaction are processed",
        ("I5",),
        (
            Edit(
                f"{_THREAD}._create_worker_consumer",
                '"read_committed"',
                '"read_uncommitted"',
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "empty-batches-not-passed",
        "the cursor stays where there is only a transaction's marker",
        ("I10",),
        (
            Edit(
                "engine.handlers.batch_transaction:process_batches",
                "in zip(locked, sorted_, strict=True)\n        ),",
                "in zip(locked, sorted_, strict=True)\n"
                "            if one.end != one.counts.holes + cursor.next_offset\n"
                "            or setattr(one, 'end', cursor.next_offset)\n"
                "        ),",
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
        stands_still=True,
    ),
    Defect(
        "cursor-committed-before-its-batch",
        "the cursor moves in a transaction of its own, before the batch",
        ("I1", "I5", "I8"),
        (
            _CURSOR_NOT_CHECKED,
            Edit(
                "engine.handlers.retry.attempts:Attempts.until_done",
                "with transaction(self._engine) as tx:\n                    done =",
                "with transaction(self._engine) as tx:\n"
                "                    for batch in batches:\n"
                "                        tx.execute(\n"
                '                            "UPDATE cursors SET next_offset = %s "\n'
                '                            "WHERE topic = %s AND partition = %s",\n'
                "                            batch.end, batch.topic, batch.partition,\n"
                "                        )\n"
                "                with transaction(self._engine) as tx:\n"
                "                    done =",
            ),
        ),
        DefectLevel.KAFKA,
        "the_worker_dies",
    ),
    Defect(
        "read-on-from-the-offsets-of-the-group",
        "after a restart Kafka's group says where to read on, and no longer the cursor",
        ("I5", "I8"),
        (
            _CURSOR_NOT_CHECKED,
            Edit(
                f"{_POSITIONS}:Positions.find",
                "{number: known[number].next_offset for number in wanted}",
                "{n: there.committed.get(n, there.ranges[n].begin) for n in wanted}",
            ),
        ),
        DefectLevel.KAFKA,
        "the_worker_dies",
    ),
    Defect(
        "cursor-not-checked-by-a-late-worker",
        "a worker that was frozen writes its batch though another has taken over",
        ("I5", "I8"),
        (_CURSOR_NOT_CHECKED,),
        DefectLevel.KAFKA,
        "the_worker_is_frozen",
    ),
)
