"""What was there when an award was announced: judged only where it is known for certain."""

import pytest

from tests.support.given import meeting, retracted
from tests.verification.checker.arrivals import Arrivals
from tests.verification.checker.batches import Batches
from tests.verification.checker.input_log import InputLog, LoggedFact, Place
from tests.verification.checker.seen import Json
from tests.verification.checker.tables import CursorStep
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.reading import MEETING, read

BRONZE: Json = {"program_id": "program", "loop_id": "loop", "recipient_id": "ann"}
BATCHES = [(0, 0, 3), (0, 3, 6), (1, 0, 9)]
"""Partition, begin and end of each."""

Story = tuple[dict[int, Place | None], dict[int, Place | None]]
"""By the day of a meeting, where it and where its retraction were told."""


def left_out(facts: dict[int, Place | None], retractions: dict[int, Place | None]) -> list[str]:
    """Which meetings an announcement should have named besides those of days 4 and 5."""
    log = InputLog()
    for day, place in facts.items():
        fact = read(meeting(f"m{day}", "ann", at=day), NOW)
        log.accepted[fact.key] = LoggedFact(place, fact)
    for day, place in retractions.items():
        told = read(retracted(MEETING, f"m{day}"), NOW)
        log.retractions[told.key] = LoggedFact(place, told)
    named = [key for key in log.accepted if key[4] in ("m4", "m5")]
    steps = [
        CursorStep(number, partition, begin, end, end - begin, 0, 0.0)
        for number, (partition, begin, end) in enumerate(BATCHES)
    ]
    return [fact.key[4] for fact in Arrivals(log, Batches(steps)).left_out(BRONZE, named)]


NAMED: dict[int, Place | None] = {4: (0, 0), 5: (0, 1)}

MISSED: dict[str, Story] = {
    "it came before them": ({1: (0, 0), 4: (0, 1), 5: (0, 2)}, {}),
    "it came behind them in their batch": ({**NAMED, 1: (0, 2)}, {}),
    "it was retracted in a later batch": ({**NAMED, 1: (0, 2)}, {1: (0, 3)}),
    "it came by one of two partitions": ({4: (0, 0), 5: (1, 8), 1: (1, 0)}, {}),
    "others were redriven": ({4: None, 5: (0, 0), 1: (0, 2)}, {}),
}

RIGHT: dict[str, Story] = {
    "it came in a later batch": ({**NAMED, 1: (0, 3)}, {}),
    "it sorts behind them": ({**NAMED, 6: (0, 2)}, {}),
    "it was retracted in the same batch": ({**NAMED, 1: (0, 1)}, {1: (0, 2)}),
    "it was retracted before it came": ({4: (0, 3), 5: (0, 4), 1: (0, 5)}, {1: (0, 0)}),
    "it came by another partition": ({**NAMED, 1: (1, 0)}, {}),
    "it was redriven": ({**NAMED, 1: None}, {}),
    "it was retracted by another partition": ({**NAMED, 1: (0, 2)}, {1: (1, 8)}),
    "its retraction was redriven": ({**NAMED, 1: (0, 2)}, {1: None}),
    "it was retracted, and others were redriven": ({4: None, 5: (0, 0), 1: (0, 2)}, {1: (0, 3)}),
    "nobody noted the batch": ({4: (2, 1), 5: (2, 2), 1: (2, 0)}, {}),
}


@pytest.mark.parametrize("case", MISSED)
def test_an_earlier_fact_that_was_there_is_left_out(case: str) -> None:
    assert left_out(*MISSED[case]) == ["m1"]


@pytest.mark.parametrize("case", RIGHT)
def test_a_fact_that_need_not_have_been_there_is_not(case: str) -> None:
    assert left_out(*RIGHT[case]) == []


def test_a_batch_is_known_by_the_step_that_passed_it() -> None:
    steps = [CursorStep(n, 0, *span, 0, 0, 0.0) for n, span in enumerate([(None, 0), (0, 3)])]

    assert Batches(steps).end(0, 2) == 3
    assert Batches(steps).end(0, 3) is None
    assert Batches(None).end(0, 0) is None


def test_batches_of_a_topic_that_is_no_more_are_forgotten() -> None:
    spans = [(0, 9), (9, None), (None, 0), (0, 4)]
    steps = [CursorStep(n, 0, *span, 0, 0, 0.0) for n, span in enumerate(spans)]

    assert Batches(steps).end(0, 1) == 4
