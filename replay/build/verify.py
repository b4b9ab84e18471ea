"""VERIFY: compare what was built with the cold fold, and with the ledger's own count.

Small histories are folded whole; of large ones a sample of places (sampling.py). Both ways read one
snapshot, so live traffic goes on.
"""

from dataclasses import asdict, dataclass

from sqlalchemy import Engine

from engine.audit import digests, sampling
from engine.audit.sampling import Sample
from engine.store.facts import ledger
from engine.store.generations import pointers, replays
from engine.store.generations.live import Generation, Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from engine.store.projections import chunks, computed
from replay.build import catch_up, garbage, staging


class VerifyFailed(Exception):
    """What was built is not what the ledger gives: a bug, or a change of tables by hand."""


@dataclass(frozen=True)
class Verified:
    """What was compared. `whole`: everything, not a sample. `digest`: as `badge-engine digest`
    will print it when the generation is live."""

    whole: bool
    facts: int
    places: int
    awards: int
    digest: str


def verify(engine: Engine, number: int, facts_at_most: int = sampling.WHOLE) -> Verified:
    """Catch up, compare, and call the generation ready; if it is not right, it is not.

    Raises:
        VerifyFailed
    """
    with garbage.not_looked_for(), catch_up.caught_up(engine, number) as tx:
        replay, generation = replays.get(tx, number), Generations().get(tx, number)
        if replay.status not in replays.OPEN:
            raise VerifyFailed(f"generation {number} is {replay.status}, no replay that goes on")
        with staging.of(tx, replay):
            _count(tx, replay)
            sample = sampling.draw(tx, generation, replay.covers, facts_at_most)
        for place in sampling.other_measures(tx, generation, sample):
            name = f"{place.program}/{place.loop or place.participant}"
            raise VerifyFailed(f"generation {number}: the measures of {name} differ")
        for program, name in sampling.other_people(tx, generation, sample):
            raise VerifyFailed(f"generation {number}: what {name} has in {program} differs")
        awards = _compare_awards(tx, generation, sample)
        digest = digests.digest(
            tx,
            (award.id for award in computed.every(tx, number)),
            dict.fromkeys(
                pointers.live(tx) if replay.programs is None else replay.programs, generation
            ),
        )
        done = Verified(sample.whole, sample.facts, len(sample.places), awards, digest)
        # An approval given meanwhile is of this very build.
        status: replays.Status = "approved" if replay.status == "approved" else "ready"
        replays.note(tx, number, status, verified=asdict(done))
        return done


def _count(tx: Transaction, replay: Replay) -> None:
    """Every row of the ledger that was there when the build began was read by one of its parts."""
    there = ledger.size(tx, before=replay.first_cut)
    _, read = chunks.totals(tx, replay.id)
    if read != there:
        raise VerifyFailed(
            f"generation {replay.id}: its parts read {read:,} rows of the ledger of the {there:,} "
            "that were there when the build began"
        )


def _compare_awards(tx: Transaction, generation: Generation, sample: Sample) -> int:
    """Compare the awards of the sample; how many there are."""
    asked = sample.holds()
    if sample.whole:
        built = {award.id: award for award in computed.every(tx, generation.id)}
    else:
        there = computed.of(tx, generation.id, sample.owners, sample.people)
        built = {owned.award.id: owned.award for owned in there if asked(owned.award)}
    wanted = {award.id: award for award in sample.expected.awards if asked(award)}
    for number in sorted(built.keys() | wanted.keys()):
        if built.get(number) != wanted.get(number):
            award = built.get(number) or wanted[number]
            raise VerifyFailed(
                f"generation {generation.id}: award {number} ({award.badge} "
                f"{award.occurrence} of {award.recipient}) differs"
            )
    return len(built)
