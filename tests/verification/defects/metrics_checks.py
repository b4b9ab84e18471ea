"""What is looked at of metrics and of quiet inputs; each gives what is wrong, in sentences.

Q1 only what commits is counted · Q2 no gap of an input is longer than it was · Q3 a weekend is no
silence · Q4 no metric names anybody · Q5 without history nothing is quiet.
"""

from collections.abc import Callable, Iterator

import psycopg
from prometheus_client import generate_latest

from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.retry.attempts import Attempts
from engine.intake import silence
from engine.intake.silence import HOUR, Input, InputWindow
from engine.store import inputs
from engine.stream.inputs_keeper import InputsKeeper
from tests.integration.handlers.harness import TERMS, TOPIC
from tests.integration.web.people_surface import participant
from tests.integration.web.privacy import Planted
from tests.support.metrics import growth

_TUESDAY = 1_764_633_600_000
_INPUT = Input("of the check", "mentoring.meeting.completed.v1")
_NAME = "somebody-by-name"


def _counted(planted: Planted) -> Iterator[str]:
    harness, tries = planted.surface.harness, []
    refused = growth("badge_engine_records_total", outcome="dead_letters")

    def racing(*_: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise psycopg.errors.SerializationFailure

    Attempts(harness.engine, TERMS).until_done([harness.batch(b"{", partition=3)], racing)
    if refused() != 1:
        yield f"a record of a transaction that was rolled back once is counted {refused():g} times"


def _gaps(planted: Planted) -> Iterator[str]:
    engine = planted.surface.harness.engine
    offset = 0

    def write(heard: InputsHeard, *times: int) -> None:
        nonlocal offset
        offset += len(times)
        heard.hear({_INPUT: times}, {(TOPIC, 99): offset})

    killed = InputsHeard()
    keeper = InputsKeeper(engine, killed)
    write(killed, _TUESDAY)
    keeper.write()
    write(killed, _TUESDAY + 2 * HOUR)  # never written down
    next_one = InputsHeard()
    keeper = InputsKeeper(engine, next_one)
    keeper.resume([((TOPIC, 99), offset)])
    write(next_one, _TUESDAY + 4 * HOUR)
    keeper.write()
    with planted.surface.harness.transaction() as tx:
        longest = [each.heard.longest for each in inputs.read(tx) if each.program == _INPUT.program]
        tx.execute("DELETE FROM inputs WHERE program = %s", _INPUT.program)
        tx.execute("DELETE FROM input_positions WHERE partition = 99")
    if longest != [0]:
        yield "a gap in which a killed worker heard something is counted as one"


def _weekends(planted: Planted) -> Iterator[str]:
    friday = silence.DAY  # 2 January 1970
    if silence.gap(friday, friday + 3 * silence.DAY) != silence.DAY:
        yield "from Friday to Monday is not a day"


def _names(planted: Planted) -> Iterator[str]:
    planted.surface.get(f"/v1/programs/{_NAME}/me/badges", participant(_NAME, _NAME))
    if _NAME.encode() in generate_latest():
        yield "a metric names the program that was asked for"


def _history(planted: Planted) -> Iterator[str]:
    heard = InputWindow(_TUESDAY, _TUESDAY + HOUR, HOUR)
    if silence.silence_ratio(heard, _TUESDAY + 24 * HOUR) is not None:
        yield "an input that was heard for an hour is quiet a day later"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {
    "Q1": _counted,
    "Q2": _gaps,
    "Q3": _weekends,
    "Q4": _names,
    "Q5": _history,
}
