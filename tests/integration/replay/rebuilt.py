"""What a generation that is being built comes to, and what it must come to."""

from contextlib import AbstractContextManager
from math import inf
from typing import Any, Protocol

from sqlalchemy import Engine

from engine.catalog.model import Catalog
from engine.projections import cold
from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.store.facts import ledger
from engine.store.generations import live, replays
from engine.store.postgres.connection import Transaction
from engine.store.projections import chunks, computed, measures, people
from events.instants import Instant
from replay.build import build as building
from replay.build import catch_up as catching_up
from replay.build import plan, verify
from replay.diff.summary import SHARE
from replay.switch import approve as deciding
from replay.switch import cutover, rollback
from replay.switch.apply import SwitchResult
from replay.switch.policies import Rule, SwitchPolicy
from tests.integration.handlers.harness import Harness
from tests.support.named import participation


class Store(Protocol):
    """A database with the engine's schema: a harness is one."""

    engine: Engine

    def transaction(self) -> AbstractContextManager[Transaction]: ...


NOON = Instant("2026-05-01T12:00:00.000000Z")


def planned(harness: Store, catalog: Catalog, *programs: str) -> int:
    """The number of a new generation."""
    with harness.transaction() as tx:
        return plan.plan(tx, catalog, programs or None).replay.id


def built(harness: Store, catalog: Catalog, *programs: str) -> int:
    """The number of a new generation, built in this process."""
    number = planned(harness, catalog, *programs)
    build(harness, number)
    return number


def build(harness: Store, number: int) -> None:
    """Fold every part, one after the other, here."""
    building.start(harness.engine, number)
    for phase in building.PHASES:
        with harness.transaction() as tx:
            left = chunks.left(tx, number, phase)
        for chunk in left:
            with harness.transaction() as tx:
                building.fold(tx, live.Generations(), number, chunk)
    catching_up.in_rounds(harness.engine, number)


def catch_up(harness: Store, number: int) -> None:
    """Fold what was told since."""
    catching_up.in_rounds(harness.engine, number)


def check(harness: Harness, number: int, catalog: Catalog, *programs: str) -> None:
    """Everything is what the cold fold of the ledger gives."""
    with harness.transaction() as tx:
        facts = [f for f in ledger.every(tx) if not programs or f.place.program in programs]
        whole = cold.fold(catalog, facts)
        generation = live.Generations().get(tx, number)
        assert tuple(computed.every(tx, number)) == whole.awards
        states: dict[Any, Any] = {}
        values: dict[Any, Any] = {}
        for program in {fact.place.program for fact in facts}:
            for row in measures.of_program(tx, generation.catalog, number, program):
                if row.state:
                    states[row.place] = row.state
            for name, found in people.read(tx, generation.catalog, number, program).items():
                values[program, name] = found
        assert states == {place: state for place, state in whole.states.items() if state}
        assert values == whole.people
        part = tx.rows("SELECT person, place FROM participation WHERE generation = %s", number)
        assert set(part) == participation(facts)


def ready(harness: Store, catalog: Catalog, *programs: str) -> int:
    """The number of a new generation, built and verified."""
    number = built(harness, catalog, *programs)
    verify.verify(harness.engine, number)
    return number


def approved(harness: Store, catalog: Catalog, *programs: str, **rule: Any) -> int:
    """The number of a new generation, built, verified and approved with this rule for all."""
    number = ready(harness, catalog, *programs)
    approve(harness, number, **rule)
    return number


def approve(harness: Store, number: int, **rule: Any) -> None:
    """Approve it with this rule for all."""
    deciding.approve(harness.engine, number, SwitchPolicy(Rule(**rule)), "coordinator", "better so")


def cut_over(
    harness: Store, number: int, tolerance: float = SHARE, longest_pause: float = inf
) -> SwitchResult:
    """Change over, at NOON."""
    return cutover.cutover(harness.engine, number, NOON, tolerance, longest_pause)


def rolled_back(harness: Store, number: int) -> SwitchResult:
    """Go back, at NOON."""
    with harness.transaction() as tx:
        plan = rollback.prepare(tx, number)
    for earlier in plan.generations:
        build(harness, earlier)
        verify.verify(harness.engine, earlier)
    return rollback.rollback(harness.engine, plan, NOON, "coordinator", "not so")


def digest(harness: Harness) -> str:
    """As `badge-engine digest` prints it."""
    with Reader(harness.engine).snapshot() as snapshot:
        return exports.digest(snapshot)


def status(harness: Store, number: int) -> str:
    """A generation's status."""
    with harness.transaction() as tx:
        return replays.get(tx, number).status
