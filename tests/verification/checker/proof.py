"""Does the evidence of an award prove it? Asked of the oracle, with nothing but the evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product

from tests.verification.checker.ids import award_id
from tests.verification.checker.instants import read
from tests.verification.checker.seen import Json
from tests.verification.oracle.oracle import (
    SHIPPED,
    Rules,
    certified_of,
    kudos_of,
    of_loop,
    people_of,
)
from tests.verification.oracle.reading import InputRecord

_ABOVE = (
    ("excellence", "gold"),
    ("momentum", "gold"),
    ("mentorloop-certified", ""),
    ("growing-together", ""),
)
_SHOWN = (
    *("award_id", "program_id", "loop_id", "recipient_id", "badge", "level", "occurrence"),
    *("awarded_at", "evidence"),
)
_TRIED_AT_MOST = 64


class Witnesses:
    """Facts that evidence may name: those given."""

    def __init__(self, facts: Iterable[InputRecord], unnamed: Iterable[InputRecord] = ()) -> None:
        """`unnamed`: facts that date what rests on awards, though they are not to be named."""
        self._named: dict[tuple[str, str, str], list[InputRecord]] = defaultdict(list)
        self._times: dict[tuple[str, str], set[datetime]] = defaultdict(set)
        for fact in facts:
            program, _, _, fact_type, name = fact.key
            self._named[program, fact_type, name].append(fact)
            self._date(fact)
        for fact in unnamed:
            self._date(fact)

    def _date(self, fact: InputRecord) -> None:
        for person in people_of([fact]):
            self._times[fact.key[0], person].add(fact.time)

    def faults_by_any(self, award: Json, rules: Iterable[Rules]) -> list[str]:
        """The same under any of several rules: nothing if it is proven under one of them."""
        found: list[str] = []
        for one in rules:
            found = self.faults(award, one)
            if not found:
                break
        return found

    def faults(self, award: Json, rules: Rules = SHIPPED) -> list[str]:
        """Why the evidence of an award (a line of AWARDS.jsonl, or the data of an event) does not
        prove it, with its very date; nothing if it does. Of evidence that names awards, whether
        they stand is not asked here."""
        evidence: list[Json] = award["evidence"]
        if not evidence:
            return ["there is no evidence"]
        if all(item["type"] == "award" for item in evidence):
            return self._by_awards(award, [str(item["id"]) for item in evidence])
        candidates = [self.candidates(award, item) for item in evidence]
        nothing = [
            f"{item['type']} {item['id']} is no accepted fact that could count for it"
            for item, facts in zip(evidence, candidates, strict=True)
            if not facts
        ]
        if nothing:
            return nothing
        shown = {name: award[name] for name in _SHOWN}
        lines: list[Json] = []
        for number, facts in enumerate(product(*candidates)):
            lines = list(_given_by(award, list(facts), rules))
            if shown in lines:
                return []
            if number > _TRIED_AT_MOST:
                break
        mine = [line for line in lines if line["award_id"] == award["award_id"]]
        if not mine:
            return ["the facts it names do not earn it"]
        differing = [name for name in _SHOWN if mine[0][name] != shown[name]]
        return [
            f"{name} is {shown[name]}, its evidence gives {mine[0][name]}" for name in differing
        ]

    def candidates(self, award: Json, item: Json) -> list[InputRecord]:
        """The facts an item may name. For an award of the program, in whatever place."""
        named = self._named.get((award["program_id"], str(item["type"]), str(item["id"])), [])
        loop = award["loop_id"]
        if loop is None:
            return [fact for fact in named if award["recipient_id"] in people_of([fact])]
        return [fact for fact in named if fact.key[1:3] == ("loop", loop)]

    def _by_awards(self, award: Json, named: list[str]) -> list[str]:
        program, loop, person = award["program_id"], award["loop_id"], award["recipient_id"]
        parts = {
            award_id(program, None if badge == "mentorloop-certified" else loop, person, badge, o)
            for badge, o in _ABOVE
        }
        faults = []
        if award["badge"] != "mentorloop-champion" or set(named) != parts or len(named) != 4:
            faults.append("the awards it names do not earn it")
        if read(award["awarded_at"]) not in self._times[program, person]:
            faults.append(f"awarded_at {award['awarded_at']} is the time of no fact about them")
        return faults


def _given_by(award: Json, facts: list[InputRecord], rules: Rules) -> Iterator[Json]:
    """Every award that facts of one place give to the recipient."""
    program, loop, person = award["program_id"], award["loop_id"], award["recipient_id"]
    for fact in facts:
        yield from kudos_of(fact)
    if loop is None:
        yield from certified_of(program, person, facts)
    else:
        yield from of_loop(program, loop, person, facts, [], rules)
