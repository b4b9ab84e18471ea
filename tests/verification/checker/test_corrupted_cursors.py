"""I8: cursors that jump, go back or were never logged: each is caught."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import changed, dropped, in_database
from tests.verification.checker.seen import Observations
from tests.verification.checker.tables import CursorStep


def third(steps: Sequence[CursorStep]) -> int:
    """Where the third step of a partition stands."""
    return [number for number, one in enumerate(steps) if one.partition == 1][2]


def step(change: Callable[[CursorStep], CursorStep]) -> Spoil:
    """The third step of a partition changed."""

    def corrupt(seen: Observations) -> Observations:
        steps = list(seen.database.steps or ())
        steps[third(steps)] = change(steps[third(steps)])
        return in_database(seen, steps=tuple(steps))

    return corrupt


def missing_step(seen: Observations) -> Observations:
    steps = seen.database.steps or ()
    return in_database(seen, steps=dropped(steps, third(steps)))


def unlogged_move(seen: Observations) -> Observations:
    return in_database(seen, steps=(seen.database.steps or ())[:-1])


SPOILED: dict[str, tuple[str, Spoil]] = {
    "a cursor began elsewhere": (
        "began at 5",
        lambda seen: in_database(seen, cursors=changed(seen.database.cursors, 1, first_offset=5)),
    ),
    "a cursor goes back": ("went from", step(lambda s: replace(s, after=0))),
    "a cursor jumps": (
        "counting",
        step(lambda s: replace(s, after=(s.after or 0) + 1)),
    ),
    "a step counts what it does not pass": (
        "counting",
        step(lambda s: replace(s, accounted=s.accounted + 1)),
    ),
    "a step was not logged": ("the one before left it at", missing_step),
    "a cursor stands where nothing moved it": ("logged", unlogged_move),
    "a cursor is deleted": ("deleted at", step(lambda s: replace(s, after=None))),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_cursor_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I8", words)
