"""Any two operations in two transactions open at once at one place leave what one after the other
would: stored state, people and awards are those of the cold fold of the ledger.

The first operation pauses at one of its steps, the second is done as far as it gets, then both
finish. Every ordered pair, over small random histories.
"""

import os
from collections.abc import Iterator
from random import Random
from traceback import extract_tb

import pytest

from engine.projections import cold
from engine.store.facts import ledger
from engine.store.generations import pointers, replays
from engine.store.generations.replays import NotReady, ReplayBusy
from replay.switch.repair import NothingKnown
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.interleaving import Interleaving
from tests.integration.handlers.operations import OPERATIONS, Operation, Situation, Step, drawn
from tests.integration.replay import rebuilt

HISTORIES = int(os.environ.get("BADGE_ENGINE_TEST_HISTORIES", "2"))

# Of two replays at work on one program, one is refused; so is a refold of people without facts.
_REFUSED = (ReplayBusy, NotReady, NothingKnown)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    """A harness on a database of its own, since replays leave generations behind."""
    harness = Harness(database_url)
    yield harness
    harness.close()


@pytest.mark.parametrize("first", OPERATIONS, ids=[operation.name for operation in OPERATIONS])
def test_whatever_meets_it_the_stored_state_is_the_cold_fold(
    harness: Harness, first: Operation
) -> None:
    drifted = []
    for position, second in enumerate(OPERATIONS):
        for number in range(HISTORIES):
            seed = f"{first.name}/{second.name}/{number}"
            situation = _situation(harness, seed, first, second)
            step = first.steps[(position + number) % len(first.steps)]
            try:
                _meet(harness, situation, first, second, step)
            except AssertionError as error:
                check = extract_tb(error.__traceback__)[-1].name
                drifted.append(f"{seed} after {step[1]}: {check} {error}".strip())
    assert not drifted, "\n".join(drifted)


def _situation(harness: Harness, seed: str, first: Operation, second: Operation) -> Situation:
    """A history with what both operations need, each record told once."""
    random = Random(seed)
    focus, coming = drawn(random, "focus"), drawn(random, "coming")
    situation = Situation(random, seed, focus, coming)
    names = (f"old-{number}" for number in range(random.randint(0, 6)))
    told = [drawn(random, name).record(seed) for name in names]
    needed = [*first.before(situation), *second.before(situation)]
    told += dict.fromkeys(needed)
    random.shuffle(told)
    harness.tell(*told)
    harness.messages()
    return situation


def _meet(
    harness: Harness,
    situation: Situation,
    first: Operation,
    second: Operation,
    step: Step,
) -> None:
    acts = [
        operation.ready(harness, situation, partition)
        for partition, operation in enumerate((first, second), start=1)
    ]
    ahead = _ahead(harness)
    with pytest.MonkeyPatch.context() as patches:
        interleaving = Interleaving(harness, patches)
        interleaving.after(*step)
        one, other, _ = interleaving.meet(*acts)
    for done in (one, other):
        error = done.exception()
        assert error is None or isinstance(error, _REFUSED), repr(error)
    _check(harness, situation.program)
    unmet, counted = _ahead(harness)
    assert unmet - ahead[0] == counted - ahead[1], "retractions ahead of their facts are miscounted"


def _check(harness: Harness, program: str) -> None:
    agreement.check_measures(harness, program)
    agreement.check_proofs(harness)
    with harness.transaction() as tx:
        folded = cold.fold(harness.catalog, ledger.every(tx, program))
        kept = tx.rows(
            "SELECT 1 FROM messages m JOIN ledger l ON l.place = m.place AND l.fact = (m.fact | 1)"
        )
        open_ = [
            replay.id
            for replay in replays.every(tx)
            if replay.status in replays.OPEN and replay.covers(program)
        ]
        assert program in pointers.live(tx)
    stored = {
        number for number, item in harness.standing().items() if item.award.program == program
    }
    assert stored == {award.id for award in folded.awards}
    assert kept == [], "a retracted fact's private message is kept"
    for number in open_:
        rebuilt.catch_up(harness, number)
        rebuilt.check(harness, number, harness.catalog, program)


def _ahead(harness: Harness) -> tuple[int, int]:
    """How many retractions have not met their fact: in the ledger, and by the cursors' counts."""
    ((unmet,),) = harness.rows(
        "SELECT count(*) FROM ledger r WHERE r.fact & 1 = 1 AND NOT EXISTS "
        "(SELECT FROM ledger f WHERE f.place = r.place AND f.fact = r.fact - 1)"
    )
    return unmet, sum(cursor.counts.unmet_retractions for cursor in harness.cursors().values())
