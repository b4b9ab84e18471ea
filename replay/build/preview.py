"""Preview: what a history file would give, with no Kafka and no database.

It reads as the worker reads and folds as everybody folds, so its answer is the engine's answer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.intake.duplicates import conflict
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction, admit, parse_record
from engine.intake.refusal import Reason, Refusal
from engine.intake.report import Report
from engine.projections import cold
from engine.projections.award import Award
from engine.projections.eligibility import Eligibility
from engine.queries import eligibility
from engine.queries.eligibility import Question
from events.envelope import Headers
from events.instants import Instant
from events.schemas.kudos_invited import KudosInvited
from events.schemas.registry import TopicKind

_FullKey = tuple[Place, str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file gives: standing awards by id, invitations of standing surveys by id as JSON
    values, counts."""

    awards: tuple[Award, ...]
    invitations: tuple[Mapping[str, object], ...]
    report: Report


class Conflict(NamedTuple):
    """A fact that contradicts the ledger, which keeps its own."""

    fact: Fact
    refusal: Refusal
    first: str  # the ledger's content


class PreviewIntake:
    """Accepts records one by one, as a worker does, and keeps facts and retractions by key."""

    def __init__(
        self, catalog: Catalog, latest: Instant, programs: Iterable[str] | None = None
    ) -> None:
        self._catalog = catalog
        self._latest = latest
        self._programs = None if programs is None else frozenset(programs)
        self._facts: dict[_FullKey, ParsedFact] = {}
        self._retractions: dict[_FullKey, ParsedRetraction] = {}
        self.elsewhere = 0  # records of other programs than those asked for
        self._refused: Counter[Reason] = Counter()
        self._records = 0
        self._duplicates = 0

    def process(
        self, value: bytes | None, headers: Headers = (), on: TopicKind | None = None
    ) -> Refusal | None:
        """Read one record: a fact, a retraction, or one more refusal, which is given. `on`: the
        kind of topic it stands on; None: in a file, which may hold every type."""
        reading = parse_record(value, headers, on)
        if not isinstance(reading, Refusal) and not self._asked(reading):
            self.elsewhere += 1
            return None
        self._records += 1
        if isinstance(reading, Refusal):
            refusal: Refusal | None = reading
        else:
            refusal = admit(reading, self._catalog, self._latest)
        if refusal is None and isinstance(reading, ParsedRetraction):
            retracted = reading.retraction
            key = (retracted.place, retracted.fact_type, retracted.fact_id)
            self._duplicates += key in self._retractions
            self._retractions.setdefault(key, reading)
        elif refusal is None and isinstance(reading, ParsedFact):
            fact = reading.fact
            first = self._facts.setdefault((fact.place, fact.type, fact.id), reading)
            if first is not reading:
                refusal = conflict(first.content, reading.content)
                self._duplicates += refusal is None
        if refusal is not None:
            self._refused[refusal.reason] += 1
        return refusal

    @property
    def programs(self) -> frozenset[str]:
        """The programs of what was accepted."""
        return frozenset(place.program for place, _, _ in (*self._facts, *self._retractions))

    def keys(self) -> Iterator[Key]:
        """The keys of the facts that were accepted or retracted."""
        yield from (fact.key for fact in self._facts.values())
        yield from (retraction.key.of_fact for retraction in self._retractions.values())

    def leave_out(self, known: Mapping[Key, str]) -> list[Conflict]:
        """Leave out what a ledger has: the same again is a duplicate, and other content a
        conflict. `known`: the ledger's contents by key."""
        conflicts: list[Conflict] = []
        for name, parsed in list(self._facts.items()):
            first = known.get(parsed.key)
            if first is None:
                continue
            del self._facts[name]
            refusal = conflict(first, parsed.content)
            if refusal is None:
                self._duplicates += 1
                continue
            self._refused[refusal.reason] += 1
            conflicts.append(Conflict(parsed.fact, refusal, first))
        for name, retraction in list(self._retractions.items()):
            if retraction.key in known:
                del self._retractions[name]
                self._duplicates += 1
        return conflicts

    def rows(self) -> Iterator[tuple[Key, str]]:
        """What the ledger is to hold: keys and contents of facts and retractions."""
        yield from ((parsed.key, parsed.content) for parsed in self._facts.values())
        yield from ((gone.key, gone.content) for gone in self._retractions.values())

    def noted(self) -> Iterator[ParsedFact]:
        """The unretracted facts that have a private note."""
        for key, parsed in self._facts.items():
            if parsed.note is not None and key not in self._retractions:
                yield parsed

    def _asked(self, reading: ParsedFact | ParsedRetraction) -> bool:
        return self._programs is None or _place(reading).program in self._programs

    def report(self, awards: int) -> Report:
        """The counts of a run that gave so many awards."""
        return Report(
            records=self._records,
            applied=len(self._facts),
            duplicates=self._duplicates,
            retractions=len(self._retractions),
            dead_letters=self._refused,
            awards=awards,
        )

    def standing(self) -> list[ParsedFact]:
        """The unretracted facts."""
        return [parsed for key, parsed in self._facts.items() if key not in self._retractions]

    def eligible(self, question: Question) -> Iterator[Eligibility]:
        """What the stages of a policy ask of everybody: by program, participant and stage.

        Raises:
            UnknownStage: no stage asks for anything.
        """
        by_program: dict[str, list[tuple[Fact, str]]] = {}
        for parsed in self.standing():
            of_program = by_program.setdefault(parsed.fact.place.program, [])
            of_program.append((parsed.fact, parsed.content))
        for program, facts in sorted(by_program.items()):
            yield from eligibility.of_facts(program, facts, question)

    def result(self) -> Preview:
        """Fold the unretracted facts."""
        facts = [parsed.fact for parsed in self.standing()]
        awards = cold.fold(self._catalog, facts).awards
        effects = (outgoing for fact in facts for outgoing in self._catalog.effects_of(fact))
        invited = [each for each in effects if each.type == KudosInvited.TYPE]
        invited.sort(key=lambda invitation: invitation.id)
        return Preview(awards, tuple(each.data for each in invited), self.report(len(awards)))


def _place(reading: ParsedFact | ParsedRetraction) -> Place:
    return reading.fact.place if isinstance(reading, ParsedFact) else reading.retraction.place


def preview(records: Iterable[bytes], catalog: Catalog, latest: Instant) -> Preview:
    """Fold records in their order. `latest`: the latest time an event may carry."""
    intake = PreviewIntake(catalog, latest)
    for value in records:
        intake.process(value)
    return intake.result()
