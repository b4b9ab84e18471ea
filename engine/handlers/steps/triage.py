"""Sort the records of a batch, in their order: applied, duplicate, retraction or refused.

Looks at the ledger once for all batches that are taken in together; writes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from engine.fact import Fact, Place, Retraction
from engine.handlers.batch import Batch, Record
from engine.intake.content import decode
from engine.intake.duplicates import conflict
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction, ParseResult, admit, completed
from engine.intake.refusal import Refusal
from engine.intake.refusal_window import RefusalLimit, RefusalWindow
from engine.store.cursors.cursors import Counts, Cursor
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.generations.live import Generation
from engine.store.projections.measures import HashCollision
from events.instants import Instant

Entry = tuple[int, int, str]
"""For the ledger: lane, offset, content."""
_At = tuple[int, int]  # lane and offset


@dataclass(frozen=True, slots=True)
class Retracted:
    """A fact that stood in the projections until a retraction of this batch."""

    fact: Fact
    retraction: Retraction


@dataclass(slots=True)
class TriagedBatches:
    """What batches that are taken in together come to, all of them.

    `known`: what the ledger has of the `keys` of all their readings and of their retractions.
    """

    known: Mapping[Key, str]
    ledger: dict[Key, Entry] = field(default_factory=dict)
    programs: set[str] = field(default_factory=set)  # of what is to go into the ledger
    facts: dict[Key, ParsedFact] = field(default_factory=dict)  # new and standing
    retracted: dict[Key, Retracted] = field(default_factory=dict)  # by the fact's key
    unmet: set[Place] = field(default_factory=set)  # where retractions have not met their fact
    withdrawn: set[Key] = field(init=False)  # facts that are retracted, whether told or not

    def __post_init__(self) -> None:
        self.withdrawn = {key.of_fact for key in self.known if key.is_retraction}


@dataclass(slots=True)
class Triage:
    """What a batch comes to. `end` is where it ends: earlier than the batch if it is a flood."""

    end: int
    window: RefusalWindow
    whole: TriagedBatches
    refused: list[tuple[Record, Refusal]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    halted: Halt | None = None  # why its partition is to stop behind it


def programs(readings: Iterable[ParseResult]) -> set[str]:
    """The programs that readings speak of."""
    return {name for name in map(_program, readings) if name is not None}


def places(readings: Iterable[ParseResult]) -> set[Place]:
    """The places that readings speak of."""
    return {_place(reading) for reading in readings if not isinstance(reading, Refusal)}


def keys(readings: Iterable[ParseResult]) -> set[Key]:
    """The keys of the facts told or retracted."""
    return {
        reading.key if isinstance(reading, ParsedFact) else reading.key.of_fact
        for reading in readings
        if not isinstance(reading, Refusal)
    }


def classify(
    batch: Batch,
    generations: Mapping[str, Generation],
    latest: Instant,
    cursor: Cursor,
    rule: RefusalLimit | None,
    whole: TriagedBatches,
) -> Triage:
    """Sort a batch.

    `generations`: by program. `latest`: the latest time an event may carry. `rule`: None where a
    flood is not to stop anything. `whole`: of the batches before it that are taken in with it; this
    one is added.

    Raises:
        HashCollision: two different facts have the same key hash.
    """
    result = Triage(batch.end, cursor.window, whole)
    count = Counter[str]()
    for record in batch.records:
        reading = record.reading
        refusal: Refusal | None
        if isinstance(reading, Refusal):
            program = _program(reading)
            refusal = completed(reading, generations[program].catalog) if program else reading
        else:
            refusal = admit(reading, generations[_place(reading).program].catalog, latest)
            if refusal is None and isinstance(reading, ParsedRetraction):
                _withdraw(whole, count, (cursor.lane, record.offset), reading)
            elif refusal is None and isinstance(reading, ParsedFact):
                refusal = _tell(whole, count, (cursor.lane, record.offset), reading)
        if refusal is not None:
            result.refused.append((record, refusal))
            count["dead_letters"] += 1
        if rule is not None:
            result.window = rule.after(result.window, refusal is not None)
            if refusal is not None and rule.broken(result.window):
                result.halted = Halt(HaltKind.REFUSAL_LIMIT, "")  # its text: when entries are kept
                result.end = record.offset + 1
                break
    passed = sum(count[name] for name in ("applied", "duplicates", "retractions", "dead_letters"))
    result.counts = replace(Counts(**count), holes=result.end - batch.start - passed)
    return result


def _tell(whole: TriagedBatches, count: Counter[str], at: _At, told: ParsedFact) -> Refusal | None:
    key = told.key
    first = whole.known.get(key)
    if first is None and key in whole.ledger:
        first = whole.ledger[key][2]
    if first is not None:
        if first != told.content:
            _check_collision(first, told.fact.place, told.fact.type, told.fact.id)
        refusal = conflict(first, told.content)
        count["duplicates"] += refusal is None
        return refusal
    count["applied"] += 1
    whole.ledger[key] = (*at, told.content)
    whole.programs.add(told.fact.place.program)
    if key in whole.withdrawn:
        count["unmet_retractions"] -= 1
    else:
        whole.facts[key] = told
    return None


def _withdraw(
    whole: TriagedBatches, count: Counter[str], at: _At, withdrawn: ParsedRetraction
) -> None:
    key = withdrawn.key
    if key.of_fact in whole.withdrawn:
        count["duplicates"] += 1
        return
    count["retractions"] += 1
    whole.ledger[key] = (*at, withdrawn.content)
    whole.withdrawn.add(key.of_fact)
    whole.programs.add(withdrawn.retraction.place.program)
    stood = whole.known.get(key.of_fact)
    if stood is not None:
        fact = decode(stood)
        retraction = withdrawn.retraction
        _check_collision(stood, retraction.place, retraction.fact_type, retraction.fact_id)
        assert isinstance(fact, Fact)
        whole.retracted[key.of_fact] = Retracted(fact, withdrawn.retraction)
    elif whole.facts.pop(key.of_fact, None) is None:
        count["unmet_retractions"] += 1
        whole.unmet.add(withdrawn.retraction.place)


def _check_collision(first: str, place: Place, fact_type: str, fact_id: str) -> None:
    """The ledger's fact under a key must be the one that is meant."""
    stood = decode(first)
    if not isinstance(stood, Fact) or (stood.place, stood.type, stood.id) != (
        place,
        fact_type,
        fact_id,
    ):
        raise HashCollision(f"a fact of {place} and one already in the ledger")


def _program(reading: ParseResult) -> str | None:
    """The program whose catalog is to be asked, if one is."""
    if isinstance(reading, Refusal):
        return reading.deferred.program if reading.deferred is not None else None
    return _place(reading).program


def _place(reading: ParsedFact | ParsedRetraction) -> Place:
    return reading.fact.place if isinstance(reading, ParsedFact) else reading.retraction.place
