"""What is published while faults happen: many made-up histories side by side, without an end.

Each is one of tests/verification/oracle/histories: few people in few loops, so that everything
meets everything:
duplicates in other spellings, late facts, retractions before and after their facts, conflicts, bad
records of every reason, private messages. A new program begins when one is published to its end, so
a checker that looks at one program after the other stays quick.
"""

from collections.abc import Iterator
from random import Random

from engine.intake.destination import destination
from tests.verification.oracle.histories import history

AT_ONCE = 8
EVENTS = 1200


def records(seed: int) -> Iterator[tuple[bytes, bytes]]:
    """Records as (key, value), the same for the same seed."""
    random = Random(seed)
    number = 0
    open_: list[Iterator[bytes]] = []
    while True:
        while len(open_) < AT_ONCE:
            open_.append(iter(_one(random.randrange(2**32), number)))
            number += 1
        story = random.choice(open_)
        line = next(story, None)
        if line is None:
            open_.remove(story)
        else:
            yield destination(line).key or b"no key", line


def _one(seed: int, number: int) -> list[bytes]:
    return history(seed, EVENTS, programs=1, loops=8, people=6, bad=0.04, label=f"-{number}")
