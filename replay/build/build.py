"""BUILD: a generation's projections from the whole ledger, in parts that processes share.

First every place, then every person. Before anything is read, the cursors are noted: the cut. A
part reads whatever is committed when it reads, so each row before the cut and perhaps some behind
it; places that got facts from the cut on are folded again afterwards (catch_up.py).
Live traffic goes on.
"""

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.store.facts import ledger
from engine.store.generations import replays
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction, connect, transaction
from engine.store.projections import chunks, shares, tables
from engine.store.projections.chunks import Chunk, Phase
from replay.build import catch_up, staging, write
from replay.build.write import FoldCounts

_FACTS_PER_CHUNK = 10_000
_MOST_CHUNKS = 4_096
PHASES: tuple[Phase, ...] = ("places", "people")


class NotBuildable(Exception):
    """A generation that is past its build, or was dropped."""


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far a build is. `facts` were folded by this run, in `seconds`, `left` chunks remain of
    `of` of its phase."""

    phase: Phase
    left: int
    of: int
    facts: int
    seconds: float


def start(engine: Engine, number: int) -> Replay:
    """Note the cut and divide the work; nothing if that was done.

    Raises:
        NoSuchGeneration, NotBuildable
    """
    with transaction(engine) as tx:
        replays.work_on(tx, number)
        replay = replays.get(tx, number)
        if replay.status not in ("planned", "building"):
            raise NotBuildable(f"generation {number} is {replay.status}: there is nothing to build")
        if replay.cut is not None:
            return replay
        with staging.of(tx, replay):
            cut, size = replays.cursors(tx), ledger.size(tx)
        for phase in PHASES:
            chunks.divide(tx, number, phase, min(_MOST_CHUNKS, size // _FACTS_PER_CHUNK + 1))
        return replays.note(tx, number, "building", cut=cut, first_cut=cut)


def build(
    engine: Engine,
    url: str,
    number: int,
    processes: int | None = None,
    max_rate: float | None = None,
) -> Iterator[BuildStep]:
    """Fold everything; what an earlier run did is not done again. `max_rate`: facts a second.

    Raises:
        NoSuchGeneration, ReplayBusy
        NotBuildable: it was built already, or retired or switched to meanwhile.
    """
    start(engine, number)
    began, facts = time.monotonic(), 0
    with _pool(url, processes) as pool:
        for phase in PHASES:
            with transaction(engine) as tx:
                left = chunks.left(tx, number, phase)
            yield BuildStep(phase, len(left), len(left), facts, time.monotonic() - began)
            for count, done in enumerate(_paced(pool, number, left, began, max_rate), start=1):
                facts += done
                seconds = time.monotonic() - began
                yield BuildStep(phase, len(left) - count, len(left), facts, seconds)
            with transaction(engine) as tx:
                replay = replays.hold(tx, number)
                if replay.status not in replays.OPEN:
                    raise NotBuildable(
                        f"generation {number} is {replay.status}: it was retired or "
                        "switched to while it was built; see `badge-replay list`"
                    )
                names = ("shares",) if phase == "places" else (*tables.PROJECTIONS, "computed")
                tables.analyze(tx, number, names)
    catch_up.in_rounds(engine, number)


@contextmanager
def _pool(url: str, processes: int | None) -> Iterator[ProcessPoolExecutor]:
    """Processes that fold parts; when the build ends early, parts not begun are not waited for."""
    with ProcessPoolExecutor(
        processes or os.cpu_count() or 1,
        multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(url,),
    ) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _paced(
    pool: ProcessPoolExecutor, number: int, left: list[Chunk], began: float, rate: float | None
) -> Iterator[int]:
    """The facts of each part as it is done, handed out no faster than `rate` allows."""
    if rate is None:
        yield from (done.result() for done in as_completed([_hand(pool, number, c) for c in left]))
        return
    facts = 0
    for chunk in left:
        facts += _hand(pool, number, chunk).result()
        yield facts
        time.sleep(max(0.0, began + facts / rate - time.monotonic()))


def _hand(pool: ProcessPoolExecutor, number: int, chunk: Chunk) -> "Future[int]":
    return pool.submit(_work, number, chunk)


_engine: Engine | None = None  # of this process
_generations = Generations()  # reading a catalog takes as long as folding hundreds of facts


def _begin(url: str) -> None:
    global _engine
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    gc.disable()  # see garbage.py
    _engine = connect(url, "badge-replay", {"jit": "off"})


def _end_with_the_build() -> None:
    """A process of a pool waits for parts for ever, also when the build is gone."""
    build = multiprocessing.parent_process()
    assert build is not None
    build.join()
    os._exit(1)


def _work(number: int, chunk: Chunk) -> int:
    """One part, in a process of the pool; gives how many facts it folded."""
    assert _engine is not None
    with transaction(_engine) as tx:
        facts = fold(tx, _generations, number, chunk)
    gc.collect()
    gc.freeze()  # what outlives a part is for good: looking through it each time costs a third, too
    return facts


def fold(tx: Transaction, generations: Generations, number: int, chunk: Chunk) -> int:
    """One part: fold it, write it, mark it done. Gives how many facts it folded; 0 if it was done
    before."""
    if not chunks.claim(tx, number, chunk):
        return 0
    replay, generation = replays.get(tx, number), generations.get(tx, number)
    tally = FoldCounts(replay.cut or {})
    if chunk.phase == "places":
        with staging.of(tx, replay):
            entries = ledger.between(tx, chunk.low, chunk.high)
        write.write_places(tx, generation, write.places(generation, replay, entries, tally))
    else:
        parts = shares.between(tx, number, chunk.low, chunk.high)
        write.write_persons(tx, generation, write.persons(generation, parts))
    chunks.done(tx, number, chunk, tally.facts, tally.rows_before_cut)
    return tally.facts
