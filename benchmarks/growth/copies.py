"""A database of any size in little time: what was processed of a crowd, written again under other
names.

A copy has everything its original has, as if processed as well: facts, messages, measures, people,
who takes part where, awards. Only its loops and people are called otherwise, and so all hashes and
ids differ. Written by COPY, by a process for each processor.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from msgspec.structs import replace

from benchmarks.growth.crowd import Crowd
from benchmarks.growth.original import Original, read
from engine.fact import Place
from engine.intake.keys import place_hash
from engine.projections.award import Award
from engine.store.awards import awards
from engine.store.awards.awards import Announced
from engine.store.postgres.connection import Transaction, connect, transaction
from engine.store.projections import tables
from events.award_ids import award_id

_SESSION = {"synchronous_commit": "off"}  # a checkpoint follows


def multiply(url: str, crowd: Crowd, copies: int) -> None:
    """Let there be `copies` of what was processed of a crowd, the original among them.

    Raises ValueError for a crowd whose copies would share people, or change programs.
    """
    if crowd.mentored != 1 or crowd.group != 2 or crowd.loops % crowd.programs:
        raise ValueError(f"a crowd of single pairs, evenly in its programs, not {crowd}")
    engine = connect(url, "badge-engine-bench")
    with transaction(engine) as tx:
        original = read(tx, crowd)
        tx.execute(
            "UPDATE cursors SET next_offset = next_offset * %s, applied = applied * %s",
            copies, copies,
        )  # fmt: skip
    engine.dispose()
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (url, original)) as pool:
        for _ in pool.map(_write_one, range(1, copies)):
            pass


_original: Original | None = None  # of a process of the pool
_url = ""


def _begin(url: str, original: Original) -> None:
    global _original, _url
    _original, _url = original, url


def _write_one(copy: int) -> None:
    assert _original is not None
    engine = connect(_url, "badge-engine-bench", _SESSION)
    with transaction(engine) as tx:
        _Copy(_original, copy).write(tx)
    engine.dispose()


class _Copy:
    def __init__(self, original: Original, copy: int) -> None:
        self._from = original
        self._copy = copy
        self._shift = copy * original.crowd.loops
        self._hashes: dict[int, int] = {}
        self._numbers: dict[int, int] = {}  # of the original's loops, by hash of place or person
        for number in range(original.crowd.loops):
            ours, theirs = self._places(number), self._places(number + self._shift)
            for old, new in zip(ours, theirs, strict=True):
                self._hashes[place_hash(old)] = place_hash(new)
                self._numbers[place_hash(old)] = number

    def _places(self, number: int) -> Iterator[Place]:
        program, loop, people = self._from.crowd.loop(number)
        yield Place(program, loop, None)
        for name in people:
            yield Place(program, None, name)

    def write(self, tx: Transaction) -> None:
        """Write all of it, each table in the order of its original, so that what belongs together
        is scattered as it is there."""
        original, hashes, shift = self._from, self._hashes, self._shift
        generation = original.generation
        tx.copy(
            "ledger",
            ("place", "fact", "lane", "offset", "content"),
            ("int8", "int8", "int4", "int8", "text"),
            (
                (
                    hashes[place],
                    fact,
                    lane,
                    offset + self._copy * original.ends[lane],
                    self._text(place, content),
                )
                for place, fact, lane, offset, content in original.ledger
            ),
        )
        tx.copy(
            "messages",
            ("place", "fact", "message", "kid"),
            ("int8", "int8", "text", "text"),
            ((hashes[place], *rest) for place, *rest in original.messages),
        )
        tx.copy(
            "note_keys",
            ("program", "participant", "kid", "public", "wrapped"),
            ("text", "text", "text", "text", "text"),
            (
                (program, _name(participant, shift), *rest)
                for program, participant, *rest in original.note_keys
            ),
        )
        tx.copy(
            tables.of("measures", generation),
            ("generation", "place", "program", "loop", "participant", "version", "state"),
            ("int4", "int8", "text", "text", "text", "int8", "text"),
            (
                (
                    generation,
                    hashes[place],
                    program,
                    _name(loop, shift),
                    _name(participant, shift),
                    version,
                    self._text(place, state),
                )
                for place, program, loop, participant, version, state in original.measures
            ),
        )
        tx.copy(
            tables.of("people", generation),
            ("generation", "person", "program", "participant", "state"),
            ("int4", "int8", "text", "text", "text"),
            (
                (generation, hashes[person], program, _name(participant, shift), state)
                for person, program, participant, state in original.people
            ),
        )
        tx.copy(
            tables.of("participation", generation),
            ("generation", "person", "place"),
            ("int4", "int8", "int8"),
            (
                (generation, hashes[person], hashes[place])
                for person, place in original.participation
            ),
        )
        awards.insert(tx, _announced(original.awards, shift))

    def _text(self, place: int, text: str) -> str:
        """With the names at a place as the copy has them. The number of a fact is longer, so its
        end is never mistaken for a name."""
        number = self._numbers[place]
        return text.replace(f'-{number:06d}"', f'-{number + self._shift:06d}"')


def _name(name: str | None, shift: int) -> str | None:
    return None if name is None else f"{name[:-6]}{int(name[-6:]) + shift:06d}"


def _announced(original: list[Announced], shift: int) -> Iterator[Announced]:
    ids: dict[str, str] = {}
    moved: list[tuple[Announced, Award]] = []
    for item in original:
        award = item.award
        loop, recipient = _name(award.loop, shift), _name(award.recipient, shift)
        assert recipient is not None
        number = award_id(award.program, loop, recipient, award.badge, award.occurrence)
        ids[award.id] = number
        giver = _name(award.giver, shift)
        renamed = replace(award, id=number, loop=loop, recipient=recipient, giver=giver)
        moved.append((item, renamed))
    for item, award in moved:
        evidence = tuple(
            e._replace(id=ids.get(e.id, e.id), loop=_name(e.loop or None, shift) or e.loop)
            for e in award.evidence
        )
        yield replace(item, award=replace(award, evidence=evidence))
