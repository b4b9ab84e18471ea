"""RELEASE: awards kept by decision are revoked by another decision. Nothing is folded: no fact
justifies a kept award."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.store import audit_log
from engine.store.awards import awards
from engine.store.awards.differences import Difference
from engine.store.generations import pointers
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from events.instants import Instant
from replay.switch.apply import Switch, SwitchResult
from replay.switch.cutover import instant_details, without_batches
from replay.switch.policies import Rule, SwitchPolicy


class NotKept(Exception):
    """An award that no decision keeps."""


def release(
    engine: Engine,
    award_ids: Iterable[str],
    now: Instant,
    by: str,
    reason: str,
    *,
    silent: bool = False,
) -> SwitchResult:
    """Revoke kept awards, all or none, with reason `recomputed` at `now` unless `silent`; audited.

    Raises:
        NotKept: one of them was never announced, is revoked, or is justified by facts.
        CutoverBusy: batches in flight did not end; nothing was changed.
    """
    wanted = sorted(set(award_ids))
    policy = SwitchPolicy(Rule(lost="silent" if silent else "revoke"))

    def work(tx: Transaction) -> SwitchResult:
        done = SwitchResult()
        generations, live = Generations(), pointers.live(tx)
        by_generation: dict[int, list[Difference]] = {}
        for kept in _kept(tx, wanted):
            by_generation.setdefault(live[kept.award.program], []).append(kept)
        for number, kept_there in sorted(by_generation.items()):
            generation = generations.get(tx, number)
            switch = Switch(tx, generation, _Released(kept_there), policy, now)
            done = done.plus(switch.run())
        details = {"awards": wanted, "silent": silent, **instant_details(tx, now)}
        audit_log.note(tx, "release", by, reason, details)
        return done

    return without_batches(engine, work)


def _kept(tx: Transaction, award_ids: Sequence[str]) -> Iterator[Difference]:
    announced = awards.find(tx, award_ids)
    for number in award_ids:
        item = announced.get(number)
        if item is None:
            raise NotKept(f"award {number} was never announced: nothing was changed")
        if not (item.standing and item.decided):
            state = "is justified by facts" if item.standing else "is revoked already"
            raise NotKept(f"award {number} {state}, no decision keeps it: nothing was changed")
        yield Difference(item, None)


@dataclass(frozen=True, slots=True)
class _Released:
    """Kept awards as the differences of a switch."""

    kept: Sequence[Difference]

    def of_kind(self, kind: str) -> Iterator[Difference]:
        if kind == "lost":
            yield from sorted(self.kept, key=lambda d: (d.award.recipient, d.award.id))

    def otherwise(self) -> Iterator[Difference]:
        return iter(())
