"""The documents of proposals for the bench and for pairings: what they follow from, and what they
are. Canonical JSON; who has one can compute the proposal again. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import msgspec

from events.instants import Instant
from governance.rules.rewards import bench, pairing
from governance.rules.rewards.bench import BenchCandidate, BenchRules
from governance.rules.rewards.lottery_document import LotterySeed, canonical
from governance.rules.rewards.pairing import Newcomer, PairingBounds, PairingPerson, Senior
from governance.rules.seeds import seed_of


@dataclass(frozen=True, slots=True)
class BenchSpan:
    """The days of a term, both included. `about`: what its seed is of."""

    program: str
    about: str
    starts_on: date
    ends_on: date


def of_bench(
    span: BenchSpan, seed: LotterySeed, rules: BenchRules, candidates: Iterable[BenchCandidate]
) -> dict[str, Any]:
    """Propose who sits. `rules`: with as many seats as are free."""
    every = sorted(candidates, key=lambda each: each.participant)
    number = seed_of(seed.head, f"bench/{span.about}", seed.beacons)
    return {
        "kind": "bench",
        "program": span.program,
        "about": span.about,
        "starts_on": span.starts_on.isoformat(),
        "ends_on": span.ends_on.isoformat(),
        "head": seed.head,
        "beacons": list(seed.beacons),
        "seed": number,
        "rules": asdict(rules),
        "candidates": [asdict(each) for each in every],
        "chosen": list(bench.chosen(number, every, rules)),
    }


def of_pairings(
    program: str,
    about: str,
    seed: LotterySeed,
    newcomers: Iterable[Newcomer],
    seniors: Iterable[Senior],
    bounds: PairingBounds,
) -> dict[str, Any]:
    """Propose who is paired with whom."""
    waiting = sorted(newcomers, key=lambda each: each.person.participant)
    there = sorted(seniors, key=lambda each: each.person.participant)
    number = seed_of(seed.head, f"pairing/{about}", seed.beacons)
    possible = {
        (senior.person.participant, new.person.participant) for senior in there for new in waiting
    }
    pairs, alone = pairing.proposed(number, waiting, there, bounds)
    before = {pair: times for pair, times in (bounds.before or {}).items() if pair in possible}
    return {
        "kind": "pairing",
        "program": program,
        "about": about,
        "head": seed.head,
        "beacons": list(seed.beacons),
        "seed": number,
        "capacity": bounds.capacity,
        "newcomers": [{**asdict(each.person), "since": each.since} for each in waiting],
        "seniors": [{**asdict(each.person), "load": each.load} for each in there],
        "before": [[*pair, before[pair]] for pair in sorted(before)],
        "forbidden": [list(pair) for pair in sorted(bounds.forbidden & possible)],
        "pairs": [[pair.senior, pair.newcomer, pair.cost] for pair in pairs],
        "alone": alone,
    }


class BenchDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proposal for the bench, read."""

    kind: str
    program: str
    about: str
    starts_on: date
    ends_on: date
    head: str
    beacons: list[str]
    seed: str
    rules: BenchRules
    candidates: list[BenchCandidate]
    chosen: list[str]


class WaitingPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A newcomer, read."""

    participant: str
    discipline: str | None
    offset: int
    since: str


class SeniorPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A senior, read."""

    participant: str
    discipline: str | None
    offset: int
    load: int


class PairingDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proposal for pairings, read."""

    kind: str
    program: str
    about: str
    head: str
    beacons: list[str]
    seed: str
    capacity: int
    newcomers: list[WaitingPerson]
    seniors: list[SeniorPerson]
    before: list[tuple[str, str, int]]
    forbidden: list[tuple[str, str]]
    pairs: list[tuple[str, str, int]]
    alone: list[str]


def read_bench(text: str) -> BenchDocument:
    """Raises msgspec.DecodeError."""
    return msgspec.json.decode(text, type=BenchDocument)


def read_pairings(text: str) -> PairingDocument:
    """Raises msgspec.DecodeError."""
    return msgspec.json.decode(text, type=PairingDocument)


def verify(text: str) -> list[str]:
    """What is wrong with a document, a sentence each; none if it follows from what it names."""
    try:
        kind = msgspec.json.decode(text, type=dict[str, Any]).get("kind")
        if kind == "bench":
            return list(_faults_of_bench(text, read_bench(text)))
        return list(_faults_of_pairings(text, read_pairings(text)))
    except msgspec.DecodeError as error:
        return [f"it cannot be read: {error}"]


def _faults_of_bench(text: str, document: BenchDocument) -> Iterator[str]:
    again = of_bench(
        BenchSpan(document.program, document.about, document.starts_on, document.ends_on),
        LotterySeed(document.head, tuple(document.beacons)),
        document.rules,
        document.candidates,
    )
    yield from _differences(text, document, again)


def _faults_of_pairings(text: str, document: PairingDocument) -> Iterator[str]:
    newcomers = [
        Newcomer(PairingPerson(one.participant, one.discipline, one.offset), Instant(one.since))
        for one in document.newcomers
    ]
    seniors = [
        Senior(PairingPerson(one.participant, one.discipline, one.offset), one.load)
        for one in document.seniors
    ]
    bounds = PairingBounds(
        document.capacity,
        {(senior, newcomer): times for senior, newcomer, times in document.before},
        frozenset(document.forbidden),
    )
    seed = LotterySeed(document.head, tuple(document.beacons))
    again = of_pairings(document.program, document.about, seed, newcomers, seniors, bounds)
    yield from _differences(text, document, again)


def _differences(text: str, document: msgspec.Struct, again: Mapping[str, Any]) -> Iterator[str]:
    written = msgspec.to_builtins(document)
    if canonical(written) != text:
        yield "it is not canonical JSON"
    for name, value in msgspec.to_builtins(again).items():
        if canonical({name: written[name]}) != canonical({name: value}):
            yield f"`{name}` does not follow from the rest"
