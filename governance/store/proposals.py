"""Proposals of another policy, which everybody of a program may make and read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from engine.store.postgres.connection import Transaction

ProposalAnswer = Literal["accepted", "declined"]
ANSWERS: tuple[ProposalAnswer, ...] = get_args(ProposalAnswer)

_COLUMNS = (
    "proposal_id::text, program, proposed_by, line, number, sample, words, proposed_at, answer, "
    "answer_words, answered_by, answered_at"
)


@dataclass(frozen=True, slots=True)
class PolicyProposal:
    """What somebody proposes. `line`: the address of a line of a stage, None where it is about
    something else; `number`, `sample`: what that line is to ask for; `proposed_by` and `words` are
    None once they were erased; `answer`: of a coordinator, None until there is one."""

    proposal_id: str
    program: str
    proposed_by: str | None
    line: str | None
    number: float | None
    sample: int | None
    words: str | None
    proposed_at: datetime
    answer: ProposalAnswer | None = None
    answer_words: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


def add(tx: Transaction, proposal: PolicyProposal) -> bool:
    """Keep a new proposal; False: there is one of that id."""
    return bool(
        tx.execute(
            "INSERT INTO governance.policy_proposals (proposal_id, program, proposed_by, line, "
            "number, sample, words, proposed_at) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, "
            "%s) ON CONFLICT DO NOTHING",
            proposal.proposal_id, proposal.program, proposal.proposed_by, proposal.line,
            proposal.number, proposal.sample, proposal.words, proposal.proposed_at,
        )
    )  # fmt: skip


def one(tx: Transaction, program: str, proposal_id: str) -> PolicyProposal | None:
    """A proposal; None: there is none."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM governance.policy_proposals WHERE program = %s "
        "AND proposal_id::text = %s",
        program, proposal_id,
    )  # fmt: skip
    return None if row is None else PolicyProposal(*row)


def of_program(tx: Transaction, program: str, limit: int) -> list[PolicyProposal]:
    """The latest so many proposals, latest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.policy_proposals WHERE program = %s "
        "ORDER BY proposed_at DESC, proposal_id LIMIT %s",
        program, limit,
    )  # fmt: skip
    return [PolicyProposal(*row) for row in rows]


def of_person(tx: Transaction, program: str, participant: str) -> list[PolicyProposal]:
    """What somebody proposed, first to last."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.policy_proposals WHERE program = %s "
        "AND proposed_by = %s ORDER BY proposed_at, proposal_id",
        program, participant,
    )  # fmt: skip
    return [PolicyProposal(*row) for row in rows]


def answer(
    tx: Transaction,
    program: str,
    proposal_id: str,
    given: ProposalAnswer,
    words: str | None,
    by: str,
    now: datetime,
) -> bool:
    """Answer a proposal; False: there is none, or it was answered."""
    return bool(
        tx.execute(
            "UPDATE governance.policy_proposals SET answer = %s, answer_words = %s, "
            "answered_by = %s, answered_at = %s WHERE program = %s AND proposal_id::text = %s "
            "AND answered_at IS NULL",
            given, words, by, now, program, proposal_id,
        )
    )  # fmt: skip
