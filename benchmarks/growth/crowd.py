"""Loops that are all alike, and facts that fall on them evenly, for varying one thing at a time.

Every loop has a number, and its name and those of its mentees end in it. No fact occurs twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from benchmarks.facts import GeneratedLoop, happen

Record = tuple[bytes, bytes]

_START = datetime(2025, 1, 1)
_STEP = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Crowd:
    """`loops` of `group` people each, in `programs`; every mentor has `mentored` of the loops, all
    in one program."""

    loops: int = 5_000
    programs: int = 20
    group: int = 2
    mentored: int = 1

    def loop(self, number: int) -> GeneratedLoop:
        """The loop of a number, which may be `loops` or more: those are copies."""
        mentor = number // self.mentored
        program = f"program-{mentor % self.programs:03d}"
        if self.group == 2:
            mentees: tuple[str, ...] = (f"mentee-{number:06d}",)
        else:
            mentees = tuple(f"mentee-{number:06d}-{n:03d}" for n in range(1, self.group))
        return GeneratedLoop(program, f"loop-{number:06d}", (f"mentor-{mentor:06d}", *mentees))


def records(crowd: Crowd, numbers: range, copies: int = 1, every: bool = True) -> Iterator[Record]:
    """A record (key, value) for each number, which names its fact; equal arguments, equal bytes.

    Where there are `copies` of a crowd, they fall on the loops of all of them; or, with `every`
    false, on as many loops as one has, but chosen from all.
    """
    rng = Random(numbers.start)
    for number in numbers:
        loop = int(rng.random() * crowd.loops)
        copy = int(rng.random() * copies) if every else loop % copies
        time = (_START + number * _STEP).isoformat() + "Z"
        fact = happen(rng, number, crowd.loop(loop + copy * crowd.loops), time)
        value = (
            f'{{"specversion":"1.0","id":"{number}","source":"/growth","type":"{fact.type}",'
            f'"time":"{time}","datacontenttype":"application/json","data":{{{fact.data}}}}}'
        )
        yield fact.key.encode(), value.encode()
