"""Sort the records of a batch, in their order: applied, duplicate, retraction or refused.

Looks at the ledger once for the whole batch; writes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.fact import Fact, Place, Retraction
from engine.handlers.batch import Batch, Record
from engine.handlers.flood import FloodRule
from engine.intake.again import again
from engine.intake.content import decode
from engine.intake.identity import Key
from engine.intake.read import Told, Withdrawn, admit
from engine.intake.refusal import Refusal
from engine.store.cursors import Counts, Window
from engine.store.generations.catalogs import Generation
from engine.store.generations.measures import HashCollision
from events.instants import Instant

Reading = Told | Withdrawn | Refusal


@dataclass(frozen=True, slots=True)
class Retracted:
    """A fact that stood in the projections until a retraction of this batch."""

    fact: Fact
    retraction: Retraction


@dataclass(slots=True)
class Triage:
    """What a batch comes to. `end` is where it ends: earlier than the batch if it is a flood."""

    end: int
    window: Window
    ledger: dict[Key, tuple[int, str]] = field(default_factory=dict)  # offset, content
    facts: dict[Key, Told] = field(default_factory=dict)  # new and standing
    retracted: dict[Key, Retracted] = field(default_factory=dict)  # by the fact's key
    unmet: set[Place] = field(default_factory=set)  # where retractions have not met their fact
    refused: list[tuple[Record, Refusal]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    halted: str | None = None


def programs(readings: Iterable[Reading]) -> set[str]:
    """The programs that readings speak of."""
    return {_place(reading).program for reading in readings if not isinstance(reading, Refusal)}


def places(readings: Iterable[Reading]) -> set[Place]:
    """The places that readings speak of."""
    return {_place(reading) for reading in readings if not isinstance(reading, Refusal)}


def keys(readings: Iterable[Reading]) -> set[Key]:
    """The keys of the facts told or retracted."""
    return {r.key.of_fact for r in readings if not isinstance(r, Refusal)}


def sort(
    batch: Batch,
    readings: Sequence[Reading],
    known: Mapping[Key, str],
    generations: Mapping[str, Generation],
    latest: Instant,
    window: Window,
    rule: FloodRule | None,
) -> Triage:
    """Sort a batch.

    `readings`: one per record. `known`: what the ledger has of `keys(readings)` and of their
    retractions. `generations`: by program. `latest`: the latest time an event may carry.
    `rule`: None where a flood is not to stop anything.

    Raises:
        HashCollision: two different facts have the same key hash.
    """
    result = Triage(batch.end, window)
    count = Counter[str]()
    for record, reading in zip(batch.records, readings, strict=True):
        refusal = reading if isinstance(reading, Refusal) else None
        if not isinstance(reading, Refusal):
            refusal = admit(reading, generations[_place(reading).program].catalog, latest)
            if refusal is None and isinstance(reading, Withdrawn):
                _withdraw(result, count, record, reading, known)
            elif refusal is None and isinstance(reading, Told):
                refusal = _tell(result, count, record, reading, known)
        if refusal is not None:
            result.refused.append((record, refusal))
            count["dead_letters"] += 1
        if rule is not None:
            result.window = rule.after(result.window, refusal is not None)
            if refusal is not None and rule.broken(result.window):
                result.halted = _flood(result.window, result.refused)
                result.end = record.offset + 1
                break
    passed = sum(count[name] for name in ("applied", "duplicates", "retractions", "dead_letters"))
    result.counts = replace(Counts(**count), holes=result.end - batch.start - passed)
    return result


def _tell(
    result: Triage, count: Counter[str], record: Record, told: Told, known: Mapping[Key, str]
) -> Refusal | None:
    key = told.key
    first = known.get(key)
    if first is None and key in result.ledger:
        first = result.ledger[key][1]
    if first is not None:
        if first != told.content:
            _check_collision(first, told.fact.place, told.fact.type, told.fact.id)
        refusal = again(first, told.content)
        count["duplicates"] += refusal is None
        return refusal
    count["applied"] += 1
    result.ledger[key] = (record.offset, told.content)
    if key.of_retraction in known or key.of_retraction in result.ledger:
        count["unmet_retractions"] -= 1
    else:
        result.facts[key] = told
    return None


def _withdraw(
    result: Triage,
    count: Counter[str],
    record: Record,
    withdrawn: Withdrawn,
    known: Mapping[Key, str],
) -> None:
    key = withdrawn.key
    if key in known or key in result.ledger:
        count["duplicates"] += 1
        return
    count["retractions"] += 1
    result.ledger[key] = (record.offset, withdrawn.content)
    stood = known.get(key.of_fact)
    if stood is not None:
        fact = decode(stood)
        retraction = withdrawn.retraction
        _check_collision(stood, retraction.place, retraction.fact_type, retraction.fact_id)
        assert isinstance(fact, Fact)
        result.retracted[key.of_fact] = Retracted(fact, withdrawn.retraction)
    elif result.facts.pop(key.of_fact, None) is None:
        count["unmet_retractions"] += 1
        result.unmet.add(withdrawn.retraction.place)


def _check_collision(first: str, place: Place, fact_type: str, fact_id: str) -> None:
    """The ledger's fact under a key must be the one that is meant."""
    stood = decode(first)
    if not isinstance(stood, Fact) or (stood.place, stood.type, stood.id) != (
        place,
        fact_type,
        fact_id,
    ):
        raise HashCollision(f"a fact of {place} and one already in the ledger")


def _flood(window: Window, refused: Sequence[tuple[Record, Refusal]]) -> str:
    reasons = Counter(refusal.reason for _, refusal in refused)
    commonest, _ = reasons.most_common(1)[0]
    return (
        f"flood: {window.bits.bit_count()} of the last {window.size} records refused, "
        f"mostly {commonest}"
    )


def _place(reading: Told | Withdrawn) -> Place:
    return reading.fact.place if isinstance(reading, Told) else reading.retraction.place
