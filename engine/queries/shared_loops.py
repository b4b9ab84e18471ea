"""With whom somebody shared a loop, or a pairing, and until when: what makes people too close to
decide about each other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from engine.fact import Fact, Place
from engine.projections.participation import named
from engine.queries.snapshot import Snapshot
from engine.store.facts import ledger
from engine.store.facts import of_person as stored
from events.instants import Instant
from events.schemas.stewardship_recorded import StewardshipRecorded


@dataclass(frozen=True, slots=True)
class SharedWith:
    """What somebody shared with another person: `loops`, each until when, which is the last time
    that both had a fact there; `paired`: when a pairing of the two was last recorded."""

    loops: Mapping[str, Instant] = field(default_factory=dict)
    paired: Instant | None = None

    @property
    def loop_until(self) -> Instant | None:
        """Until when any loop was shared."""
        return max(self.loops.values(), default=None)


def of_person(
    snapshot: Snapshot, program: str, participant: str, others: Collection[str]
) -> dict[str, SharedWith]:
    """What a person shared with each of these others; those they shared nothing with are left out.
    Two statements, whatever the number of loops.

    Raises:
        CatalogAltered
    """
    number = snapshot.generation_for(program).id
    facts = list(stored.naming(snapshot.tx, number, program, participant))
    theirs = _last_in_loops(facts, [participant]).get(participant, {})
    wanted = set(others) - {participant}
    there = ledger.about(snapshot.tx, {Place(program, loop, None): wanted for loop in theirs})
    of_others = _last_in_loops(there, wanted)
    paired = _paired(facts, participant)
    shared = {}
    for other in sorted(wanted):
        loops = {loop: min(last, theirs[loop]) for loop, last in of_others.get(other, {}).items()}
        if loops or other in paired:
            shared[other] = SharedWith(loops, paired.get(other))
    return shared


def _last_in_loops(facts: Iterable[Fact], people: Collection[str]) -> dict[str, dict[str, Instant]]:
    """By person and loop, the time of the last fact there that names them."""
    last: dict[str, dict[str, Instant]] = {}
    for fact in facts:
        loop = fact.place.loop
        if loop is None:
            continue
        for person in named((fact,)).intersection(people):
            known = last.setdefault(person, {})
            known[loop] = max(known.get(loop, fact.time), fact.time)
    return last


def _paired(facts: Iterable[Fact], participant: str) -> dict[str, Instant]:
    """By person with whom a pairing was recorded, when it last was."""
    paired: dict[str, Instant] = {}
    for fact in facts:
        data = fact.data
        if fact.type != StewardshipRecorded.TYPE or data["kind"] != "pairing":
            continue
        pair = {data["participant_id"], data.get("about_id")}
        if participant in pair:
            for other in pair - {participant, None}:
                name = str(other)
                paired[name] = max(paired.get(name, fact.time), fact.time)
    return paired
