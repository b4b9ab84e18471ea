"""VERIFY: what was built part by part, beside what the cold fold gives, and the ledger's own count.

Small histories are folded whole; of large ones a sample of places, with all that their people have
elsewhere. Both ways read one snapshot, so live traffic goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from sqlalchemy import Engine

from engine.fact import Fact, Place
from engine.intake.identity import person_hash, place_hash
from engine.projections import cold
from engine.projections.award import Award
from engine.store.database import Transaction, transaction
from engine.store.facts import ledger
from engine.store.generations import chunks, computed, digests, measures, people, replays
from engine.store.generations.catalogs import Generation, Generations, live
from engine.store.generations.replays import Replay
from replay import catching_up

_WHOLE = 200_000  # facts that are folded at once at the most
_WINDOWS = 8  # of which a sample is taken


class VerifyFailed(Exception):
    """What was built is not what the ledger gives: a bug, or somebody changed tables by hand."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared. `whole`: everything, not a sample. `digest`: as `badge-engine digest`
    would print it if the generation were live; None of a sample."""

    whole: bool
    facts: int
    places: int
    awards: int
    digest: str


def verify(engine: Engine, number: int, whole: int = _WHOLE) -> Verified:
    """Catch up, compare, and call the generation ready; if it is not right, it is not.

    Raises:
        VerifyFailed
    """
    with transaction(engine) as tx:
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        catching_up.catch_up(tx, number)
        replay, generation = replays.get(tx, number), Generations().get(tx, number)
        _count(tx, replay)
        size = ledger.size(tx)
        spans = _everything() if size <= whole else _sample(whole / size, Random())
        facts = [fact for span in spans for fact in _facts(tx, replay, *span)]
        expected = _expected(tx, generation, facts, whole=size <= whole)
        places = {fact.place for fact in facts}
        _compare_measures(tx, generation, expected, places)
        count = _compare_awards(tx, generation, expected, places, whole=size <= whole)
        ids = (award.id for award in computed.every(tx, number))
        covered = {name: generation for name in live(tx) if replay.covers(name)}
        digest = digests.digest(tx, ids, covered)
        done = Verified(size <= whole, len(facts), len(places), count, digest)
        kept = {name: getattr(done, name) for name in Verified.__slots__}
        replays.note(tx, number, "ready", verified=kept)
        return done


def _everything() -> list[tuple[int, int]]:
    return [(-(2**63), 2**63 - 1)]


def _sample(share: float, random: Random) -> list[tuple[int, int]]:
    """Spans of hashes that come to a share of all, spread over them."""
    apart = 2**64 // _WINDOWS
    width = int(apart * share)
    begins = (n * apart + random.randrange(apart - width) - 2**63 for n in range(_WINDOWS))
    return [(begin, begin + width - 1) for begin in begins]


def _facts(tx: Transaction, replay: Replay, low: int, high: int) -> Iterator[Fact]:
    for fact in ledger.standing(ledger.between(tx, low, high)):
        if replay.covers(fact.place.program):
            yield fact


def _count(tx: Transaction, replay: Replay) -> None:
    """Every row of the ledger that was there when the build began was read by one of its parts."""
    first = {int(lane): offset for lane, offset in replay.details["first_cut"].items()}
    there = ledger.size(tx, before=first)
    _, read = chunks.totals(tx, replay.id)
    if read != there:
        raise VerifyFailed(
            f"generation {replay.id}: its parts read {read:,} rows of the ledger of the {there:,} "
            "that were there when the build began"
        )


def _expected(
    tx: Transaction, generation: Generation, facts: list[Fact], *, whole: bool
) -> cold.Projection:
    """The cold fold of these facts and of what their people have elsewhere in the program."""
    catalog = generation.catalog
    if not whole:
        here = {fact.place for fact in facts}
        persons = {
            (fact.place.program, name)
            for fact in facts
            for measure in catalog.measures_of(fact)
            if measure.counts(fact)
            for name in measure.people(fact)
        }
        wanted: dict[Place, set[str]] = {}
        by_person = people.places_of(tx, generation.id, persons)
        hashes = {number for numbers in by_person.values() for number in numbers}
        known = {
            number: row.place for number, row in measures.hashed(tx, catalog, generation.id, hashes)
        }
        for person, numbers in by_person.items():
            for number in numbers:
                place = known.get(number)
                if place is not None and place not in here:
                    wanted.setdefault(place, set()).add(person[1])
        tested = {m.event for m in catalog.measures if catalog.leaves("program", m)}
        elsewhere = ledger.about(tx, wanted) if wanted else ()
        facts = [*facts, *(fact for fact in elsewhere if fact.type in tested)]
    return cold.fold(catalog, facts)


def _compare_measures(
    tx: Transaction, generation: Generation, expected: cold.Projection, places: Iterable[Place]
) -> None:
    wanted = {place: expected.states[place] for place in places}
    found = measures.read(tx, generation.catalog, generation.id, wanted)
    for place, state in wanted.items():
        if found[place].state != state:
            raise VerifyFailed(f"generation {generation.id}: the measures of {_name(place)} differ")


def _compare_awards(
    tx: Transaction,
    generation: Generation,
    expected: cold.Projection,
    places: set[Place],
    *,
    whole: bool,
) -> int:
    """Compare the awards of these places, and of the people there in their program; how many."""
    persons = {
        person_hash(place.program, name) for place in places for name in expected.states[place]
    }
    owners = {place_hash(place) for place in places}
    loops = {(place.program, place.loop) for place in places}
    found: dict[str, Award] = {}
    for owned in computed.of(tx, generation.id, owners, persons):
        if not owned.of_person or owned.award.loop is None or _loop(owned.award) in loops:
            found[owned.award.id] = owned.award
    wanted = {
        award.id: award
        for award in expected.awards
        if (award.loop is None and person_hash(award.program, award.recipient) in persons)
        or _loop(award) in loops
    }
    for number in sorted(found.keys() | wanted.keys()):
        if found.get(number) != wanted.get(number):
            award = found.get(number) or wanted[number]
            raise VerifyFailed(
                f"generation {generation.id}: award {number} ({award.badge} "
                f"{award.occurrence} of {award.recipient}) differs"
            )
    return len(found)


def _loop(award: Award) -> tuple[str, str | None]:
    return (award.program, award.loop)


def _name(place: Place) -> str:
    return f"{place.program}/{place.loop or place.participant}"
