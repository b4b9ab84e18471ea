"""What happens to awards at a cutover: each change written, and said as the policy says.

Message for message in the order that every commit has: by recipient, revocations first, then by
date. Recipients are gone through one after the other, so memory does not grow with the change.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby

from msgspec.structs import replace

from engine.catalog.model import Catalog
from engine.handlers import announcing
from engine.handlers.announcing import Said, Who
from engine.handlers.changes import Recomputed
from engine.store.awards import awards, outbox
from engine.store.awards.awards import Announced
from engine.store.database import Transaction
from engine.store.generations import catalogs, differences, people
from engine.store.generations.catalogs import Generation, Generations
from engine.store.generations.differences import Difference
from engine.store.generations.replays import Replay
from events.instants import Instant
from replay.policies import Policy

_AT_ONCE = 2_000  # changes that are written together


@dataclass(slots=True)
class Done:
    """How many awards were gained, lost, kept by decision, put right; and messages."""

    gained: int = 0
    lost: int = 0
    kept: int = 0
    restated: int = 0
    messages: int = 0

    def plus(self, other: "Done") -> "Done":
        """Both together."""
        names = self.__slots__
        return Done(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(slots=True)
class _Portion:
    """Changes that are written together."""

    first: list[Announced] = field(default_factory=list)
    again: list[Announced] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.first) + len(self.again)


class Switch:
    """The changes of one generation that goes live at `time`.

    `again_silent`: what was not said when it changed last, is not said when it changes back.
    """

    def __init__(
        self,
        tx: Transaction,
        replay: Replay,
        generation: Generation,
        policy: Policy,
        time: Instant,
        *,
        again_silent: bool = False,
    ) -> None:
        self._tx = tx
        self._replay = replay
        self._generation = generation
        self._policy = policy
        self._cause = Recomputed(time)
        self._again_silent = again_silent
        self._held_before = _Totals(tx, generation.catalog)
        self.done = Done()

    def run(self) -> Done:
        """Write and say everything."""
        lost = {
            difference.award.id
            for difference in differences.of_kind(self._tx, self._replay, "lost")
        }
        self._restate(lost)
        self._justify()
        portion = _Portion()
        for _, changes in groupby(self._changes(), key=_recipient):
            for difference in changes:
                self._change(portion, difference)
            if len(portion) >= _AT_ONCE:
                self._write(portion)
                portion = _Portion()
        self._write(portion)
        return self.done

    def _changes(self) -> Iterator[Difference]:
        """What is gained and lost, recipient by recipient."""
        return merge(
            *(
                differences.of_kind(self._tx, self._replay, kind, "recipient")
                for kind in ("added", "lost")
            ),
            key=_recipient,
        )

    def _change(self, portion: _Portion, difference: Difference) -> None:
        before, rule = difference.announced, self._policy.of(difference.award.badge)
        quiet = self._again_silent and before is not None and before.silent
        if difference.computed is not None:
            silent = quiet or rule.gained == "silent"
            revision = before.revision + 1 if before is not None else 1
            now = Announced(
                difference.computed,
                revision,
                standing=True,
                catalog=self._generation.catalog_id,
                silent=silent,
            )
            (portion.first if before is None else portion.again).append(now)
            if not silent:
                portion.said.append((now, None))
            self.done.gained += 1
            return
        assert before is not None
        if rule.lost == "keep":
            portion.again.append(replace(before, decided=True))
            self.done.kept += 1
            return
        silent = quiet or rule.lost == "silent"
        now = replace(before, revision=before.revision + 1, standing=False, silent=silent)
        portion.again.append(now)
        if not silent:
            portion.said.append((now, self._cause))
        self.done.lost += 1

    def _write(self, portion: _Portion) -> None:
        awards.insert(self._tx, portion.first)
        awards.update(self._tx, portion.again)
        self._held_before.read(item.award.program for item, _ in portion.said)
        ordered = announcing.of_awards(
            self._generation.catalog, portion.said, self._held_before.before
        )
        outbox.put(self._tx, (message for _, message in ordered))
        self.done.messages += len(ordered)

    def _restate(self, lost: set[str]) -> None:
        """Put right what the policy says, and every proof that names what is lost."""
        wanted = {
            difference.award.id: difference
            for difference in differences.of_kind(self._tx, self._replay, "moved")
            if self._policy.of(difference.award.badge).moved == "restate"
        }
        for difference in differences.resting_on(self._tx, self._replay, lost):
            wanted[difference.award.id] = difference
        catalog = self._generation.catalog_id
        restated = [_as_computed(difference, catalog) for difference in wanted.values()]
        awards.restate(self._tx, restated)
        self.done.restated = len(restated)

    def _justify(self) -> None:
        """What was kept by decision and now follows from facts is like any other award."""
        found = differences.of_kind(self._tx, self._replay, "justified")
        catalog = self._generation.catalog_id
        awards.update(self._tx, [replace(_as_computed(d, catalog), decided=False) for d in found])


def _recipient(difference: Difference) -> str:
    return difference.award.recipient


def _as_computed(difference: Difference, catalog: int) -> Announced:
    """What was announced, with the date and evidence that hold."""
    assert difference.announced is not None
    assert difference.computed is not None
    giver = difference.announced.award.giver
    award = replace(difference.computed, giver=giver)
    return replace(difference.announced, award=award, catalog=catalog)


class _Totals:
    """How many of a repeatable badge people hold before the cutover, under the catalogs that their
    programs are still under. Whole programs are read: a replay is of many people."""

    def __init__(self, tx: Transaction, catalog: Catalog) -> None:
        self._tx = tx
        self._new = catalog
        self._generations = Generations()
        self._live = catalogs.live(tx)
        self._programs: dict[str, tuple[Catalog, dict[str, list[object]]]] = {}

    def read(self, programs: Iterable[str]) -> None:
        """Make sure of what these programs hold."""
        for program in set(programs) - self._programs.keys():
            under = self._generations.get(self._tx, self._live[program])
            values = people.read(self._tx, under.catalog, under.id, program)
            self._programs[program] = (under.catalog, {n: list(v) for n, v in values.items()})

    def before(self, who: Who) -> int | None:
        """The number; None for a badge that cannot be held several times."""
        catalog, values = self._programs[who.program]
        badge = catalog.repeatable.get(who.badge)
        if badge is None or badge.repeatable is None:
            return 0 if who.badge in self._new.repeatable else None
        there = values.get(who.participant, catalog.zeros)
        return int(badge.repeatable.aggregate.size(there[badge.repeatable.index]))
