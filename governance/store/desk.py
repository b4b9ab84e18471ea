"""All that a member of the committee may know of cases on the desk, in one statement for any number
of them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from engine.store.postgres.connection import Transaction
from governance.rules.states import Outcome
from governance.store.seats import Seat

_OF_CASES = """
WITH wanted AS (SELECT case_id, pack FROM governance.cases WHERE case_id = ANY (%s::text[]::uuid[]))
SELECT case_id::text, 'pack', NULL, p.policy, NULL, NULL
    FROM wanted JOIN governance.packs p USING (case_id) WHERE p.number = wanted.pack
UNION ALL
SELECT case_id::text, 'seat', member, why, assigned_at, left_at
    FROM wanted JOIN governance.seats USING (case_id)
UNION ALL
SELECT case_id::text, 'recused', member, why, NULL, NULL
    FROM wanted JOIN governance.recusals USING (case_id)
UNION ALL
SELECT case_id::text, 'opened', member, bool_and(blind)::text, NULL, NULL
    FROM wanted JOIN governance.openings o USING (case_id) WHERE o.number = wanted.pack
    GROUP BY case_id, member
UNION ALL
SELECT case_id::text, 'vote', member, outcome, NULL, NULL
    FROM wanted JOIN governance.signatures s USING (case_id) WHERE s.number = wanted.pack
ORDER BY 1, 2, 5, 3
"""


@dataclass(slots=True)
class DeskParts:
    """What belongs to a case. `policy`: the digest that its pack was frozen under. `seats`: also
    those that were left. `recused`: why, in a word, by member. `opened`, `votes`: of the present
    pack; of somebody who is recused there is no vote. `opened` says whether names stayed out."""

    policy: str | None = None
    seats: list[Seat] = field(default_factory=list)
    recused: dict[str, str] = field(default_factory=dict)
    opened: dict[str, bool] = field(default_factory=dict)
    votes: dict[str, Outcome] = field(default_factory=dict)


def of_cases(tx: Transaction, case_ids: Collection[str]) -> dict[str, DeskParts]:
    """What belongs to each of these cases, by id."""
    there = {case_id: DeskParts() for case_id in case_ids}
    rows = tx.rows(_OF_CASES, sorted(there)) if there else ()
    for case_id, what, member, word, begin, end in rows:
        parts = there[case_id]
        match what:
            case "pack":
                parts.policy = word
            case "seat":
                parts.seats.append(Seat(case_id, member, begin, end, word))
            case "recused":
                parts.recused[member] = word
            case "opened":
                parts.opened[member] = word == "true"
            case "vote" if member not in parts.recused:  # recusals come before votes
                parts.votes[member] = word
    return there
