"""A load generator: a seeded history of any size, as Kafka records or as a JSONL file.

The same parameters give the same bytes. Facts fall on all loops evenly, apart from a hot one; bad
records are among good ones, and duplicates come soon after what they repeat.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import BinaryIO

from benchmarks.bad_records import corrupted
from benchmarks.facts import RETRACTION, GeneratedFact, GeneratedLoop, happen
from benchmarks.load import BAD_REASONS, Load

Record = tuple[bytes, bytes]

_START = datetime(2025, 1, 1)
_SPAN = timedelta(days=365)
_LATEST = timedelta(days=30)
_REMEMBERED = 1000  # facts that a duplicate, a retraction or a conflict may be about


def history(load: Load) -> Iterator[Record]:
    """The records of a load, `load.events` of them, as (key, value)."""
    return _History(load).records()


class _History:
    def __init__(self, load: Load) -> None:
        self._load = load
        self._rng = Random(load.seed)
        self._recent: list[GeneratedFact] = []

    def records(self) -> Iterator[Record]:
        load, draw = self._load, self._rng.random
        repeats = load.bad + load.duplicates
        retracts = repeats + load.retractions
        step = _SPAN / max(1, load.events)
        for number in range(load.events):
            share = draw()
            now = _START + number * step
            if share < load.bad:
                yield self._bad(number, now)
            elif share < repeats and self._recent:
                yield self._told(self._recalled())
            elif share < retracts and self._recent:
                yield self._retracted(now)
            else:
                yield self._told(self._new(number, now))

    def _told(self, fact: GeneratedFact) -> Record:
        # A new event id each time: a repeated fact is a publisher's retry, not a copied record.
        digits = f"{self._rng.getrandbits(128):032x}"
        value = (
            f'{{"specversion":"1.0","id":"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-'
            f'{digits[16:20]}-{digits[20:]}","source":"/load","type":"{fact.type}",'
            f'"time":"{fact.time}","datacontenttype":"application/json","data":{{{fact.data}}}}}'
        )
        return fact.key.encode(), value.encode()

    def _new(self, number: int, now: datetime) -> GeneratedFact:
        load, rng = self._load, self._rng
        if load.late and rng.random() < load.late:
            now -= rng.random() * _LATEST
        hot = load.hot_loop and rng.random() < load.hot_loop
        index = 0 if hot else int(rng.random() * load.loop_count)
        fact = happen(rng, number, self._loop(index), now.isoformat() + "Z")
        if len(self._recent) < _REMEMBERED:
            self._recent.append(fact)
        else:
            self._recent[int(rng.random() * _REMEMBERED)] = fact
        return fact

    def _loop(self, index: int) -> GeneratedLoop:
        load = self._load
        shared = index < load.hot_mentor
        program = f"program-{0 if shared else index % load.programs:03d}"
        mentor = "mentor-hot" if shared else f"mentor-{index:06d}"
        # A multiplicative hash spreads the groups evenly over the loops and the programs.
        if (index + 1) * 2_654_435_761 % 2**32 < load.groups * 2**32:
            mentees = tuple(f"mentee-{index:06d}-{n:03d}" for n in range(1, load.group_size))
        else:
            mentees = (f"mentee-{index:06d}",)
        return GeneratedLoop(program, f"loop-{index:06d}", (mentor, *mentees))

    def _recalled(self) -> GeneratedFact:
        return self._recent[int(self._rng.random() * len(self._recent))]

    def _retracted(self, now: datetime) -> Record:
        # Forgotten at once: no fact is retracted twice, and none is published again after it.
        fact = self._recent.pop(int(self._rng.random() * len(self._recent)))
        data = f'{fact.place},"fact_type":"{fact.type}","fact_id":"{fact.id}","reason":"load"'
        time = now.isoformat() + "Z"
        return self._told(fact._replace(type=RETRACTION, time=time, data=data))

    def _bad(self, number: int, now: datetime) -> Record:
        reason = self._load.bad_reason
        if reason == "mixed":
            reason = BAD_REASONS[1 + int(self._rng.random() * (len(BAD_REASONS) - 1))]
        if reason == "conflict":
            if not self._recent:
                return self._told(self._new(number, now))
            other = (now + timedelta(microseconds=1)).isoformat() + "Z"
            return self._told(self._recalled()._replace(time=other))
        index = int(self._rng.random() * self._load.loop_count)
        loop, time = self._loop(index), now.isoformat() + "Z"
        fact = corrupted(reason, happen(self._rng, number, loop, time), loop)
        key, value = self._told(fact)
        return key, value[: len(value) // 2] if reason == "malformed" else value


def write(load: Load, file: BinaryIO) -> None:
    """Write a load as JSONL, without its keys."""
    file.writelines(value + b"\n" for _key, value in history(load))


_HELP = {
    "seed": "equal seeds and options give equal bytes",
    "events": "how many records",
    "loops": "how many loops (default: a tenth of the events)",
    "programs": "how many programs the loops belong to",
    "duplicates": "share of records that repeat a recent fact under a new event id",
    "bad": "share of records that are refused",
    "bad_reason": "why they are refused",
    "retractions": "share of records that retract a recent fact",
    "groups": "share of loops that are groups; the others are 1:1",
    "group_size": "people in a group, 3 to 200",
    "hot_loop": "share of new facts that fall on one loop",
    "hot_mentor": "number of loops that share one mentor, in one program",
    "late": "share of new facts published up to 30 days late",
}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--output", type=Path, help="file to write (default: standard output)")
    for field in fields(Load):
        default = field.default
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=int if default is None else type(default),
            default=default,
            choices=BAD_REASONS if field.name == "bad_reason" else None,
            metavar=None if field.name == "bad_reason" else "N",
            help=_HELP[field.name] + ("" if default is None else " (default: %(default)s)"),
        )
    return parser


def main() -> None:
    """The command."""
    parser = _arguments()
    arguments = vars(parser.parse_args())
    output: Path | None = arguments.pop("output")
    try:
        load = Load(**arguments)
    except ValueError as error:
        parser.error(str(error))
    if output is None:
        write(load, sys.stdout.buffer)
    else:
        with output.open("wb") as file:
            write(load, file)


if __name__ == "__main__":
    main()
