"""The ground of a case, read from the engine's ledger at the moment of a sitting.

An application is asked by the policy in force when its first pack is frozen, and by that policy
from then on. A withdrawal or an appeal is about a decision: its lines are those of the decision, as
of its instant and under the policy that it names, by the facts of today.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from engine.catalog.policy import Policy
from engine.fact import Fact
from engine.queries import arrivals
from engine.store import policies
from engine.store.facts.arrivals import ArrivedFact
from engine.store.generations.live import Generation
from events.instants import Instant
from events.schemas.decision_recorded import DecisionRecorded
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import ground as pure
from governance.packs.differences import After, FactsNow, LineDifference, fallen
from governance.packs.ground import CaseQuestion, Ground, GroundDecision
from governance.packs.sealed import PackDocument, document_of
from governance.store import cases, packs
from governance.store.cases import Case


@dataclass(frozen=True, slots=True)
class DecisionOnRecord:
    """A decision about somebody as the ledger has it, with all facts that name them. `asked` is
    None where the policy that it names was never adopted here, or asks for no such stage: nobody
    can say what its ground was. `document`: the pack it was made on, if that is one of ours and its
    subject was not erased."""

    fact: Fact
    arrived: tuple[ArrivedFact, ...]
    asked: CaseQuestion | None
    after: After
    document: PackDocument | None

    @property
    def as_of(self) -> Instant:
        """The instant of the facts that were looked at."""
        return GroundDecision.of(self.fact).as_of

    def history(self) -> FactsNow:
        """The facts until that instant as they are now, and what came after the decision."""
        return FactsNow.of(self.arrived, self.as_of, self.after)

    def fallen(self) -> tuple[LineDifference, ...]:
        """The lines that it was made on and that do not hold now."""
        asked = self.asked
        if asked is None:
            return ()
        return fallen(self.history(), lambda facts: pure.lines_of(asked, facts, self.as_of))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a case rests on, and the policy that it is decided under."""

    ground: Ground
    policy: Policy


def ground_of(sitting: Sitting, case: Case, as_of: Instant) -> Ground:
    """What a case rests on. `as_of`: of an application, the instant of its facts; of a withdrawal
    or an appeal, when its pack was frozen.

    Raises:
        CaseRefused: unknown-matter, as the policy asks for no such stage; unknown-case, as there is
            no such decision.
        CatalogAltered, PolicyAltered
    """
    return basis_of(sitting, case, as_of).ground


def basis_of(sitting: Sitting, case: Case, as_of: Instant) -> Basis:
    """The same with the policy. Raises as `ground_of` does."""
    if case.of_decision is not None:
        return _of_decision(sitting, case, case.of_decision, as_of)
    generation = sitting.engine.generation_for(case.program)
    facts = counted(arrivals.of_person(sitting.engine, case.program, case.subject))
    policy = _policy_of(sitting, case)
    return Basis(pure.ground(asked_of(generation, policy, case), facts, as_of), policy)


def in_force(sitting: Sitting, program: str) -> Policy:
    """The policy that was adopted for a program."""
    generation = sitting.engine.generation_for(program)
    return policies.current(sitting.engine.tx, generation.catalog_id)


def asked_of(generation: Generation, policy: Policy, case: Case) -> CaseQuestion:
    """What an application asks. Raises CaseRefused (unknown-matter)."""
    stage = None
    if case.kind != "waiver":
        stage = stage_of(policy, case.about)
        if stage is None:
            raise CaseRefused("unknown-matter", "The policy asks for no such stage.")
    renewal = case.kind == "renewal"
    return CaseQuestion(generation.catalog, policy, case.program, case.subject, stage, renewal)


def stage_of(policy: Policy, about: str) -> str | None:
    """The name of the stage with this badge, if it asks for something."""
    stages = (stage for stage in policy.stages if stage.badge == about and stage.given is not None)
    return next((stage.name for stage in stages), None)


def on_record(sitting: Sitting, program: str, subject: str, decision_id: str) -> DecisionOnRecord:
    """A decision about somebody, also one that was retracted.

    Raises:
        CaseRefused: unknown-case, as there is none of that id; not-in-state, as the ledger does not
            have it yet.
        CatalogAltered, PolicyAltered
    """
    made_by = cases.of_decision(sitting.tx, program, decision_id)
    document = None if made_by is None else document_of(sitting, made_by)
    loops = () if document is None else document.loops
    arrived = arrivals.of_person(sitting.engine, program, subject, loops)
    return of_arrived(sitting, program, subject, decision_id, arrived, made_by, document)


def of_arrived(
    sitting: Sitting,
    program: str,
    subject: str,
    decision_id: str,
    arrived: Iterable[ArrivedFact],
    made_by: Case | None,
    document: PackDocument | None,
) -> DecisionOnRecord:
    """The same, of facts that were read."""
    everything = tuple(arrived)
    decided = next(
        (
            one
            for one in everything
            if (one.fact.type, one.fact.id) == (DecisionRecorded.TYPE, decision_id)
            and one.fact.data["participant_id"] == subject
        ),
        None,
    )
    if decided is None and made_by is not None:
        raise CaseRefused("not-in-state", "The decision is being published. Try again in a minute.")
    if decided is None:
        raise CaseRefused("unknown-case", "There is no such decision about this person.")
    fact, arrival, _ = decided
    asked = _asked_by(sitting, program, subject, fact, made_by)
    if document is None:
        after = After({arrival.lane: arrival.offset + 1}, since=fact.time)
    else:
        after = document.after(arrivals.read_until(sitting.engine), fact.time)
    return DecisionOnRecord(fact, everything, asked, after, document)


def counted(arrived: Iterable[ArrivedFact]) -> list[Fact]:
    """The facts that were not retracted."""
    return [one.fact for one in arrived if one.retraction is None]


def _policy_of(sitting: Sitting, case: Case) -> Policy:
    if case.pack is not None:
        pack = packs.of(sitting.tx, case.case_id, case.pack)
        policy = policies.by_digest(sitting.engine.tx, pack.policy) if pack is not None else None
        if policy is not None:
            return policy
    return in_force(sitting, case.program)


def _of_decision(sitting: Sitting, case: Case, decision_id: str, as_of: Instant) -> Basis:
    record = on_record(sitting, case.program, case.subject, decision_id)
    history, asked = record.history(), record.asked
    decisions = pure.decisions_of(
        (fact for fact in counted(record.arrived) if fact.time <= as_of), case.subject
    )
    if asked is None:
        of_decision = GroundDecision.of(record.fact)
        ground = Ground(record.as_of, (), (), (), decisions, of_decision)
        return Basis(ground, in_force(sitting, case.program))

    ground = pure.ground(asked, history.counted, record.as_of)
    about = msgspec.structs.replace(
        ground,
        decisions=decisions,
        of_decision=GroundDecision.of(record.fact),
        fallen=record.fallen(),
    )
    return Basis(about, asked.policy)


def _asked_by(
    sitting: Sitting, program: str, subject: str, fact: Fact, made_by: Case | None
) -> CaseQuestion | None:
    policy = policies.by_digest(sitting.engine.tx, str(fact.data["policy"]))
    stage = None if policy is None else stage_of(policy, str(fact.data["case"]))
    if policy is None or stage is None:
        return None
    renewal = fact.data["outcome"] == "renewed" or (
        made_by is not None and made_by.kind == "renewal"
    )
    catalog = sitting.engine.generation_for(program).catalog
    return CaseQuestion(catalog, policy, program, subject, stage, renewal)
