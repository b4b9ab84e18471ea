"""REFOLD: a narrow repair of what is live. Everything that some people have in a program is folded
from the ledger again, corrected where it differs, and the net change is published.

It is for drift, by a change of tables by hand, or a bug. People are corrected in every loop of
theirs, and others are not touched, not even in a row that they share: a participant's measures
and awards must go together, or their next fact contradicts them.

The ledger is searched and read beforehand, while workers go on. Then batches wait while the places
that got facts meanwhile are read again, and all is folded.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict, dataclass, field
from itertools import chain, groupby
from operator import itemgetter

from msgspec.structs import replace
from sqlalchemy import Engine

from engine.fact import Fact, Place, group_by_place
from engine.intake.keys import person_hash, place_hash
from engine.projections import cold
from engine.projections.award import Award, Kind
from engine.projections.cold import Projection
from engine.projections.participation import named
from engine.queries.visible import readable
from engine.store import audit_log
from engine.store.awards import awards
from engine.store.awards.differences import Difference
from engine.store.facts import ledger
from engine.store.generations import pointers, replays
from engine.store.generations.live import Generation, Generations
from engine.store.postgres.connection import Transaction, transaction
from engine.store.projections import measures, people
from events.instants import Instant
from replay.build import catch_up
from replay.switch.apply import Switch, SwitchResult
from replay.switch.cutover import without_batches
from replay.switch.policies import SwitchPolicy


class NothingKnown(Exception):
    """A program, participant or loop of which there is nothing."""


@dataclass(frozen=True, slots=True)
class RepairTarget:
    """A participant of a program, or everybody at one of its loops; the other is None."""

    program: str
    participant: str | None = None
    loop: str | None = None

    def __str__(self) -> str:
        if self.loop is not None:
            return f"loop {readable(self.loop)} in program {readable(self.program)}"
        return f"participant {readable(self.participant or '')} in program {readable(self.program)}"


@dataclass(slots=True)
class RepairResult:
    """What was folded, and what was put right: rows of `measures`, people's `values`, rows of
    `participation`, and awards. `justified`: kept by decision so far, and facts earn them. `ends`:
    awards that were valid until another instant."""

    people: int = 0
    places: int = 0
    facts: int = 0
    measures: int = 0
    values: int = 0
    participation: int = 0
    gained: list[Award] = field(default_factory=list)
    lost: list[Award] = field(default_factory=list)
    justified: int = 0
    ends: int = 0
    done: SwitchResult = field(default_factory=SwitchResult)

    @property
    def right(self) -> bool:
        """Whether there was nothing to put right."""
        rows = self.measures + self.values + self.participation
        return not (rows or self.gained or self.lost or self.justified or self.ends)


def refold(
    engine: Engine, whom: RepairTarget, now: Instant, by: str, reason: str, *, dry_run: bool = False
) -> RepairResult:
    """Correct what is live of a participant, or of all at a loop; audited unless all is right.
    A dry run changes nothing.

    Raises:
        NothingKnown
        CutoverBusy: batches in flight did not end; nothing was changed.
    """
    with transaction(engine) as tx:
        # Read before the ledger: what comes at or behind it is read again.
        cut = replays.cursors(tx)
        names = _people(tx, whom)
        facts_by_place = _facts_at(tx, ledger.places_naming(tx, whom.program, names))

    def work(tx: Transaction) -> RepairResult:
        since = _facts_at(tx, catch_up.since(tx, cut, replays.cursors(tx)))
        facts = chain.from_iterable((facts_by_place | since).values())
        refolded = _Repair(tx, whom.program, names).run(facts, now)
        if refolded.right and not refolded.places:
            raise NothingKnown(f"nothing is known of {whom}")
        if dry_run:
            raise _Rehearsed(refolded)
        if not refolded.right:
            audit_log.note(tx, "refold", by, reason, _details(whom, refolded))
        return refolded

    try:
        return without_batches(engine, work)
    except _Rehearsed as rehearsed:
        return rehearsed.refolded


class _Rehearsed(Exception):
    """Ends the transaction of a dry run."""

    def __init__(self, refolded: RepairResult) -> None:
        self.refolded = refolded


def _people(tx: Transaction, whom: RepairTarget) -> frozenset[str]:
    """The people of a target. At a loop: those its facts name, and those with awards there."""
    generation = _live(tx, whom.program)
    if whom.participant is not None:
        return frozenset((whom.participant,))
    place = Place(whom.program, whom.loop, None)
    names = named(ledger.about(tx, {place: frozenset()}))
    names |= measures.read(tx, generation.catalog, generation.id, [place])[place].state.keys()
    names |= {item.award.recipient for item in awards.of_loop(tx, whom.program, str(whom.loop))}
    if not names:
        raise NothingKnown(f"nothing is known of {whom}")
    return frozenset(names)


def _live(tx: Transaction, program: str) -> Generation:
    number = pointers.live(tx).get(program)
    if number is None:
        raise NothingKnown(f"nothing is known of program {readable(program)}")
    return Generations().get(tx, number)


def _facts_at(tx: Transaction, places: Set[int]) -> dict[int, list[Fact]]:
    """The facts at each of these places (by hash)."""
    entries = groupby(ledger.at(tx, places), key=itemgetter(0))
    return {number: list(ledger.standing(there)) for number, there in entries}


class _Repair:
    """People of a program, corrected in its live generation. No batch is processed meanwhile."""

    def __init__(self, tx: Transaction, program: str, names: Set[str]) -> None:
        self._tx = tx
        self._program = program
        self._names = names
        self._generation = _live(tx, program)
        self._catalog = self._generation.catalog

    def run(self, facts: Iterable[Fact], now: Instant) -> RepairResult:
        """Put them right by these facts, all of theirs among them."""
        everything = list(facts)
        mine = [
            fact
            for fact in everything
            if fact.place.program == self._program
            and any(name in self._names for _, name in self._catalog.contributions(fact))
        ]
        # Right for these people; others have facts elsewhere.
        expected = cold.fold(self._catalog, mine)
        differences = _RepairDifferences(list(self._differences(expected)))
        refolded = RepairResult(
            people=len(self._names),
            places=len(expected.states),
            facts=len(mine),
            measures=self._measures(expected),
            values=self._values(expected),
            participation=self._participation(everything),
            gained=[difference.award for difference in differences.of_kind(Kind.ADDED)],
            lost=[difference.award for difference in differences.of_kind(Kind.LOST)],
            justified=sum(1 for _ in differences.of_kind(Kind.JUSTIFIED)),
            ends=sum(
                difference.ends_wrongly(self._generation.catalog_id)
                for difference in differences.of_kind(Kind.MOVED)
            ),
        )
        switch = Switch(self._tx, self._generation, differences, SwitchPolicy(), now)
        refolded.done = switch.run()
        return refolded

    def _measures(self, expected: Projection) -> int:
        """Their measures at each place; how many rows that changes."""
        tx, catalog, number = self._tx, self._catalog, self._generation.id
        rows = measures.read(tx, catalog, number, expected.states)
        named = measures.naming(tx, catalog, number, self._program, self._names)
        rows.update({row.place: row for row in named})
        wrong = []
        for place, row in rows.items():
            others = {n: v for n, v in row.state.items() if n not in self._names}
            theirs = expected.states.get(place, {}).items()
            right = others | {n: v for n, v in theirs if n in self._names}
            if right != row.state:
                wrong.append(replace(row, state=right))
        measures.write(tx, number, wrong)
        return len(wrong)

    def _values(self, expected: Projection) -> int:
        """Their values across the program; how many people's that changes."""
        tx, catalog, number = self._tx, self._catalog, self._generation.id
        zeros = list(catalog.initial_values)
        persons = {(self._program, name) for name in self._names}
        stored = people.of(tx, catalog, number, persons)
        wanted = {person: expected.people[person] for person in persons & expected.people.keys()}
        wrong = {p for p in persons if stored.get(p, zeros) != wanted.get(p, zeros)}
        people.forget(tx, number, {person_hash(*person) for person in wrong})
        people.write(tx, number, {}, {p: wanted[p] for p in wrong & wanted.keys()})
        return len(wrong)

    def _participation(self, facts: Iterable[Fact]) -> int:
        """Where they take part; how many rows that changes."""
        number = self._generation.id
        persons = {(self._program, name) for name in self._names}
        known = people.places_of(self._tx, number, persons)
        stored = {(person, place) for person, there in known.items() for place in there}
        wanted = {
            ((self._program, name), place_hash(place))
            for place, there in group_by_place(facts).items()
            if place.program == self._program
            for name in named(there) & self._names
        }
        people.take_part(self._tx, number, wanted - stored, stored - wanted)
        return len(wanted ^ stored)

    def _differences(self, expected: Projection) -> Iterator[Difference]:
        """Every award that they ever had, or are to have."""
        computed = {a.id: a for a in expected.awards if a.recipient in self._names}
        announced = awards.find(self._tx, computed)  # also of a recipient that a row wrongly names
        theirs = awards.of_people(self._tx, self._program, self._names)
        announced.update({item.award.id: item for item in theirs})
        for number in announced.keys() | computed.keys():
            yield Difference(announced.get(number), computed.get(number))


_STANDING = (Kind.MOVED, Kind.RENAMED, Kind.UNCHANGED)


class _RepairDifferences:
    """The differences of a repair, in memory."""

    def __init__(self, differences: list[Difference]) -> None:
        self._differences = sorted(differences, key=lambda d: (d.award.recipient, d.award.id))

    def of_kind(self, kind: Kind) -> Iterator[Difference]:
        return (difference for difference in self._differences if difference.kind == kind)

    def otherwise(self) -> Iterator[Difference]:
        standing = (d for d in self._differences if d.kind in _STANDING)
        return (d for d in standing if d.otherwise)


def _details(whom: RepairTarget, refolded: RepairResult) -> dict[str, object]:
    result = asdict(refolded)
    return {
        **{name: value for name, value in asdict(whom).items() if value is not None},
        **{
            name: result[name]
            for name in ("measures", "values", "participation", "justified", "ends")
        },
        **result["done"],
    }
