"""Defects of what is kept: cursors, ledger, private messages, dead letters."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_PROJECT = "engine.handlers.steps.project:project"
_REFUSED = "engine.handlers.steps.refused"

DEFECTS = (
    Defect(
        "cursor-not-checked",
        "a batch is processed wherever the cursor is",
        ("I5", "I8"),
        (
            Edit(
                "engine.store.cursors.cursors:lock",
                'AND c.next_offset = k."offset" AND c.halted',
                'AND (c.next_offset = k."offset" OR true) AND c.halted',
            ),
        ),
        DefectLevel.DATABASE,
        "delivered_twice",
    ),
    Defect(
        "lane-always-the-first",
        "the ledger notes partition 0 for every fact",
        ("I5",),
        (
            Edit(
                _PROJECT,
                "triaged.ledger.values()",
                "[entry._replace(lane=0) for entry in triaged.ledger.values()]",
            ),
        ),
        DefectLevel.DATABASE,
        "the_quiz_comes_last",
    ),
    Defect(
        "content-without-a-field",
        "the ledger leaves out who of the attendees were mentors",
        ("I5",),
        (
            Edit(
                "engine.intake.content:encode",
                "_encode({**data,",
                '_encode({**{n: v for n, v in data.items() if n != "mentor_ids"},',
            ),
        ),
        DefectLevel.DATABASE,
        "every_rating",
    ),
    Defect(
        "private-messages-not-kept",
        "the message that came with kudos is lost",
        ("I5",),
        (Edit(_PROJECT, "messages.keep(tx, triaged.facts.values(), notes_key)", "0"),),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "private-messages-outlive-their-kudos",
        "the message of retracted kudos stays",
        ("I5",),
        (Edit(_PROJECT, "messages.forget(tx, triaged.retracted)", "pass"),),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "one-dead-letter-per-batch",
        "of several refused records of a batch only the first is kept",
        ("I5",),
        (
            Edit(
                f"{_REFUSED}:keep",
                "entries.keep(tx, refused, VERSION)",
                "entries.keep(tx, refused[:1], VERSION)",
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "dead-letters-without-bytes",
        "a dead letter is kept without its record's value",
        ("I5",),
        (Edit(f"{_REFUSED}:_entry", "        value,", "        None,"),),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "dead-letters-not-signalled",
        "refused records are kept, and not signalled",
        ("I5",),
        (
            Edit(
                "engine.handlers.batch_transaction:process_batches",
                "refused.signals(kept)",
                "refused.signals(kept[:0])",
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "signals-with-the-record",
        "the signal of a dead letter carries the refused record",
        ("I11",),
        (
            Edit(
                f"{_REFUSED}:_signal",
                '"reason": refused.reason,',
                '"reason": refused.reason, "value": repr(refused.value),',
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
)
