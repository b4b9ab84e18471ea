"""A mentor whose stage asks for reviews and for a voice, and their ground by given facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog import loader
from engine.fact import Fact, Place, Retraction
from engine.store.facts.arrivals import Arrival, ArrivedFact
from events.instants import Instant, parse_instant
from events.schemas.review_submitted import ReviewSubmitted
from governance.packs.differences import After, FactsNow, LineDifference, fallen
from governance.packs.ground import CaseQuestion, Ground, ground, lines_of

PROGRAM, WHO = "aurora", "imani"
CATALOG = loader.parse("""
catalog: reviewed
version: 1
calendar: {zone: Europe/Berlin}
measures: {}
badges:
  proficient:
    name: Proficient
    description: x
    category: stage
    valid_for: {months: 24}
    repeatable:
      event: mentoring.decision.recorded.v1
      who: participant_id
      where: {case: {equals: proficient}, outcome: {one_of: [granted, renewed]}}
indicators:
  score: {event: mentoring.review.submitted.v1, who: participant_id, aggregate: {mean: score}}
  voices: {event: mentoring.testimonial.given.v1, who: participant_id, aggregate: {distinct: author_id}}
stages:
  proficient:
    badge: proficient
    approvers: 2
    given:
      all_of:
        - at_least: {score: {value: 2.5, sample: 3}}
        - at_least: {voices: 1}
""")  # noqa: E501
CLOSED = parse_instant("2026-02-10T17:00:00Z")
ASKED = CaseQuestion(CATALOG, CATALOG.policy, PROGRAM, WHO, "proficient", renewal=False)
DECIDED = 10
"""The offset from which on records arrive after the decision."""


def review(name: str, score: float, at: Instant = CLOSED, panel: str = "p") -> Fact:
    """A review of one row."""
    data = {
        "program_id": PROGRAM, "participant_id": WHO, "review_id": name, "panel_id": panel,
        "seat": 1, "rubric": "practice", "rubric_version": 1, "ratings": {"all": score},
        "score": score,
    }  # fmt: skip
    return Fact(Place(PROGRAM, None, WHO), ReviewSubmitted.TYPE, name, at, data)


def voice(name: str, at: str = "2026-01-10T10:00:00Z") -> Fact:
    """A testimonial of a learner."""
    data = {
        "program_id": PROGRAM, "participant_id": WHO, "testimonial_id": name, "author_id": name,
        "source": "learner",
    }  # fmt: skip
    kind = "mentoring.testimonial.given.v1"
    return Fact(Place(PROGRAM, None, WHO), kind, name, parse_instant(at), data)


def by(facts: Iterable[Fact]) -> Ground:
    """The ground as of the panel's closing."""
    return ground(ASKED, facts, CLOSED)


@dataclass(frozen=True)
class Arriving:
    """A fact, whether it came after the decision, and whether it was retracted after it."""

    fact: Fact
    late: bool = False
    retracted: bool = False

    def arrived(self, offset: int) -> ArrivedFact:
        """Where it arrived: before or after the decision."""
        gone = None
        if self.retracted:
            time = parse_instant("2026-03-01T00:00:00Z")
            retraction = Retraction(self.fact.place, self.fact.type, self.fact.id, time)
            gone = (retraction, Arrival(0, DECIDED + offset))
        return ArrivedFact(self.fact, Arrival(0, offset + self.late * DECIDED), gone)


def differences(*told: Arriving) -> list[LineDifference]:
    """What of the lines no longer holds, with the facts responsible."""
    arrived = [one.arrived(offset) for offset, one in enumerate(told)]
    history = FactsNow.of(arrived, CLOSED, After({0: DECIDED}))
    return list(fallen(history, lambda facts: lines_of(ASKED, facts, CLOSED)))
