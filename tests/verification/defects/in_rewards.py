"""Defects of rewards, the bench and pairings: who gets what, and whether it can be checked."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.rewards_checks import SCENARIO


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "winner-never-rests",
        "who won a lottery lately takes part in it",
        "R1",
        Edit(
            "governance.rules.rewards.lottery:winners",
            "set(eligible) - set(resting)",
            "set(eligible)",
        ),
    ),
    _of(
        "lottery-by-name",
        "a lottery is won by whose id comes first",
        "R1",
        Edit(
            "governance.rules.rewards.lottery:winners",
            "key=lambda who: (rank(seed, who), who)",
            "key=lambda who: who",
        ),
    ),
    _of(
        "rests-one-cycle-less",
        "a winner rests for one cycle less than the policy says",
        "R1",
        Edit(
            "governance.rules.rewards.cycles:RewardCycle.before",
            "self.number - number,",
            "self.number - number + 1,",
        ),
    ),
    _of(
        "standing-at-its-end",
        "a term still counts at the instant at which it ends",
        "R2",
        Edit(
            "governance.rules.rewards.standing:is_in_force",
            "at < award.valid_until",
            "at <= award.valid_until",
        ),
    ),
    _of(
        "grace-for-everybody",
        "who lets a term lapse keeps rewards without having asked to renew it",
        "R2",
        Edit(
            "governance.rules.rewards.standing:is_in_force",
            "not in grace.renewing",
            "in ()",
        ),
    ),
    _of(
        "bench-without-rest",
        "who sat last term may sit again at once",
        "R3",
        Edit("governance.rules.rewards.bench:chosen", "if not each.rests", "if True"),
    ),
    _of(
        "paired-in-conflict",
        "two who declared a conflict are paired",
        "R4",
        Edit(
            "governance.rules.rewards.pairing:proposed",
            "and (senior, name) not in bounds.forbidden",
            "",
        ),
    ),
    _of(
        "pairs-beyond-capacity",
        "an experienced mentor gets one newcomer more than there is room for",
        "R4",
        Edit(
            "governance.rules.rewards.pairing:proposed",
            "load[senior] < bounds.capacity",
            "load[senior] <= bounds.capacity",
        ),
    ),
    _of(
        "winners-unchecked",
        "the winners of a document are not compared with those of the rule",
        "R5",
        Edit(
            "governance.rules.rewards.lottery_document:_faults",
            "document.winners != expected",
            "False",
        ),
    ),
    _of(
        "seed-unchecked",
        "the seed of a document is not compared with the log's head",
        "R5",
        Edit(
            "governance.rules.rewards.lottery_document:_faults",
            "seed != document.seed",
            "False",
        ),
    ),
)
