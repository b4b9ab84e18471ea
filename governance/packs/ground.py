"""What of a pack must still hold: a function of the facts until an instant, a catalog and a policy.

The same facts give the same bytes, whatever the order and the batches they arrived in, so a digest
says whether anything has changed since a pack was frozen.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy
from engine.fact import Fact
from engine.projections.eligibility import AskedFacts, PersonAsOf
from engine.queries.checklist import checklist
from engine.queries.errors import UnknownStage
from engine.queries.visible import readable
from events.instants import Instant
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.testimonial_given import TestimonialGiven
from governance.packs import lines, panels
from governance.packs.differences import LineDifference
from governance.packs.lines import GroundLine
from governance.packs.panels import GroundPanel

_encode = msgspec.json.Encoder(order="sorted").encode


class GroundTestimonial(msgspec.Struct, frozen=True):
    """A testimonial for the subject. What it says is private and no part of a pack."""

    id: str
    source: str
    at: Instant


class GroundDecision(msgspec.Struct, frozen=True):
    """A decision about the subject: `at` when it was signed, `as_of` on the facts of when."""

    decision_id: str
    case: str
    outcome: str
    as_of: Instant
    at: Instant
    appeal_of: str | None

    @classmethod
    def of(cls, fact: Fact) -> "GroundDecision":
        """The decision that a fact reports."""
        data = fact.data
        appeal_of = data.get("appeal_of")
        return cls(
            fact.id, str(data["case"]), str(data["outcome"]), Instant(str(data["as_of"])),
            fact.time, None if appeal_of is None else str(appeal_of),
        )  # fmt: skip


class Ground(msgspec.Struct, frozen=True):
    """The ground of a case. `as_of`: of the facts behind the lines. `decisions`: earlier ones.
    `of_decision`: the one that a withdrawal or an appeal is about, and `fallen` what of its lines
    no longer holds."""

    as_of: Instant
    lines: tuple[GroundLine, ...]
    panels: tuple[GroundPanel, ...]
    testimonials: tuple[GroundTestimonial, ...]
    decisions: tuple[GroundDecision, ...]
    of_decision: GroundDecision | None = None
    fallen: tuple[LineDifference, ...] = ()

    @classmethod
    def read(cls, canonical: bytes) -> "Ground":
        """The ground with this canonical JSON."""
        return msgspec.json.decode(canonical, type=cls)

    @property
    def all_met(self) -> bool:
        """Whether every line is met."""
        return all(line.met for line in self.lines)

    @property
    def open_lines(self) -> tuple[GroundLine, ...]:
        """The lines that are not met."""
        return tuple(line for line in self.lines if not line.met)

    @property
    def met_but_reviews(self) -> bool:
        """Whether every line is met if reviews are left out of it."""
        return all(map(lines.met_but_reviews, self.lines))

    def canonical(self) -> bytes:
        """Canonical JSON: sorted names, no spaces."""
        return _encode(self)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """What a case asks of whom: the stage by its name, None where nothing is asked (a waiver);
    `renewal`: what the stage asks of a renewal."""

    catalog: Catalog
    policy: Policy
    program: str
    person: str
    stage: str | None
    renewal: bool


def lines_of(asked: CaseQuestion, facts: Iterable[Fact], as_of: Instant) -> tuple[GroundLine, ...]:
    """The lines of a stage for a person. `facts`: accepted, unretracted ones, in any order, those
    that name the person among them.

    Raises:
        UnknownStage: the policy has none of that name that asks for something.
    """
    if asked.stage is None:
        return ()
    stage = asked.policy.stage.get(asked.stage)
    if stage is None or stage.given is None:
        raise UnknownStage(f"the policy asks nothing for a stage {readable(asked.stage)}")
    of_policy = AskedFacts(asked.catalog, asked.policy)
    gathered = of_policy.gather(facts, as_of).get(asked.person, {})
    person = PersonAsOf(of_policy, asked.program, asked.person, gathered, as_of)
    eligibility = person.eligibility(stage, renewal=asked.renewal)
    return lines.of_checklist(checklist(asked.catalog, eligibility))


def ground(asked: CaseQuestion, facts: Iterable[Fact], as_of: Instant) -> Ground:
    """The ground of a first application, a renewal or a waiver, by facts as `lines_of` has them."""
    until = sorted((fact for fact in facts if fact.time <= as_of), key=lambda fact: fact.order)
    theirs = [fact for fact in until if fact.data.get("participant_id") == asked.person]
    return Ground(
        as_of,
        lines_of(asked, until, as_of),
        panels.of_facts(theirs, asked.person),
        tuple(_testimonials(theirs)),
        decisions_of(theirs, asked.person),
    )


def decisions_of(facts: Iterable[Fact], person: str) -> tuple[GroundDecision, ...]:
    """The decisions about a person among facts, first to last."""
    decided = [
        GroundDecision.of(fact)
        for fact in facts
        if fact.type == DecisionRecorded.TYPE and fact.data["participant_id"] == person
    ]
    return tuple(sorted(decided, key=lambda decision: (decision.at, decision.decision_id)))


def _testimonials(facts: Sequence[Fact]) -> Iterable[GroundTestimonial]:
    for fact in facts:
        if fact.type == TestimonialGiven.TYPE:
            yield GroundTestimonial(fact.id, str(fact.data["source"]), fact.time)
