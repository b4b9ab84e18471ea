"""Apply the differences of a cutover or a repair to awards: write each, publish as the policy says.

Messages are in the order that every commit has: by recipient, revocations first, then by date.
Recipients are processed one after the other, so memory does not grow with the change.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import groupby, islice
from typing import Protocol

from msgspec.structs import replace

from engine.awards import messages as award_messages
from engine.awards import transitions
from engine.awards.messages import Who
from engine.awards.transitions import Announcement, AwardChanges, Recomputed
from engine.catalog import renames
from engine.catalog.model import Catalog
from engine.catalog.renames import BadgeLevel
from engine.projections.award import Kind
from engine.rules.criteria.criterion import Holding
from engine.store.awards import awards, differences, kept, outbox
from engine.store.awards.awards import Announced
from engine.store.awards.differences import Difference
from engine.store.generations import catalogs
from engine.store.generations.live import Generation
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from events.instants import Instant
from replay.switch.policies import SwitchPolicy

_AT_ONCE = 2_000  # changes that are written together


@dataclass(slots=True)
class SwitchResult:
    """How many awards were gained, lost, kept by decision, put right, renamed; and messages."""

    gained: int = 0
    lost: int = 0
    kept: int = 0
    restated: int = 0
    renamed: int = 0
    messages: int = 0

    def plus(self, other: "SwitchResult") -> "SwitchResult":
        """Both together."""
        names = self.__slots__
        return SwitchResult(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Differences(Protocol):
    """The differences between standing awards and those that facts justify."""

    def of_kind(self, kind: Kind) -> Iterator[Difference]:
        """The differences of a kind, recipient by recipient."""
        ...

    def otherwise(self) -> Iterator[Difference]:
        """What stands and holds, with other dates or other evidence."""
        ...


@dataclass(frozen=True, slots=True)
class ReplayDifferences:
    """The differences of a generation that is built: the database finds them."""

    tx: Transaction
    replay: Replay
    left: int | None = None
    """The generation that a rollback leaves: what its cutover kept is lost where no fact justifies
    it."""

    def of_kind(self, kind: Kind) -> Iterator[Difference]:
        of_facts = differences.of_kind(self.tx, self.replay, kind, "recipient")
        if kind is not Kind.LOST or self.left is None:
            return of_facts
        of_decisions = differences.kept_by(self.tx, self.replay, self.left)
        return merge(of_facts, of_decisions, key=_recipient)

    def otherwise(self) -> Iterator[Difference]:
        return differences.otherwise(self.tx, self.replay)


class Switch:
    """The changes of one generation at `time`.

    `again_silent`: what was silent when it changed last is silent when it changes back.
    """

    def __init__(
        self,
        tx: Transaction,
        generation: Generation,
        found: Differences,
        policy: SwitchPolicy,
        time: Instant,
        *,
        again_silent: bool = False,
    ) -> None:
        self._tx = tx
        self._generation = generation
        self._found = found
        self._policy = policy
        self._cause = Recomputed(time)
        self._again_silent = again_silent
        self._catalogs: dict[int, Catalog] = {}  # by row
        self.done = SwitchResult()

    def run(self) -> SwitchResult:
        """Write everything, and announce what is to be announced."""
        self._restate({difference.award.id for difference in self._found.of_kind(Kind.LOST)})
        self._justify()
        changes = AwardChanges()
        for _, differences_ in groupby(self._differences(), key=_recipient):
            for difference in differences_:
                self._change(changes, difference)
            if len(changes.first) + len(changes.again) >= _AT_ONCE:
                self._write(changes)
                changes = AwardChanges()
        self._write(changes)
        return self.done

    def _differences(self) -> Iterator[Difference]:
        """What is gained and lost, recipient by recipient."""
        added, lost = (self._found.of_kind(kind) for kind in (Kind.ADDED, Kind.LOST))
        return merge(added, lost, key=_recipient)

    def _change(self, changes: AwardChanges, difference: Difference) -> None:
        prior, rule = difference.announced, self._policy.of(difference.award.badge)
        quiet = self._again_silent and prior is not None and prior.silent
        if difference.computed is not None:
            silent = quiet or rule.gained == "silent"
            catalog = self._generation.catalog_id
            now = transitions.gained(difference.computed, prior, catalog, silent=silent)
            (changes.first if prior is None else changes.again).append(now)
            changes.announcements.append(Announcement(now))
            self.done.gained += 1
            return
        assert prior is not None
        if rule.lost == "keep":
            changes.again.append(transitions.kept(prior))
            self.done.kept += 1
            return
        silent = quiet or rule.lost == "silent"
        now = transitions.lost(prior, silent=silent)
        changes.again.append(now)
        changes.announcements.append(Announcement(now, self._cause))
        self.done.lost += 1

    def _write(self, changes: AwardChanges) -> None:
        ordered = award_messages.of_awards(
            self._generation.catalog, changes.announcements, partial(_standing, self._tx)
        )
        awards.insert(self._tx, changes.first)
        awards.update(self._tx, changes.again)
        kept.note(self._tx, self._generation.id, (a for a in changes.again if a.decided))
        outbox.put(self._tx, (message for _, message in ordered))
        self.done.messages += len(ordered)

    def _restate(self, lost: set[str]) -> None:
        """Restate what the policy says, and every stored proof that is broken."""
        judged = (self._restated(difference, lost) for difference in self._found.otherwise())
        waiting = (announced for announced in judged if announced is not None)
        while some := list(islice(waiting, _AT_ONCE)):
            awards.restate(self._tx, some)
            self.done.restated += len(some)

    def _restated(self, difference: Difference, lost: set[str]) -> Announced | None:
        """A standing award with the dates or evidence it must have now; None if it stays."""
        stored = difference.announced
        assert stored is not None
        now = _as_computed(difference, self._generation.catalog_id)
        if difference.ends_wrongly(self._generation.catalog_id):
            return now
        moved = now.award.time != stored.award.time or difference.ends_otherwise
        if moved and self._policy.of(stored.award.badge).moved == "restate":
            return now
        if difference.rests_on(lost):
            return now
        if self._asks_otherwise(stored):
            # The dates stay as announced. The proof cannot: a retraction of what it does not name
            # could take the award, and nobody could say why.
            return replace(now, award=replace(stored.award, evidence=now.award.evidence))
        return None

    def _asks_otherwise(self, stored: Announced) -> bool:
        """Whether what proved an award under its catalog may be no proof under the new one."""
        if stored.catalog == self._generation.catalog_id:
            return False
        before = self._catalogs.get(stored.catalog)
        if before is None:
            before = self._catalogs[stored.catalog] = catalogs.of_row(self._tx, stored.catalog)
        now = self._generation.catalog
        holding = Holding(stored.award.badge, stored.award.occurrence)
        was = renames.between(now, before).get(BadgeLevel(stored.award.badge, stored.award.level))
        asked = Holding(was.badge, was.level or "") if was is not None else holding
        return before.asks(asked) != now.asks(holding)

    def _justify(self) -> None:
        """Make kept awards that facts justify now ordinary ones."""
        waiting = self._found.of_kind(Kind.JUSTIFIED)
        catalog = self._generation.catalog_id
        while some := list(islice(waiting, _AT_ONCE)):
            awards.restate(self._tx, [_as_computed(difference, catalog) for difference in some])


def _recipient(difference: Difference) -> str:
    return difference.award.recipient


def _as_computed(difference: Difference, catalog: int) -> Announced:
    """What was announced, with the dates and evidence that hold."""
    assert difference.announced is not None
    assert difference.computed is not None
    return transitions.restated(difference.computed, difference.announced, catalog)


def _standing(tx: Transaction, wanted: Set[Who]) -> dict[Who, int]:
    """How many awards of each repeatable badge stand before any of them changes: what subscribers
    and pages show, which the measures of the generation that is left may contradict."""
    recipients = {(who.program, who.participant) for who in wanted}
    numbers = awards.standing_repeatable(tx, recipients)
    return {who: numbers.get(who, 0) for who in wanted}
