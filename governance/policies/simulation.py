"""Whom another threshold would concern: worked out from what everybody has now, and changed by
nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.queries import eligibility, terms_in_force
from engine.queries.eligibility import Question
from events.instants import from_datetime
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import ProposalRefused
from governance.rules.policies import thresholds
from governance.rules.policies.thresholds import OtherThreshold, ThresholdLine


class SimulationTooLong(Exception):
    """It was ended, as it had run for too long; nothing of it is known."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What another threshold would do. `ready`: everybody who meets the stage, or its renewal, now;
    `gained`, `lost`: who would or would no longer; `holding`: those of all these who hold the stage
    in good standing already. Ids, sorted."""

    line: ThresholdLine
    other: OtherThreshold
    people: int
    ready: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    holding: frozenset[str]


def simulate(
    sitting: Sitting,
    program: str,
    address: str,
    other: OtherThreshold,
    in_time: Callable[[], bool],
) -> Simulation:
    """Ask everybody of a program once, in one pass over their facts. `in_time`: asked for each of
    them, whether there is time left.

    Raises:
        ProposalRefused: unknown-line, does-not-fit
        SimulationTooLong, UnknownProgram, CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    line = thresholds.line_at(rules.policy, address)
    if line is None:
        raise ProposalRefused("unknown-line")
    if not thresholds.fits(line, other):
        raise ProposalRefused("does-not-fit")
    as_of = from_datetime(sitting.now)
    question = Question(rules.catalog, rules.policy, as_of, line.stage.name, line.renewal)
    now, then = set[str](), set[str]()
    people = 0
    for one in eligibility.of_program(sitting.engine, program, question):
        if not in_time():
            raise SimulationTooLong("there are too many facts to ask everybody now")
        people += 1
        if one.met:
            now.add(one.participant_id)
        if thresholds.met_under(one.root, line.path, other):
            then.add(one.participant_id)
    terms = terms_in_force.of_program(sitting.engine, program, rules.policy, as_of)
    holders = {term.participant for term in terms if term.badge == line.stage.badge}
    return Simulation(
        line, other, people, tuple(sorted(now)), tuple(sorted(then - now)),
        tuple(sorted(now - then)), frozenset(holders & (now | then)),
    )  # fmt: skip
