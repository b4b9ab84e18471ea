"""Whom the stages of a program may be given to, as of an instant.

One person is read by the places they take part in, a whole program in one pass over the ledger;
what is asked is worked out by `projections.eligibility`, from facts alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile

from msgspec.structs import replace

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy, Stage
from engine.fact import Fact
from engine.projections.eligibility import AskedFacts, Eligibility, PersonAsOf
from engine.projections.participation import named
from engine.queries.errors import UnknownParticipant, UnknownStage
from engine.queries.snapshot import Snapshot
from engine.queries.spilled_facts import SpilledFacts
from engine.queries.visible import readable
from engine.store import policies
from engine.store.facts import of_person as stored
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked as of an instant: by which catalog and policy, of all stages that ask for
    something or of one by its name, as a grant or as a renewal."""

    catalog: Catalog
    policy: Policy
    as_of: Instant
    stage: str | None = None
    renewal: bool = False

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are asked for, in their order.

        Raises:
            UnknownStage: there is none of that name, or it asks for nothing; or no stage does.
        """
        asking = [stage for stage in self.policy.stages if stage.given is not None]
        label = f"catalog {self.catalog.name} version {self.catalog.version}"
        if not asking:
            raise UnknownStage(f"{label} has no stage that is asked for anything")
        if self.stage is None:
            return tuple(asking)
        for stage in self.policy.stages:
            if stage.name == self.stage:
                if stage.given is None:
                    raise UnknownStage(
                        f"stage {stage.name} of {label} has no `given`: the rule of its badge "
                        "alone decides, which `badge-engine explain` shows"
                    )
                return (stage,)
        names = ", ".join(stage.name for stage in asking)
        raise UnknownStage(
            f"no stage of {label} is called {readable(self.stage)}; there are {names}"
        )

    def check(self) -> None:
        """Raises UnknownStage, as `stages` does."""
        assert self.stages


def current(snapshot: Snapshot, program: str, as_of: Instant) -> Question:
    """The question by what a program goes by now: its catalog, and the policy adopted for that.

    Raises:
        UnknownProgram, CatalogAltered, PolicyAltered
    """
    generation = snapshot.generation_of(program)
    policy = policies.current(snapshot.tx, generation.catalog_id)
    return Question(generation.catalog, policy, as_of)


def of_person(
    snapshot: Snapshot, program: str, participant: str, question: Question
) -> list[Eligibility]:
    """What stages ask of one person, in the order of stages.

    Raises:
        UnknownProgram, CatalogAltered, UnknownStage
        UnknownParticipant: no fact names them until the instant.
    """
    stages = question.stages
    person = read(snapshot, program, participant, question)
    return [person.eligibility(stage, renewal=question.renewal) for stage in stages]


def read(snapshot: Snapshot, program: str, participant: str, question: Question) -> PersonAsOf:
    """One person as of the instant, of whom any stage of the policy can be asked.

    Raises:
        UnknownProgram, CatalogAltered
        UnknownParticipant: no fact names them until the instant.
    """
    asked = AskedFacts(question.catalog, question.policy)
    facts = facts_of(snapshot, program, participant)
    until = [fact for fact in facts if fact.time <= question.as_of]
    if participant not in named(until):
        raise UnknownParticipant(
            f"no fact of program {readable(program)} until {question.as_of} names "
            f"{readable(participant)}"
        )
    gathered = asked.gather(until, question.as_of).get(participant, {})
    return PersonAsOf(asked, program, participant, gathered, question.as_of)


def facts_of(snapshot: Snapshot, program: str, participant: str) -> Iterator[Fact]:
    """The accepted, unretracted facts of a program that name a person; some others among them.

    Raises:
        UnknownProgram, CatalogAltered
    """
    number = snapshot.generation_of(program).id
    return stored.naming(snapshot.tx, number, program, participant)


def of_program(snapshot: Snapshot, program: str, question: Question) -> Iterator[Eligibility]:
    """What stages ask of everybody whom a fact names until the instant: by participant, then in the
    order of stages. Their facts wait in a temporary file, so memory holds one person's at a time,
    and ten bytes for each of the others.

    Raises:
        UnknownProgram, CatalogAltered, UnknownStage
    """
    snapshot.generation_of(program)
    return of_facts(program, stored.of_program(snapshot.tx, program), question)


def of_facts(
    program: str, facts: Iterable[tuple[Fact, str]], question: Question
) -> Iterator[Eligibility]:
    """The same of these facts of a program, each with its content.

    Raises:
        UnknownStage
    """
    stages, asked = question.stages, AskedFacts(question.catalog, question.policy)
    with TemporaryFile() as file:
        spilled = SpilledFacts(file)
        for fact, content in facts:
            if fact.time <= question.as_of:
                spilled.add(content, named((fact,)), asked.counted_for(fact))
        # Nothing counts for most of the people of a program: learners. Their answer is one.
        nobody = PersonAsOf(asked, program, "", {}, question.as_of)
        of_nobody = [nobody.eligibility(stage, renewal=question.renewal) for stage in stages]
        for name in spilled.names:
            theirs = spilled.of(name)
            if not theirs:
                yield from (replace(one, participant_id=name) for one in of_nobody)
                continue
            person = PersonAsOf(asked, program, name, theirs, question.as_of)
            for stage in stages:
                yield person.eligibility(stage, renewal=question.renewal)
