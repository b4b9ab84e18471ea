"""Everything that may be done at one place, made ready to be done while something else is.

Each operation is given a situation: a small random history of one loop, one of whose facts is in
focus. It says what must be there before it, and does itself with what the harness has.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from types import ModuleType
from typing import Any

from engine.handlers import redrive as redriving
from engine.handlers.policy import IntakePolicy
from engine.handlers.redrive import Redriven
from engine.handlers.steps import decide, people, places
from engine.store.facts import ledger
from engine.store.generations import pointers, replays
from engine.store.projections import measures
from engine.store.projections import people as stored_people
from replay.build import catch_up
from replay.switch import repair
from replay.switch.repair import RepairTarget
from tests.integration.handlers.harness import TERMS, Harness
from tests.integration.replay import rebuilt
from tests.support.given import (
    KUDOS,
    MEETING,
    MILESTONE,
    QUIZ,
    SURVEY,
    kudos,
    meeting,
    milestone,
    quiz,
    reflection,
    retracted,
    survey,
)
from tests.verification.oracle.histories import NOW

_EARLIER = IntakePolicy(clock=lambda: NOW - timedelta(days=3650))  # everything is of the future
Step = tuple[ModuleType, str]
Act = Callable[[], object]


@dataclass(frozen=True)
class Told:
    """A fact that may be told: under its own id, under another, or with other content."""

    type: str
    id: str
    make: Callable[..., bytes]

    def record(self, program: str, **other: Any) -> bytes:
        """The fact; `name` gives it another id, `at` another day."""
        return self.make(**{"name": self.id, "program_id": program, **other})

    def retraction(self, program: str) -> bytes:
        """Its retraction."""
        return retracted(self.type, self.id, program_id=program)


@dataclass(frozen=True)
class Situation:
    """A program with a history. `focus` is a fact that may be in it, `coming` one that is not."""

    random: Random
    program: str
    focus: Told
    coming: Told


def drawn(random: Random, name: str) -> Told:
    """A random fact of the loop, about x or y."""
    who, other = random.choice([("x", "y"), ("y", "x")])
    at = random.randint(1, 9)
    matched = (MILESTONE, partial(milestone, participant=who, which="matched", at=at))
    facts: list[tuple[str, Callable[..., bytes]]] = [
        matched,
        matched,  # more often: told again it changes nothing
        (MILESTONE, partial(milestone, participant=who, which="first-meeting", at=at)),
        (MEETING, partial(_meeting, people=[who, other][: random.randint(1, 2)], at=at)),
        (SURVEY, partial(survey, respondent=who, about=other, rating=5, at=at)),
        (SURVEY, partial(survey, respondent=who, about=other, rating=2, at=at)),  # counts nowhere
        (SURVEY, partial(reflection, respondent=who, at=at)),
        (KUDOS, partial(kudos, giver=other, recipient=who, kind="trust", at=at, message="private")),
        (QUIZ, partial(quiz, participant=who, at=at, loop_id="loop")),
    ]
    event_type, make = random.choice(facts)
    return Told(event_type, name, make)


def _meeting(name: str, people: list[str], **data: Any) -> bytes:
    return meeting(name, *people, **data)


BATCH: tuple[Step, ...] = (
    (measures, "read"),
    (ledger, "find"),
    (ledger, "append"),
    (places, "touch"),
    (people, "lock"),
    (decide, "write"),
)


@dataclass(frozen=True)
class Operation:
    """`before`: the records that must be there. `ready`: made ready, with the partition it may
    use, it gives what is then done. `steps`: where it may be made to pause."""

    name: str
    before: Callable[[Situation], list[bytes]]
    ready: Callable[[Harness, Situation, int], Act]
    steps: tuple[Step, ...] = BATCH


def _batch(make: Callable[[Situation], bytes]) -> Callable[[Harness, Situation, int], Act]:
    def ready(harness: Harness, situation: Situation, partition: int) -> Act:
        batch = harness.batch(make(situation), partition=partition)
        return lambda: harness.taking().process(batch)

    return ready


def _redriven(make: Callable[[Situation], bytes]) -> Callable[[Harness, Situation, int], Act]:
    def ready(harness: Harness, situation: Situation, partition: int) -> Act:
        harness.tell(make(situation), partition=partition, terms=_EARLIER)
        ((number,),) = harness.rows("SELECT max(id) FROM dead_letters")
        return lambda: redriving.redrive(harness.engine, [number], TERMS, Redriven())

    return ready


def _refold(harness: Harness, situation: Situation, partition: int) -> Act:
    whom = RepairTarget(situation.program, loop="loop")
    return lambda: repair.refold(harness.engine, whom, rebuilt.NOON, "by", "reason")


def _catch_up(harness: Harness, situation: Situation, partition: int) -> Act:
    number = _generation(harness, situation)
    return lambda: rebuilt.catch_up(harness, number)


def _cutover(harness: Harness, situation: Situation, partition: int) -> Act:
    number = _generation(harness, situation)
    return lambda: rebuilt.cut_over(harness, number)


def _generation(harness: Harness, situation: Situation) -> int:
    """The program's open replay, approved; made if there is none."""
    with harness.transaction() as tx:
        for replay in replays.every(tx):
            if replay.status in replays.OPEN and replay.covers(situation.program):
                return replay.id
    return rebuilt.approved(harness, harness.catalog, situation.program)


def _nothing(_: Situation) -> list[bytes]:
    return []


def _focus(situation: Situation) -> list[bytes]:
    return [situation.focus.record(situation.program)]


def _same_again(situation: Situation) -> bytes:
    name = f"again-{situation.random.random()}"
    return situation.focus.record(situation.program, name=name)


def _another(situation: Situation) -> bytes:
    name = f"new-{situation.random.random()}"
    return drawn(situation.random, name).record(situation.program)


def _coming(situation: Situation) -> bytes:
    return situation.coming.record(situation.program)


def _of_coming(situation: Situation) -> bytes:
    return situation.coming.retraction(situation.program)


def _of_focus(situation: Situation) -> bytes:
    return situation.focus.retraction(situation.program)


def _conflict(situation: Situation) -> bytes:
    return situation.focus.record(situation.program, at=10)


OPERATIONS = (
    Operation("a fact", _nothing, _batch(_another)),
    Operation("the same under another id", _focus, _batch(_same_again)),
    Operation("a duplicate", _focus, _batch(lambda s: _focus(s)[0]), BATCH[:3]),
    Operation("a conflict", _focus, _batch(_conflict), BATCH[:3]),
    Operation("a retraction", _focus, _batch(_of_focus)),
    Operation("a retraction ahead of its fact", _nothing, _batch(_of_coming)),
    Operation("the fact of that retraction", _nothing, _batch(_coming)),
    Operation("a redriven fact", _focus, _redriven(_same_again)),
    Operation("a redriven retraction", _focus, _redriven(_of_focus)),
    Operation(
        "a refold",
        _focus,
        _refold,
        ((ledger, "places_naming"), (stored_people, "places_of")),
    ),
    Operation("a catch-up", _focus, _catch_up, ((replays, "cursors"), (ledger, "places_since"))),
    Operation("a cutover", _focus, _cutover, ((catch_up, "in_rounds"), (pointers, "move"))),
)
