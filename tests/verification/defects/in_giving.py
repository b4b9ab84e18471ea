"""Defects of giving kudos: what is published twice, too late, in two ways, or not at all."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "key-of-anybody",
        "an idempotency key repeats what somebody else gave with it",
        ("G1",),
        (Edit("web.store.gifts:of_key", "AND giver = %s AND", "AND giver <> %s || '-' AND"),),
        _SURFACE,
    ),
    Defect(
        "time-of-publishing",
        "a fact has the time at which it is published, so a retry is another fact",
        ("G2",),
        (Edit("web.kudos.facts:of_gift", "1, gift.at)", "1, datetime.now().astimezone())"),),
        _SURFACE,
    ),
    Defect(
        "cancelled-after-claim",
        "kudos are cancelled although Kafka may have them",
        ("G3",),
        (
            Edit("web.kudos.withdrawal:decide", 'case "held" if not gift.claimed:', 'case "held":'),
            Edit("web.store.gifts:cancel", " AND NOT claimed", ""),
        ),
        _SURFACE,
    ),
    Defect(
        "sent-without-claim",
        "kudos are handed to Kafka without a trace of it",
        ("G3",),
        (Edit("web.store.gifts:claim", "claimed = true", "claimed = claimed"),),
        _SURFACE,
    ),
    Defect(
        "sealed-kept",
        "a sealed note stays where it was when Kafka has it",
        ("G4",),
        (Edit("web.store.gifts:acknowledge", "sealed = NULL, ", ""),),
        _SURFACE,
    ),
    Defect(
        "limit-one-too-many",
        "one more may be given than the limit says",
        ("G5",),
        (
            Edit(
                "web.kudos.rules:seconds_to_wait",
                "if len(instants) >= most",
                "if len(instants) > most",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "any-loop",
        "kudos are given in loops of others",
        ("W1",),
        (Edit("web.kudos.rules:are_there", "giver in loop.members and ", ""),),
        _SURFACE,
    ),
    Defect(
        "gift-of-another",
        "who knows the id of kudos sees what became of them",
        ("W1",),
        (
            Edit(
                "web.store.gifts:of_giver",
                "AND program = %s AND giver = %s",
                "AND program = %s AND giver <> %s || '-'",
            ),
        ),
        _SURFACE,
    ),
)
