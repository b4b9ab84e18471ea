"""`badge-governance rewards`, `bench` and `pair`: what is held, proposed and confirmed, a line
each."""

from collections.abc import Iterable, Iterator

from governance.committee import Sitting
from governance.rewards import benches, pairings
from governance.rewards.cycles import CycleBegun
from governance.rules.rewards import proposals
from governance.store import rewards

_SIXTIETHS = 60


def begun_lines(begun: Iterable[CycleBegun]) -> Iterator[str]:
    """A line for each cycle that was held now, naming nobody."""
    every = list(begun)
    for each in every:
        yield f"{each.reward}  {each.cycle}: {each.eligible} eligible, {len(each.granted)} granted"
    yield f"{len(every)} cycles held"


def held_lines(sitting: Sitting, program: str) -> Iterator[str]:
    """A line for each cycle that was ever held, latest first, with the seed of its draw."""
    for held, seed in rewards.seeds(sitting.tx, program):
        drawn = "" if seed is None else f", draw {held.draw_id}, seed {seed}"
        yield f"{held.reward}  {held.cycle}: {held.counted} eligible{drawn}"


def bench_lines(sitting: Sitting, program: str, by: str) -> Iterator[str]:
    """The proposal for the bench: it is drawn, if there is none.

    Raises:
        CaseRefused
    """
    draw = benches.propose(sitting, program, by)
    document = proposals.read_bench(draw.document or "")
    terms = {each.participant: each.terms for each in document.candidates}
    yield f"draw {draw.draw_id}, seed {draw.seed}"
    yield f"from {document.starts_on} to {document.ends_on}, {len(terms)} candidates"
    for who in document.chosen:
        yield f"{who}: {terms[who]} terms served"


def pair_lines(sitting: Sitting, program: str, by: str) -> Iterator[str]:
    """The proposal for pairings: it is drawn, if there is none.

    Raises:
        CaseRefused
    """
    draw = pairings.propose(sitting, program, by)
    document = proposals.read_pairings(draw.document or "")
    yield f"draw {draw.draw_id}, seed {draw.seed}"
    for senior, newcomer, cost in document.pairs:
        yield f"{newcomer} with {senior}: cost {cost / _SIXTIETHS:.2f}"
    for newcomer in document.alone:
        yield f"{newcomer}: nobody is left"


def confirmed_lines(
    sitting: Sitting, program: str, kind: str, draw_id: str, by: str
) -> Iterator[str]:
    """Confirm a whole proposal.

    Raises:
        CaseRefused
    """
    if kind == "bench":
        waiting = benches.proposal(sitting, program)
        document = "" if waiting is None else waiting.document or ""
        people = proposals.read_bench(document).chosen if document else []
        seated = benches.confirm(sitting, program, draw_id, by, people)
        yield f"{len(seated)} seated"
        return
    waiting = pairings.proposal(sitting, program)
    document = "" if waiting is None else waiting.document or ""
    pairs = proposals.read_pairings(document).pairs if document else []
    made = pairings.confirm(sitting, program, draw_id, by, [each[1] for each in pairs])
    yield f"{len(made)} paired"
