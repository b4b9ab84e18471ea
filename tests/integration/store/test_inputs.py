"""What is known of inputs, as several workers write it down, and some are killed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.handlers.inputs_heard import InputsHeard
from engine.intake import silence
from engine.intake.silence import HOUR, Input, InputWindow
from engine.store import inputs
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream.inputs_keeper import EVERY_SECONDS, InputsKeeper

TOPIC = "mentoring.activity"
MEETINGS = Input("p", "mentoring.meeting.completed.v1")
TUESDAY = 1_764_633_600_000  # 2 December 2025, 00:00 UTC
LATER = 4_102_444_800_000  # after any test


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = connect(database_url, "test")
    schema.migrate(made)
    yield made
    made.dispose()


def _known(engine: Engine) -> dict[Input, InputWindow]:
    with transaction(engine) as tx:
        return {Input(each.program, each.type): each.heard for each in inputs.read(tx)}


class _Worker:
    """One that has read partition `number` from `offset` on."""

    def __init__(self, engine: Engine, number: int = 0, offset: int = 0) -> None:
        self.number, self.offset = number, offset
        self.heard = InputsHeard()
        self.keeper = InputsKeeper(engine, self.heard)
        self.keeper.resume([((TOPIC, number), offset)])

    def hear(self, *times: int) -> "_Worker":
        self.offset += len(times)
        self.heard.hear({MEETINGS: times}, {(TOPIC, self.number): self.offset})
        return self

    def write(self) -> None:
        self.keeper.write()


def test_a_gap_between_two_minutes_counts_once(engine: Engine) -> None:
    worker = _Worker(engine)
    worker.hear(TUESDAY, TUESDAY + HOUR).write()
    worker.hear(TUESDAY + 6 * HOUR).write()
    worker.write()

    assert _known(engine) == {MEETINGS: InputWindow(TUESDAY, TUESDAY + 6 * HOUR, 5 * HOUR)}


def test_what_another_worker_heard_meanwhile_is_no_gap(engine: Engine) -> None:
    one, other = _Worker(engine, 0), _Worker(engine, 1)
    one.hear(TUESDAY).write()
    other.hear(TUESDAY + 2 * HOUR).write()
    one.hear(TUESDAY + 4 * HOUR).write()

    assert _known(engine)[MEETINGS].longest == 2 * HOUR


def test_a_gap_in_which_a_killed_worker_heard_something_does_not_count(engine: Engine) -> None:
    killed = _Worker(engine)
    killed.hear(TUESDAY).write()
    killed.hear(TUESDAY + 2 * HOUR)  # and is killed before the minute is over

    restarted = _Worker(engine, offset=killed.offset)
    restarted.hear(TUESDAY + 4 * HOUR).write()
    restarted.hear(TUESDAY + 5 * HOUR).write()

    assert _known(engine)[MEETINGS] == InputWindow(TUESDAY, TUESDAY + 5 * HOUR, 0)
    restarted.hear(LATER).write()  # from now on, all is heard again
    restarted.hear(LATER + HOUR).write()
    assert _known(engine)[MEETINGS].longest == HOUR


def test_a_restart_that_lost_nothing_breaks_nothing(engine: Engine) -> None:
    first = _Worker(engine)
    first.hear(TUESDAY).write()

    _Worker(engine, offset=first.offset).hear(TUESDAY + 2 * HOUR).write()

    assert _known(engine)[MEETINGS].longest == 2 * HOUR


def test_what_cannot_be_written_down_is_kept(engine: Engine) -> None:
    away = connect("postgresql://nobody@127.0.0.1:1/nothing", "test")
    worker = _Worker(away)
    worker.hear(TUESDAY)
    worker.write()
    worker.hear(TUESDAY + HOUR)
    worker.keeper._engine = engine

    worker.write()

    assert _known(engine)[MEETINGS] == silence.window([TUESDAY, TUESDAY + HOUR])
    away.dispose()


def test_it_is_written_once_a_minute() -> None:
    assert EVERY_SECONDS == 60
