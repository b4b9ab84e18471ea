"""The document of a lottery: all that it was drawn from and what came of it, for everybody.

Who has it can draw again from the entry of the log before the draw, and the names. What is
written here is canonical JSON, and its hash stands in the log. Pure.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from events.instants import Instant
from governance.rules.rewards.cycles import BadCycle, RewardCycle
from governance.rules.rewards.lottery import rank, winners
from governance.rules.seeds import seed_of


@dataclass(frozen=True, slots=True)
class LotteryTerms:
    """What a lottery is about. `length`: of its cycles; `as_of`: the first instant of the cycle;
    `policy`: the digest of the policy that it was drawn under."""

    program: str
    reward: str
    length: str
    cycle: str
    as_of: Instant
    places: int
    rest_cycles: int
    policy: str

    @property
    def about(self) -> str:
        """What the seed is of."""
        return f"{self.reward}/{self.cycle}"


@dataclass(frozen=True, slots=True)
class LotterySeed:
    """What the seed is made of: where the log ended before the draw, and what members of the
    committee entered beforehand, if they did."""

    head: str
    beacons: tuple[str, ...] = ()


def drawn(
    terms: LotteryTerms,
    seed: LotterySeed,
    eligible: frozenset[str],
    resting: Mapping[str, tuple[str, ...]],
) -> dict[str, Any]:
    """Draw, and write all of it down. `resting`: who won lately, with the cycles that they won."""
    number = seed_of(seed.head, terms.about, seed.beacons)
    return {
        "kind": "lottery",
        "program": terms.program,
        "reward": terms.reward,
        "cycle_length": terms.length,
        "cycle": terms.cycle,
        "as_of": terms.as_of,
        "places": terms.places,
        "rest_cycles": terms.rest_cycles,
        "policy": terms.policy,
        "head": seed.head,
        "beacons": list(seed.beacons),
        "seed": number,
        "eligible": sorted(eligible),
        "resting": {who: list(resting[who]) for who in sorted(resting) if who in eligible},
        "winners": list(winners(number, eligible, resting, terms.places)),
    }


def canonical(document: Mapping[str, Any]) -> str:
    """The text of a document: the same values, the same bytes."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Hex SHA-256 of a document's text."""
    return hashlib.sha256(text.encode()).hexdigest()


class LotteryDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document, read."""

    kind: str
    program: str
    reward: str
    cycle_length: str
    cycle: str
    as_of: str
    places: int
    rest_cycles: int
    policy: str
    head: str
    beacons: list[str]
    seed: str
    eligible: list[str]
    resting: dict[str, list[str]]
    winners: list[str]


def read(text: str) -> LotteryDocument:
    """A document of its text. Raises msgspec.DecodeError or msgspec.ValidationError."""
    return msgspec.json.decode(text, type=LotteryDocument)


def verify(text: str) -> list[str]:
    """What is wrong with a document, a sentence each; none if it was drawn by the rules."""
    try:
        document = read(text)
    except msgspec.DecodeError as error:  # a ValidationError is one
        return [f"it cannot be read: {error}"]
    return list(_faults(text, document))


def _faults(text: str, document: LotteryDocument) -> Iterator[str]:
    if document.kind != "lottery":
        yield "it is not the document of a lottery"
    if canonical(msgspec.to_builtins(document)) != text:
        yield "it is not canonical JSON"
    seed = seed_of(document.head, f"{document.reward}/{document.cycle}", document.beacons)
    if seed != document.seed:
        yield "the seed does not follow from the head of the log, the cycle and the beacons"
    if document.eligible != sorted(set(document.eligible)):
        yield "the eligible are not each named once, in order"
    yield from _wrongly_resting(document)
    expected = _drawn_again(document)
    if document.winners != expected:
        names = ", ".join(expected) or "nobody"
        yield f"the winners are not the first by the seed, which are {names}"


def _wrongly_resting(document: LotteryDocument) -> Iterator[str]:
    if not document.resting.keys() <= set(document.eligible):
        yield "somebody rests who is not eligible"
    try:
        cycle = RewardCycle.parse(document.cycle_length, document.cycle)
    except BadCycle as error:
        yield f"the cycle cannot be read: {error}"
        return
    rest = {str(each) for each in cycle.before(document.rest_cycles)}
    for who, won in sorted(document.resting.items()):
        if not won or not rest.issuperset(won):
            yield f"{who} rests and did not win in the {document.rest_cycles} cycles before"


def _drawn_again(document: LotteryDocument) -> list[str]:
    """The winners again, by what the rule says and not by what drew them."""
    ordered = sorted(
        (rank(document.seed, who), who)
        for who in set(document.eligible)
        if who not in document.resting
    )
    return [who for _, who in ordered[: max(document.places, 0)]]
