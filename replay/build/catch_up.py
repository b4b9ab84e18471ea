"""CATCH UP: fold the places again that got facts since a generation's cut.

It may be done any number of times while live traffic goes on; the last time, under the cutover
lock, no fact arrives meanwhile.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from math import inf

from sqlalchemy import Engine

from engine.store.facts import ledger
from engine.store.generations import replays
from engine.store.generations.live import Generation, Generations
from engine.store.generations.replays import Cut, NotReady, Replay
from engine.store.postgres.connection import Transaction, transaction
from engine.store.projections import computed, measures, people, shares
from replay.build import garbage, staging, write
from replay.build.write import FoldCounts

_FEW = 200
_ROUNDS = 20
_SHRINKING = 0.8  # of the round before, or it is not worth another
_AT_ONCE = 2_000


def in_rounds(engine: Engine, number: int) -> float:
    """Catch up again and again, until little is left, or no less than the round before: then
    as much arrives as is folded meanwhile. Gives how many seconds the last round
    took, and the next one would."""
    before: float = inf
    for _ in range(_ROUNDS):
        began = time.monotonic()
        with transaction(engine) as tx:
            places = catch_up(tx, number)
        took = time.monotonic() - began
        if places <= _FEW or places > _SHRINKING * before:
            break
        before = places
    return took


@contextmanager
def caught_up(engine: Engine, number: int) -> Iterator[Transaction]:
    """A snapshot of all tables in which a generation is up to now.

    Raises:
        NoSuchGeneration, ReplayBusy
    """
    with transaction(engine) as tx:
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        catch_up(tx, number)
        yield tx


def catch_up(tx: Transaction, number: int) -> int:
    """Fold the places that got facts since the cut, and move the cut; gives how many they were.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotReady: it was never built; or it was switched to or retired meanwhile.
    """
    replays.work_on(tx, number)
    replay, generation = replays.get(tx, number), Generations().get(tx, number)
    if replay.status not in replays.OPEN or replay.cut is None:
        raise NotReady(
            f"generation {number} is {replay.status}: only one that is being built, or is ready, "
            "is caught up; `badge-replay list` shows who took its place"
        )
    with staging.of(tx, replay):
        # Read before the places: facts in between are folded now, and once more next time.
        now = replays.cursors(tx)
        places = since(tx, replay.cut, now)
        waiting = iter(sorted(places))
        while part := list(islice(waiting, _AT_ONCE)):
            with garbage.not_looked_for():
                refold(tx, replay, generation, part)
    replays.note(tx, number, replay.status, cut=now)
    return len(places)


def since(tx: Transaction, cut: Cut, now: Cut) -> set[int]:
    """The places that got facts from the cut on; in a lane that is new since, at any
    offset."""
    return ledger.places_since(tx, {lane: cut.get(lane, 0) for lane in now})


def refold(tx: Transaction, replay: Replay, generation: Generation, places: Iterable[int]) -> None:
    """Fold these places (by hash) again, and the people who have something from them."""
    numbers, catalog = list(places), generation.catalog
    entries = ledger.at(tx, numbers)
    folded = list(write.places(generation, replay, entries, FoldCounts({})))
    before = {
        row.number: row
        for row in measures.by_hash(tx, catalog, generation.id, numbers)
        if replay.covers(row.place.program)
    }
    concerned = shares.forget(tx, generation.id, numbers)
    computed.forget(tx, generation.id, numbers, of_person=False)
    write.write_places(tx, generation, folded, before, ledger.retracted(entries))
    concerned |= {write.number_of(share) for item in folded for share in item.shares}
    people.forget(tx, generation.id, concerned)
    computed.forget(tx, generation.id, concerned, of_person=True)
    parts = shares.of(tx, generation.id, concerned)
    write.write_persons(tx, generation, write.persons(generation, parts))
