"""Defects of proofs: what is said and kept of dates, evidence and causes."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_VERDICTS = "engine.handlers.steps.verdicts"

DEFECTS = (
    Defect(
        "announced-on-later-facts",
        "an announcement names later facts than those known that earned it",
        ("I6",),
        (
            Edit(
                "engine.awards.evidence:ParticipantHistories._gather",
                "facts.get(place, ())",
                "sorted(facts.get(place, ()), key=lambda fact: fact.order)[1:]",
            ),
        ),
        DefectLevel.DATABASE,
        "seven_at_once",
    ),
    Defect(
        "stored-award-moved-by-late-facts",
        "late facts move the stored date of an award that was announced with another",
        ("I1",),
        (
            Edit(f"{_VERDICTS}:differing", "if retracted:", "if True:"),
            Edit(
                "engine.handlers.steps.decide:AwardDecider._settle",
                "if award.id in causes",
                "if award.id in stored",
            ),
            Edit(f"{_VERDICTS}:follow", "if award.id in causes:", "if award.id in proofs:"),
        ),
        DefectLevel.DATABASE,
        "a_late_fact",
    ),
    Defect(
        "cause-is-the-first-retraction",
        "of two retractions that broke a proof the first is named, not the last",
        ("I6",),
        (Edit(f"{_VERDICTS}:broken", "max(filter", "min(filter"),),
        DefectLevel.DATABASE,
        "two_retracted",
    ),
    Defect(
        "restated-without-a-trace",
        "an award whose proof is put right loses what was announced: nothing keeps it",
        ("I1",),
        (
            Edit(
                "engine.store.awards.awards:restate",
                "WHERE award_id = ANY",
                "WHERE standing IS NULL AND award_id = ANY",
            ),
        ),
        DefectLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "catalog-without-its-digest",
        "announcements have the catalog's name in place of its digest",
        ("I1",),
        (
            Edit(
                "engine.awards.messages:_message",
                '"digest": catalog.digest',
                '"digest": catalog.name',
            ),
        ),
        DefectLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "refused-without-a-word",
        "dead letters are kept without their detail",
        ("I5",),
        (Edit("engine.store.dead_letters.entries:keep", "r.detail", '""'),),
        DefectLevel.DATABASE,
        "refused",
    ),
)
