"""Since when a criterion is met, and by what: one more fact is tried at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from tests.verification.oracle.catalog_text import NaiveCatalog, award_id
from tests.verification.oracle.counting import counted, order, values
from tests.verification.oracle.reading import InputRecord
from tests.verification.oracle.sizes import MILLION, evidence, millionths, size

Json = dict[str, Any]
Item = tuple[datetime, str, str, str]  # time, type, id, loop or ""


class NaiveProof(NamedTuple):
    """Since when a criterion is met, and by what."""

    time: datetime
    evidence: frozenset[Item]


class NaiveJudge(NamedTuple):
    """Of whom, and where, a criterion is asked. `loop` is None for the whole program."""

    catalog: NaiveCatalog
    program: str
    loop: str | None
    person: str
    facts: list[InputRecord]  # of the whole program

    @property
    def here(self) -> list[InputRecord]:
        """The facts of the loop, or all of the program."""
        if self.loop is None:
            return self.facts
        return [fact for fact in self.facts if fact.key[1:3] == ("loop", self.loop)]

    def counted(self, measure: str) -> list[InputRecord]:
        """The facts of a measure for this person here."""
        catalog = self.catalog
        return counted(catalog.measures[measure], self.here, self.person, catalog.calendar)

    def size(self, measure: str, facts: list[InputRecord]) -> int:
        """The size of a measure over some of them."""
        aggregate = self.catalog.measures[measure]["aggregate"]
        return size(aggregate, facts, self.person, self.catalog.calendar)

    def evidence(self, measure: str, facts: list[InputRecord]) -> list[InputRecord]:
        """What proves a size that the last of these facts completed."""
        aggregate = self.catalog.measures[measure]["aggregate"]
        return evidence(aggregate, facts, self.person, self.catalog.calendar)


def prove_badge(asked: NaiveJudge, badge: str, level: str) -> NaiveProof | None:
    """Since when a badge is held at a level, in the place it belongs to."""
    written = asked.catalog.badges[badge]
    if written.get("scope", "loop") == "program":
        asked = asked._replace(loop=None)
    return prove(written["levels"][level] if level else written["criterion"], asked)


def prove(criterion: Json, asked: NaiveJudge) -> NaiveProof | None:
    """Since when a criterion is met, and by what; None if it is not."""
    ((kind, body),) = criterion.items()
    match kind:
        case "at_least":
            ((measure, number),) = body.items()
            return _at_least(asked, measure, number)
        case "points":
            return _points(asked, body["of"], body["at_least"])
        case "includes_all":
            ((measure, wanted),) = body.items()
            return _all([_first_with(asked, measure, value) for value in wanted])
        case "all_of":
            return _all([prove(part, asked) for part in body])
        case "any_of":
            return _earliest(1, [prove(part, asked) for part in body])
        case "some_of":
            return _earliest(body["number"], [prove(part, asked) for part in body["of"]])
        case "holds":
            return _all([_award(asked, wanted) for wanted in body])
    raise ValueError(kind)


def _at_least(asked: NaiveJudge, measure: str, number: float) -> NaiveProof | None:
    facts = asked.counted(measure)
    for length in range(1, len(facts) + 1):
        some = facts[:length]
        if asked.size(measure, some) >= millionths(number):
            return _by(some[-1].time, asked.evidence(measure, some))
    return None


def _points(asked: NaiveJudge, weights: Json, number: float) -> NaiveProof | None:
    of_measure = {m: {f.key: f for f in asked.counted(m)} for m in weights}
    together = {key: fact for facts in of_measure.values() for key, fact in facts.items()}
    facts = sorted(together.values(), key=order)
    for length in range(1, len(facts) + 1):
        some = facts[:length]
        points = sum(
            millionths(weight) * asked.size(m, [f for f in some if f.key in of_measure[m]])
            for m, weight in weights.items()
        )
        if points >= millionths(number) * MILLION:
            return _by(some[-1].time, some)
    return None


def _first_with(asked: NaiveJudge, measure: str, value: object) -> NaiveProof | None:
    distinct = asked.catalog.measures[measure]["aggregate"]["distinct"]
    for fact in asked.counted(measure):
        if value in values(fact, distinct, asked.person):
            return _by(fact.time, [fact])
    return None


def _award(asked: NaiveJudge, wanted: str | Json) -> NaiveProof | None:
    """A badge that is held, at its highest level unless another is asked for, as a part."""
    badge = wanted if isinstance(wanted, str) else wanted["badge"]
    levels = list(asked.catalog.badges[badge].get("levels", [""]))
    level = levels[-1] if isinstance(wanted, str) else wanted.get("level", levels[-1])
    proof = prove_badge(asked, badge, level)
    if proof is None:
        return None
    of_program = asked.catalog.badges[badge].get("scope", "loop") == "program"
    loop = None if of_program else asked.loop
    award = award_id(asked.catalog, asked.program, loop, asked.person, badge, level)
    return NaiveProof(proof.time, frozenset([(proof.time, "award", award, "")]))


def _all(proofs: list[NaiveProof | None]) -> NaiveProof | None:
    """The latest of them, if every one is there."""
    return _earliest(len(proofs), proofs)


def _earliest(number: int, proofs: list[NaiveProof | None]) -> NaiveProof | None:
    """The first so many of them by time; of equals those that are earlier in the catalog."""
    met = [proof for proof in proofs if proof is not None]
    if len(met) < number:
        return None
    first = sorted(met, key=lambda proof: proof.time)[:number]  # keeps the order of equals
    return NaiveProof(first[-1].time, frozenset().union(*(proof.evidence for proof in first)))


def _by(time: datetime, facts: Iterable[InputRecord]) -> NaiveProof:
    return NaiveProof(time, frozenset(item(fact) for fact in facts))


def item(fact: InputRecord) -> Item:
    return (fact.time, fact.type, fact.key[4], fact.data.get("loop_id", ""))
