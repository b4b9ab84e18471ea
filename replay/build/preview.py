"""Preview: what a history file would give, with no Kafka and no database.

It reads as the worker reads and folds as everybody folds, so its answer is the engine's answer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.intake.duplicates import conflict
from engine.intake.parse import ParsedFact, ParsedRetraction
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
from replay.build.admission import SourceAdmission

_FullKey = tuple[Place, str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file gives: standing awards by id, invitations of standing surveys by id as JSON
    values, counts."""

    awards: tuple[Award, ...]
    invitations: tuple[Mapping[str, object], ...]
    report: Report


class PreviewIntake:
    """Accepts records one by one, as a worker does, and keeps facts and retractions by key."""

    def __init__(
        self, catalog: Catalog, latest: Instant, programs: Iterable[str] | None = None
    ) -> None:
        self._catalog = catalog
        self._admission = SourceAdmission(catalog, latest, programs)
        self._facts: dict[_FullKey, ParsedFact] = {}
        self._retractions: dict[_FullKey, ParsedRetraction] = {}
        self._refused: Counter[Reason] = Counter()
        self._duplicates = 0

    def process(
        self, value: bytes | None, headers: Headers = (), on: TopicKind | None = None
    ) -> Refusal | None:
        """Read one record: a fact, a retraction, or one more refusal, which is given. `on`: the
        kind of topic it stands on; None: in a file, which may hold every type."""
        reading = self._admission.read(value, headers, on)
        refusal = reading if isinstance(reading, Refusal) else None
        if isinstance(reading, ParsedRetraction):
            retracted = reading.retraction
            key = (retracted.place, retracted.fact_type, retracted.fact_id)
            self._duplicates += key in self._retractions
            self._retractions.setdefault(key, reading)
        elif isinstance(reading, ParsedFact):
            fact = reading.fact
            first = self._facts.setdefault((fact.place, fact.type, fact.id), reading)
            if first is not reading:
                refusal = conflict(first.content, reading.content)
                self._duplicates += refusal is None
        if refusal is not None:
            self._refused[refusal.reason] += 1
        return refusal

    def report(self, awards: int) -> Report:
        """The counts of a run that gave so many awards."""
        return Report(
            records=self._admission.records,
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


def preview(records: Iterable[bytes], catalog: Catalog, latest: Instant) -> Preview:
    """Fold records in their order. `latest`: the latest time an event may carry."""
    intake = PreviewIntake(catalog, latest)
    for value in records:
        intake.process(value)
    return intake.result()
