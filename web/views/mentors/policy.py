"""The policy of a program: in force, before, and as it might be."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from directory import names
from engine.queries import policy_history, wording
from events.instants import from_datetime
from governance.policies.proposals import SHOWN
from governance.policies.simulation import Simulation
from governance.rules.policies import differences, thresholds
from governance.rules.policies.differences import PolicyDifference
from governance.rules.policies.thresholds import ThresholdLine
from governance.store import proposals
from governance.store.proposals import PolicyProposal, ProposalAnswer
from web.views import people
from web.views.committee.docket import Docket, NamedPeople
from web.views.model import InstantText, View
from web.views.people import Person

_LONGEST = 400
"""How many characters of a value that is whole are shown."""


class PolicyAdopted(View):
    """A policy that was adopted. `adopted_at`, `by`, `reason`: null of the first, which the program
    began with; `before`: the digest of the one before, null of the first."""

    digest: str
    adopted_at: InstantText | None
    by: str | None
    reason: str | None
    before: str | None
    in_force: bool


class ThresholdShown(View):
    """A line that asks for a number. `line`: its address; `sample`: of a mean, share or gain."""

    line: str
    stage: str
    renewal: bool
    words: str
    number: float
    sample: int | None
    months: int | None


class ProposalShown(View):
    """A proposal. `by`: null once they were erased, as `words`; `line`: the address of a line, null
    where it is about something else; `about`: that line in words, null where it is asked no
    longer."""

    proposal_id: str
    by: Person | None
    at: InstantText
    line: str | None
    about: str | None
    number: float | None
    sample: int | None
    words: str | None
    answer: ProposalAnswer | None
    answer_words: str | None
    answered_at: InstantText | None


class PolicyShown(View):
    """The policy of a program. `digest`: null if it has none; `versions`: latest first."""

    digest: str | None
    versions: list[PolicyAdopted]
    lines: list[ThresholdShown]
    proposals: list[ProposalShown]


class PolicyDifferenceShown(View):
    """A place where two policies differ. `before`, `after`: null where there is nothing."""

    part: str
    where: list[str]
    before: str | None
    after: str | None


class PolicyDifferencesShown(View):
    """What differs between two policies, by their digests."""

    before: str
    after: str
    items: list[PolicyDifferenceShown]


class SimulationShown(View):
    """Whom another threshold would concern. `ready`: how many meet all lines now; `gained`, `lost`:
    how many would, and would no longer; `holding`: how many of all these hold the stage already;
    who they are, only for coordinators."""

    line: ThresholdShown
    number: float
    sample: int | None
    people: int
    ready: int
    ready_then: int
    gained: int
    lost: int
    holding: int
    who_gained: list[Person] | None
    who_lost: list[Person] | None


class UnknownPolicy(Exception):
    """The program never went by a policy of this digest."""


def read(docket: Docket) -> PolicyShown:
    """The policy of a program, with its history and what was proposed. Three statements.

    Raises:
        CatalogAltered, PolicyAltered
    """
    policy, engine = docket.rules.policy, docket.sitting.engine
    known = policy_history.versions(engine, docket.rules.catalog, policy)
    before: list[str | None] = [None, *(each.digest for each in known)]
    adopted = [
        PolicyAdopted(
            digest=each.digest,
            adopted_at=each.adopted_at,
            by=each.by,
            reason=each.reason,
            before=previous,
            in_force=number == len(known) - 1,
        )
        for number, (each, previous) in enumerate(zip(known, before, strict=False))
    ]
    return PolicyShown(
        digest=policy.digest if policy else None,
        versions=adopted[::-1],
        lines=[threshold(docket, line) for line in thresholds.lines(policy)],
        proposals=_proposals(docket),
    )


def compare(docket: Docket, before: str, after: str) -> PolicyDifferencesShown:
    """What differs between two policies that the program went by.

    Raises:
        UnknownPolicy, PolicyAltered
    """
    engine, rules = docket.sitting.engine, docket.rules
    theirs = {each.digest for each in policy_history.versions(engine, rules.catalog, rules.policy)}
    if not {before, after} <= theirs:
        raise UnknownPolicy(f"{before} or {after}")
    known = policy_history.of_digests(engine, [before, after])
    if not {before, after} <= known.keys():
        raise UnknownPolicy(f"{before} or {after}")
    return PolicyDifferencesShown(
        before=before,
        after=after,
        items=[_difference(each) for each in differences.of_policies(known[before], known[after])],
    )


def simulated(docket: Docket, made: Simulation) -> SimulationShown:
    """What a simulation says, to who may know it: names are for coordinators."""
    concerned = (made.gained, made.lost)
    named = docket.standing.coordinates
    called = docket.known(*made.gained, *made.lost) if named else NamedPeople({})
    gained, lost = ([called.person(name) for name in each] if named else None for each in concerned)
    return SimulationShown(
        line=threshold(docket, made.line),
        number=made.other.number,
        sample=made.other.sample,
        people=made.people,
        ready=len(made.ready),
        ready_then=len(made.ready) + len(made.gained) - len(made.lost),
        gained=len(made.gained),
        lost=len(made.lost),
        holding=len(made.holding),
        who_gained=gained,
        who_lost=lost,
    )


def threshold(docket: Docket, line: ThresholdLine) -> ThresholdShown:
    """A line that asks for a number."""
    asked = line.asked
    return ThresholdShown(
        line=line.address,
        stage=docket.rules.catalog.badge[line.stage.badge].title,
        renewal=line.renewal,
        words=wording.spaced(asked.measure.name),
        number=asked.number,
        sample=asked.sample,
        months=asked.in_last,
    )


def proposal(docket: Docket, one: PolicyProposal) -> ProposalShown:
    """A proposal by itself."""
    return next(_shown(docket, [one]))


def _proposals(docket: Docket) -> list[ProposalShown]:
    known = proposals.of_program(docket.sitting.tx, docket.program, SHOWN)
    return list(_shown(docket, known)) if known else []


def _shown(docket: Docket, known: Sequence[PolicyProposal]) -> Iterator[ProposalShown]:
    ids = {each.proposed_by for each in known if each.proposed_by is not None}
    called = names.people(docket.sitting.tx, docket.program, ids)
    for each in known:
        line = thresholds.line_at(docket.rules.policy, each.line) if each.line else None
        person = called.get(each.proposed_by) if each.proposed_by is not None else None
        yield ProposalShown(
            proposal_id=each.proposal_id,
            by=people.of(person) if person is not None else None,
            at=from_datetime(each.proposed_at),
            line=each.line,
            about=None if line is None else _about(docket, line),
            number=each.number,
            sample=each.sample,
            words=each.words,
            answer=each.answer,
            answer_words=each.answer_words,
            answered_at=None if each.answered_at is None else from_datetime(each.answered_at),
        )


def _about(docket: Docket, line: ThresholdLine) -> str:
    shown = threshold(docket, line)
    return f"{shown.stage}{', renewal' if shown.renewal else ''}: {shown.words}"


def _difference(each: PolicyDifference) -> PolicyDifferenceShown:
    part, *where = each.path
    return PolicyDifferenceShown(
        part=part,
        where=[wording.spaced(name) for name in where],
        before=_text(each.before),
        after=_text(each.after),
    )


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else wording.spaced(value)
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(str(one) for one in value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
