"""What a criterion is: a monotone statement about what a participant did and holds.

Monotone: one more fact, or one more award, never makes it false. Each kind says in one file how it
is written, when it is met, since when and on what evidence, and how far there is still to go.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.aggregates.judgement import Judged
from engine.rules.measure import Measure
from engine.rules.source import Node
from events.instants import Instant


class Holding(NamedTuple):
    """A badge at one of its levels (occurrence "" for a badge without levels)."""

    badge: str
    occurrence: str


class EvidenceItem(NamedTuple):
    """One thing an award rests on, in the order evidence is listed: time, type, id.

    `loop` is the fact's loop or "", which tells equal ids of two loops apart.
    """

    time: Instant
    type: str
    id: str
    loop: str


class Proof(NamedTuple):
    """Since when a criterion is met, and by what (ordered, without repeats)."""

    time: Instant
    evidence: tuple[EvidenceItem, ...]


class Progress(NamedTuple):
    """How much there is of how much is needed; met when have >= need."""

    have: float
    need: float


class Standing(Protocol):
    """What a participant has reached, in the scope in which a badge is judged."""

    def value(self, measure: Measure) -> Value:
        """The value of a measure."""

    def holds(self, holding: Holding) -> bool:
        """Whether the badge is held."""


class History(Standing, Protocol):
    """The same with the facts behind it, of one participant."""

    participant: str

    def facts(self, measure: Measure) -> Sequence[Fact]:
        """The measure's facts, in order."""

    def award(self, holding: Holding) -> EvidenceItem:
        """A held badge as evidence: its award id, at its date."""


class Leaf(NamedTuple):
    """A question to one measure. What is held can change only when some leaf's answer does."""

    measure: Measure
    test: Callable[[Value], object]


class Criterion(Protocol):
    """One kind of statement."""

    @property
    def parts(self) -> "tuple[Criterion, ...]":
        """The statements it is made of, for explaining it; () if it is as simple as can be."""

    def met(self, standing: Standing) -> bool:
        """Whether it is true."""

    def progress(self, standing: Standing) -> Progress:
        """How far it is from true."""

    def prove(self, history: History) -> Proof:
        """Since when, and by what. Only asked when it is met."""

    def leaves(self) -> Iterable[Leaf]:
        """The tests of measures it is made of."""

    def holdings(self) -> Iterable[Holding]:
        """The awards it asks for."""

    def words(self) -> str:
        """As a phrase for people."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What one badge's criterion may know of another badge while both are being read."""

    scope: str
    levels: tuple[str, ...]
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a criterion may use. `as_of`: it is asked as of an instant, for a stage or a
    reward, where it may also ask for `indicators`, for windows and for what ends with time."""

    measures: Mapping[str, Measure]
    badges: Mapping[str, Outline]
    indicators: Mapping[str, Measure] = field(default_factory=dict)
    as_of: bool = False

    def measure(self, name: str, node: Node) -> Measure | None:
        """The measure, or the indicator where those may be asked for, of that name and with a size
        that only grows; a fault at `node` and None if there is none."""
        measure = self.any_measure(name, node)
        if measure is not None and isinstance(measure.aggregate, Judged):
            node.fault(
                f"indicator `{name}` has no size that grows: ask for it with "
                f"`at_least: {{{name}: {{value: …, sample: …}}}}`"
            )
            return None
        return measure

    def any_measure(self, name: str, node: Node) -> Measure | None:
        """The same, whatever its aggregate where it may fall."""
        measure = self.measures.get(name) or (self.indicators.get(name) if self.as_of else None)
        if measure is None and name in self.indicators:
            node.fault(
                f"`{name}` is an indicator, which may fall: badges ask for measures, and only "
                "stages and rewards for indicators"
            )
        elif measure is None:
            known = ", ".join(sorted({*self.measures, *(self.indicators if self.as_of else ())}))
            what = "measure or indicator" if self.as_of else "measure"
            node.fault(f"no {what} is called `{name}`; there are {known}")
        # By getattr: a kind that does not declare it is not assumed to be monotone.
        elif not self.as_of and not getattr(measure.aggregate, "is_monotone", False):
            node.fault(
                f"one more fact may lower measure `{name}`: a criterion needs one that only grows, "
                "or a fact would revoke the badge"
            )
            return None
        return measure

    def of_program(self, name: str, node: Node) -> Outline | None:
        """The badge of that name, as a stage or a reward may ask for it; a fault at `node` and None
        if there is none, or if it belongs to a loop."""
        outline = self.badges.get(name)
        if outline is None:
            known = ", ".join(sorted(self.badges))
            node.fault(f"no badge is called `{name}`; there are {known}")
        elif outline.scope != "program" and not outline.repeatable:
            node.fault(
                f"badge `{name}` belongs to a loop: stages and rewards ask for badges of the "
                "program"
            )
            return None
        return outline


def one_measure(node: Node, kind: str) -> tuple[str, Node] | None:
    """The one entry of `KIND: {MEASURE: …}`; a fault and None if there is another number."""
    if isinstance(node.value, dict) and len(node.value) > 1:
        parts = ", ".join(f"{{{kind}: {{{name}: …}}}}" for name in node.value)
        node.fault(
            f"{kind} must have exactly one entry; to ask for several write `all_of: [{parts}]`"
        )
        return None
    return node.only_entry(kind)


def listed(evidence: Iterable[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    """Evidence in the order it is listed, without repeats."""
    return tuple(sorted(set(evidence)))


def of_fact(fact: Fact) -> EvidenceItem:
    """A fact as evidence."""
    return EvidenceItem(fact.time, fact.type, fact.id, fact.place.loop or "")
