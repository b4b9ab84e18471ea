"""What anybody may know of a mentor who shows a page: stages, badges, what they gave to others, and
numbers about their learners that say nothing of any one of them.

Numbers come by learner here, for who rounds them; nothing else of a learner is in the answer.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.catalog.measure_index import MeasureIndex
from engine.catalog.model import Badge
from engine.catalog.policy import Policy
from engine.fact import Fact
from engine.projections.eligibility import in_order
from engine.projections.loop_board import StandingAward
from engine.projections.terms import Term
from engine.queries import person
from engine.queries.notes import NotedTestimonial
from engine.queries.person import BestOfBadge
from engine.queries.recognition import RecognitionOfPerson, StageOfPerson
from engine.queries.snapshot import Snapshot
from engine.rules.aggregates.gain import Gain
from engine.rules.aggregates.judgement import Judged
from engine.rules.aggregates.share import ShareMet
from engine.rules.measure import Measure
from engine.store import policies
from engine.store.facts import of_person
from events.instants import Instant
from events.schemas.contribution_made import ContributionMade
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.portfolio_assessed import PortfolioAssessed
from events.schemas.testimonial_given import TestimonialGiven

LEARNER = "learner_id"


@dataclass(frozen=True, slots=True)
class HeldStage:
    """A stage in a term that runs. `award_id`: of its latest award."""

    badge: Badge
    term: Term
    award_id: str


@dataclass(frozen=True, slots=True)
class OutcomeByLearner:
    """An indicator that is a gain or a share: by learner a sum in millionths, and over how many
    things."""

    name: str
    is_share: bool
    by_learner: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MentorInPublic:
    """A mentor as of an instant. `learners`: with whom they worked; `stages`: those in a running
    term, highest first; `badges`: others of the program that they hold; `contributions`: by kind;
    `testimonials`: of learners, first to last."""

    learners: frozenset[str]
    stages: tuple[HeldStage, ...]
    badges: tuple[BestOfBadge, ...]
    contributions: Mapping[str, int]
    outcomes: tuple[OutcomeByLearner, ...]
    testimonials: tuple[NotedTestimonial, ...]


def read(snapshot: Snapshot, program: str, participant: str, as_of: Instant) -> MentorInPublic:
    """A mentor of a program.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation = snapshot.generation_for(program)
    catalog, policy = generation.catalog, policies.current(snapshot.tx, generation.catalog_id)
    facts = sorted(
        (
            fact
            for fact in of_person.naming(snapshot.tx, generation.id, program, participant)
            if fact.time <= as_of
        ),
        key=in_order,
    )
    best, awards = person.beyond_loops(snapshot, catalog, program, participant)
    way = RecognitionOfPerson(catalog, policy, (program, participant), facts, awards, best, as_of)
    return MentorInPublic(
        learners(facts, participant),
        tuple(_running(way.stages, awards, as_of)),
        tuple(badge for badge in way.others if badge.best is not None),
        Counter(_contributions(facts, participant)),
        tuple(outcomes(policy, facts, participant)),
        tuple(testimonials(facts, participant)),
    )


def _running(
    stages: Iterable[StageOfPerson], awards: Sequence[StandingAward], as_of: Instant
) -> Iterator[HeldStage]:
    for stage in reversed(tuple(stages)):
        running = [term for term in stage.terms if term.covers(as_of)]
        theirs = [each for each in awards if each.badge == stage.badge.name and each.time <= as_of]
        if running and theirs:
            latest = max(theirs, key=lambda award: (award.time, award.id))
            yield HeldStage(stage.badge, running[-1], latest.id)


def _contributions(facts: Iterable[Fact], participant: str) -> Iterator[str]:
    for fact in facts:
        if fact.type == ContributionMade.TYPE and fact.data["participant_id"] == participant:
            yield str(fact.data["kind"])


def learners(facts: Iterable[Fact], participant: str) -> frozenset[str]:
    """The learners whose portfolio was assessed, or who accepted something, while somebody was
    their mentor; among facts that name them."""
    return frozenset(
        str(fact.data[LEARNER])
        for fact in facts
        if (fact.type == PortfolioAssessed.TYPE and participant in _mentors(fact))
        or (fact.type == DeliverableAccepted.TYPE and fact.data["participant_id"] == participant)
    )


def _mentors(fact: Fact) -> Collection[object]:
    mentors = fact.data.get("mentor_ids", ())
    assert isinstance(mentors, Collection)
    return mentors


def testimonials(facts: Iterable[Fact], participant: str) -> list[NotedTestimonial]:
    """Those of learners for a mentor, among facts that name them, in their order."""
    return [
        NotedTestimonial.of(fact)
        for fact in facts
        if fact.type == TestimonialGiven.TYPE
        and (fact.data["participant_id"], fact.data["source"]) == (participant, "learner")
    ]


def outcomes(policy: Policy, facts: Sequence[Fact], participant: str) -> Iterator[OutcomeByLearner]:
    """The gains and shares of a policy that are about learners of a mentor. `facts`: in order."""
    for indicator in policy.indicators:
        aggregate = indicator.aggregate
        if isinstance(aggregate, Gain | ShareMet):
            by_learner = _by_learner(indicator, facts, participant)
            if by_learner:
                yield OutcomeByLearner(indicator.name, isinstance(aggregate, ShareMet), by_learner)


def _by_learner(
    indicator: Measure, facts: Sequence[Fact], participant: str
) -> Mapping[str, tuple[int, int]]:
    """What the indicator says over the facts of each learner alone; facts about no learner are left
    out."""
    index = MeasureIndex([replace(indicator, index=0)])
    of_learner: dict[str, list[Fact]] = {}
    for fact in facts:
        if LEARNER in fact.data and any(
            named == participant for _, named in index.contributions(fact)
        ):
            of_learner.setdefault(str(fact.data[LEARNER]), []).append(fact)
    aggregate = indicator.aggregate
    assert isinstance(aggregate, Judged)
    judged = {learner: aggregate.judge(theirs, None) for learner, theirs in of_learner.items()}
    return {learner: (each.total, each.of) for learner, each in judged.items()}
