"""When people last did something for a program, such as taking part in a calibration."""

from collections.abc import Collection

from engine.fact import Place
from engine.queries.snapshot import Snapshot
from engine.store.facts import ledger
from events.instants import Instant
from events.schemas.stewardship_recorded import StewardshipRecorded


def last_of_kind(
    snapshot: Snapshot, program: str, kind: str, people: Collection[str]
) -> dict[str, Instant]:
    """By person, the time of the last record of a kind that stands; who has none is left out. One
    statement."""
    places = {Place(program, None, person): {person} for person in people}
    last: dict[str, Instant] = {}
    for fact in ledger.about(snapshot.tx, places):
        if fact.type == StewardshipRecorded.TYPE and fact.data["kind"] == kind:
            person = str(fact.data["participant_id"])
            last[person] = max(last.get(person, fact.time), fact.time)
    return last
