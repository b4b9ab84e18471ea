"""Defects of the sorting of a batch: duplicates, conflicts, retractions, counts."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_APPLY = "engine.handlers.steps.triage:_apply"
_RETRACT = "engine.handlers.steps.triage:_retract"
_SORT = "engine.handlers.steps.triage:classify"

DEFECTS = (
    Defect(
        "duplicate-counted-as-applied",
        "a duplicate is counted as new",
        ("I5",),
        (
            Edit(
                _APPLY, 'count["duplicates"] += refusal is None', 'count["applied"] += not refusal'
            ),
        ),
        DefectLevel.DATABASE,
        "told_again",
    ),
    Defect(
        "duplicates-in-one-batch-unnoticed",
        "a fact that is in a batch twice becomes two facts",
        ("I5",),
        (Edit(_APPLY, "if first is None and key in triaged.ledger:", "if not key:"),),
        DefectLevel.DATABASE,
        "told_twice_in_a_batch",
    ),
    Defect(
        "duplicates-count-again",
        "a duplicate in another batch counts again in its measures",
        ("I4",),
        (
            Edit(
                _APPLY,
                "return refusal\n",
                "if refusal is None:\n"
                "            triaged.facts[key] = parsed\n"
                "        return refusal\n",
            ),
        ),
        DefectLevel.DATABASE,
        "told_again",
    ),
    Defect(
        "conflict-overwrites-the-first",
        "of two records in one batch that conflict the second is kept",
        ("I5",),
        (
            Edit(
                _APPLY,
                "if first != parsed.content:\n",
                "if first != parsed.content and key in triaged.facts:\n"
                "            triaged.ledger[key] = LedgerEntry(*key, *at, parsed.content)\n"
                "            triaged.facts[key] = parsed\n"
                "        elif first != parsed.content:\n",
            ),
        ),
        DefectLevel.DATABASE,
        "told_twice_in_a_batch",
    ),
    Defect(
        "conflict-without-a-dead-letter",
        "a conflict is ignored silently",
        ("I5",),
        (Edit(_APPLY, "return refusal\n", "return None\n"),),
        DefectLevel.DATABASE,
        "told_twice_in_a_batch",
    ),
    Defect(
        "retraction-before-its-fact-forgotten",
        "a fact that arrives after its retraction counts",
        ("I4",),
        (
            Edit(
                _APPLY,
                "if key in triaged.withdrawn:",
                "if not key:",
            ),
        ),
        DefectLevel.DATABASE,
        "retracted_beforehand",
    ),
    Defect(
        "retraction-in-the-batch-of-its-fact-forgotten",
        "a fact and its retraction in one batch: the fact counts",
        ("I4",),
        (
            Edit(
                _RETRACT,
                "elif triaged.facts.pop(key.of_fact, None) is None:",
                "elif key.of_fact not in triaged.facts:",
            ),
        ),
        DefectLevel.DATABASE,
        "retracted_beforehand",
    ),
    Defect(
        "unmet-retractions-uncounted",
        "retractions that have not met their fact are not counted",
        ("I5",),
        (Edit(_RETRACT, 'count["unmet_retractions"] += 1', "pass"),),
        DefectLevel.DATABASE,
        "retracted_beforehand",
    ),
    Defect(
        "holes-not-counted",
        "offsets without a record are not accounted for",
        ("I5",),
        (Edit(_SORT, "holes=result.end - batch.start - passed", "holes=0"),),
        DefectLevel.DATABASE,
        "with_holes",
    ),
    Defect(
        "cursor-moved-by-the-number-of-records",
        "the cursor moves on by as many offsets as there were records",
        ("I5",),
        (
            Edit(
                _SORT,
                "Triage(batch.end, cursor.window)",
                "Triage(batch.start + len(batch.records), cursor.window)",
            ),
        ),
        DefectLevel.DATABASE,
        "with_holes",
    ),
)
