"""Proposals of another policy: by anybody of a program, answered by a coordinator.

The words stand in a table of their own, where an erasure empties them; the log says that something
was proposed, and which number for which line.
"""

from dataclasses import dataclass

from events.schemas.stewardship_recorded import StewardshipRecorded
from governance import published
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import ProposalRefused
from governance.rules import ids
from governance.rules.policies import thresholds
from governance.rules.policies.thresholds import OtherThreshold
from governance.store import log, outbox, proposals
from governance.store.proposals import PolicyProposal, ProposalAnswer

SHOWN = 100
"""How many proposals a page has."""


@dataclass(frozen=True, slots=True)
class WantedChange:
    """What is proposed. `line`: the address of a line of a stage, with what it is to ask for; None
    where it is about something else. `words`: why."""

    words: str
    line: str | None = None
    other: OtherThreshold | None = None


def propose(
    sitting: Sitting, program: str, by: str, wanted: WantedChange, proposal_id: str
) -> PolicyProposal:
    """Keep a proposal and note it; with an id that is known it is the proposal of that id.

    Raises:
        ProposalRefused: unknown-line, does-not-fit, no-words; unknown-proposal, where the id is
            that of a proposal of somebody else.
        CatalogAltered, PolicyAltered
    """
    if not wanted.words.strip():
        raise ProposalRefused("no-words")
    if wanted.line is not None:
        _check_line(sitting, program, wanted)
    other = wanted.other if wanted.line is not None else None
    number, sample = (other.number, other.sample) if other is not None else (None, None)
    proposal = PolicyProposal(
        proposal_id, program, by, wanted.line, number, sample, wanted.words.strip(), sitting.now
    )
    if not proposals.add(sitting.tx, proposal):
        known = proposals.one(sitting.tx, program, proposal_id)
        if known is None or known.proposed_by != by:
            raise ProposalRefused("unknown-proposal")
        return known
    body = {
        "proposal": proposal_id,
        "line": proposal.line,
        "number": proposal.number,
        "sample": proposal.sample,
    }
    log.note(sitting.tx, program, None, "policy.proposed", by, body, sitting.now)
    return proposal


def answer(
    sitting: Sitting,
    program: str,
    proposal_id: str,
    given: ProposalAnswer,
    words: str,
    by: str,
) -> PolicyProposal:
    """Answer a proposal, once, and note it. One that is accepted is recorded as stewardship of who
    proposed it.

    Raises:
        ProposalRefused: unknown-proposal, answered
    """
    known = proposals.one(sitting.tx, program, proposal_id)
    if known is None:
        raise ProposalRefused("unknown-proposal")
    kept = words.strip() or None
    if not proposals.answer(sitting.tx, program, proposal_id, given, kept, by, sitting.now):
        raise ProposalRefused("answered")
    if given == "accepted" and known.proposed_by is not None and known.proposed_by != by:
        _record(sitting, known, known.proposed_by)
    body = {"proposal": proposal_id, "answer": given}
    log.note(sitting.tx, program, None, "policy.proposed", by, body, sitting.now)
    answered = proposals.one(sitting.tx, program, proposal_id)
    assert answered is not None, "it was there"
    return answered


def _check_line(sitting: Sitting, program: str, wanted: WantedChange) -> None:
    policy = rules_in_force.in_force(sitting, program).policy
    line = thresholds.line_at(policy, wanted.line or "")
    if line is None:
        raise ProposalRefused("unknown-line")
    if wanted.other is None or not thresholds.fits(line, wanted.other):
        raise ProposalRefused("does-not-fit")


def _record(sitting: Sitting, proposal: PolicyProposal, who: str) -> None:
    record_id = ids.policy_input(proposal.proposal_id)
    data = {"record_id": record_id, "kind": "policy"}
    event_id = ids.policy_input_event(proposal.proposal_id)
    fact = published.fact(
        proposal.program, who, StewardshipRecorded.TYPE, record_id, data, sitting.now, event_id
    )
    outbox.put(sitting.tx, [fact], sitting.now)
