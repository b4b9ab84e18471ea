"""Defects of the cold fold: order, places, names of awards."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

DEFECTS = (
    Defect(
        "ties-broken-by-arrival",
        "facts of one instant are ordered as they came",
        ("I4",),
        (
            Edit(
                "engine.projections.participant_history:gather",
                "key=lambda fact: fact.order",
                "key=lambda fact: fact.time",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "program-badge-outside-loops-only",
        "a quiz passed in a loop does not certify",
        ("I4",),
        (
            Edit(
                "engine.projections.cold:_persons",
                "if f.type in tested",
                "if f.type in tested and f.place.loop is None",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "one-digit-in-a-date",
        "one digit of an award's date is another",
        ("I4",),
        (
            Edit(
                "engine.projections.award:of_holding",
                "time=proof.time",
                'time=proof.time[:18] + "7" + proof.time[19:]',
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "award-ids-without-the-loop",
        "an award's id forgets its loop: those of two loops are one",
        ("I4",),
        (Edit("events.award_ids:award_id", 'loop or ""', '""'),),
        DefectLevel.PURE,
    ),
    Defect(
        "kudos-to-the-giver",
        "an award for kudos goes to the one who gave them",
        ("I4",),
        (
            Edit(
                "engine.projections.award:of_repeated",
                'giver = fact.data.get("giver_id")',
                'recipient = giver = str(fact.data["giver_id"])',
            ),
        ),
        DefectLevel.PURE,
    ),
)
