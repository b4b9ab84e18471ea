"""Sort the records of batches, in their order: applied, duplicate, retraction or refused.

Pure: what the ledger has of their keys was read before.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.fact import Fact, Place, Retraction
from engine.handlers.batch import Batch, Record
from engine.handlers.steps.context import place_of, program_of
from engine.intake.content import decode
from engine.intake.duplicates import conflict
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction, admit, completed
from engine.intake.refusal import Refusal
from engine.intake.refusal_window import RefusalLimit, RefusalWindow
from engine.store.cursors.cursors import Counts, Cursor
from engine.store.cursors.halt import Halt
from engine.store.facts.ledger import LedgerEntry
from engine.store.generations.live import Generation
from engine.store.projections.measures import HashCollision
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Retracted:
    """A fact that stood in the projections until a retraction of this batch."""

    fact: Fact
    retraction: Retraction


@dataclass(slots=True)
class TriagedBatches:
    """All records of batches that are processed together.

    `known`: what the ledger has of the keys of their facts and of their retractions. `withdrawn`:
    facts that are retracted, whether they are known or not.
    """

    known: Mapping[Key, str]
    ledger: dict[Key, LedgerEntry] = field(default_factory=dict)
    programs: set[str] = field(default_factory=set)  # of the ledger's entries
    facts: dict[Key, ParsedFact] = field(default_factory=dict)  # new and standing
    retracted: dict[Key, Retracted] = field(default_factory=dict)  # by the fact's key
    unmet: set[Place] = field(default_factory=set)  # where retractions have not met their fact
    withdrawn: set[Key] = field(init=False)

    def __post_init__(self) -> None:
        self.withdrawn = {key.of_fact for key in self.known if key.is_retraction}


@dataclass(slots=True)
class Triage:
    """One batch, sorted. `end` is where it ends: earlier than the batch if it is `over_limit`.

    `over_limit`: too many records were refused, so its partition halts behind `end`. `halted`: why
    it halts, for operators.
    """

    end: int
    window: RefusalWindow
    refused: list[tuple[Record, Refusal]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    over_limit: bool = False
    halted: Halt | None = None


def classify(
    batch: Batch,
    live: Mapping[str, Generation],
    latest: Instant,
    cursor: Cursor,
    limit: RefusalLimit | None,
    triaged: TriagedBatches,
) -> Triage:
    """Sort a batch.

    `live`: the generations by program. `latest`: the latest time an event may carry. `limit`: None
    where refusals halt nothing. `triaged`: the batches before it that are processed with it; this
    one is added.

    Raises:
        HashCollision: two different facts have the same key hash.
    """
    result = Triage(batch.end, cursor.window)
    count = Counter[str]()
    for record, reading in zip(batch.records, batch.readings(), strict=True):
        refusal: Refusal | None
        if isinstance(reading, Refusal):
            program = program_of(reading)
            refusal = completed(reading, live[program].catalog) if program else reading
        else:
            refusal = admit(reading, live[place_of(reading).program].catalog, latest)
            if refusal is None:
                at = (cursor.lane, record.offset)
                if isinstance(reading, ParsedRetraction):
                    _retract(triaged, count, at, reading)
                else:
                    refusal = _apply(triaged, count, at, reading)
        if refusal is not None:
            result.refused.append((record, refusal))
            count["dead_letters"] += 1
        if limit is not None and record.offset >= cursor.refusal_limit_from:
            result.window = limit.after(result.window, refusal is not None)
            if refusal is not None and limit.broken(result.window):
                result.over_limit = True
                result.end = record.offset + 1
                break
    passed = sum(count[name] for name in ("applied", "duplicates", "retractions", "dead_letters"))
    result.counts = replace(Counts(**count), holes=result.end - batch.start - passed)
    return result


def _apply(
    triaged: TriagedBatches, count: Counter[str], at: tuple[int, int], parsed: ParsedFact
) -> Refusal | None:
    """Add a fact of a lane and offset, unless it is known."""
    key = parsed.key
    first = triaged.known.get(key)
    if first is None and key in triaged.ledger:
        first = triaged.ledger[key].content
    if first is not None:
        if first != parsed.content:
            _check_collision(first, parsed.fact.place, parsed.fact.type, parsed.fact.id)
        refusal = conflict(first, parsed.content)
        count["duplicates"] += refusal is None
        return refusal
    count["applied"] += 1
    triaged.ledger[key] = LedgerEntry(*key, *at, parsed.content)
    triaged.programs.add(parsed.fact.place.program)
    if key in triaged.withdrawn:
        count["unmet_retractions"] -= 1
    else:
        triaged.facts[key] = parsed
    return None


def _retract(
    triaged: TriagedBatches, count: Counter[str], at: tuple[int, int], parsed: ParsedRetraction
) -> None:
    """Add a retraction of a lane and offset, unless its fact is retracted."""
    key, retraction = parsed.key, parsed.retraction
    if key.of_fact in triaged.withdrawn:
        count["duplicates"] += 1
        return
    count["retractions"] += 1
    triaged.ledger[key] = LedgerEntry(*key, *at, parsed.content)
    triaged.withdrawn.add(key.of_fact)
    triaged.programs.add(retraction.place.program)
    stored = triaged.known.get(key.of_fact)
    if stored is not None:
        fact = decode(stored)
        _check_collision(stored, retraction.place, retraction.fact_type, retraction.fact_id)
        assert isinstance(fact, Fact)
        triaged.retracted[key.of_fact] = Retracted(fact, retraction)
    elif triaged.facts.pop(key.of_fact, None) is None:
        count["unmet_retractions"] += 1
        triaged.unmet.add(retraction.place)


def _check_collision(content: str, place: Place, fact_type: str, fact_id: str) -> None:
    """The ledger's fact under a key must be the one that is meant."""
    fact = decode(content)
    if not isinstance(fact, Fact) or (fact.place, fact.type, fact.id) != (
        place,
        fact_type,
        fact_id,
    ):
        raise HashCollision(f"a fact of {place} and one already in the ledger")
