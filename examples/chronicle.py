"""What was told, and when it arrived: the history before it is a file.

A fact is told under an event id; told again, it is the same fact under another event id. Every id
follows from what is told, so the same history has the same ids for ever.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from examples.rhythm import in_utc, on_the_wall

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
RETRACTION = "mentoring.fact.retracted.v1"

KEYS = {
    MEETING: "meeting_id",
    SURVEY: "survey_id",
    QUIZ: "attempt_id",
    KUDOS: "kudos_id",
    MILESTONE: "completion_id",
    RETRACTION: "fact_id",
}

_SOURCES = {
    MEETING: "/meetings",
    SURVEY: "/surveys",
    QUIZ: "/courses",
    KUDOS: "/kudos",
    MILESTONE: "/journeys",
    RETRACTION: "/support-desk",
}
_EVENT_IDS = uuid5(NAMESPACE_URL, "https://examples.mentoring.example/half-year")
_USUAL_DELAY = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class ChronicleFact:
    """What happened, when, and the event's data as JSON values."""

    type: str
    time: datetime
    data: dict[str, object]

    @property
    def id(self) -> str:
        """The natural key."""
        return str(self.data[KEYS[self.type]])


class Chronicle:
    """Collects tellings and gives them back in the order they arrived."""

    def __init__(self) -> None:
        self._facts: list[ChronicleFact] = []
        self._arrived: dict[bytes, datetime] = {}

    def tell(self, fact: ChronicleFact, after: timedelta = _USUAL_DELAY) -> None:
        """A fact arrives, `after` it happened, for the first time."""
        self._facts.append(fact)
        self.arrive(fact.time + after, event(fact))

    def tell_again(self, fact: ChronicleFact, after: timedelta) -> None:
        """The same fact, as a publisher's retry says it: another event id, the time in UTC."""
        self.arrive(fact.time + after, event(fact, telling=2))

    def delay(self, fact: ChronicleFact, by: timedelta) -> None:
        """A fact told before arrives later than that, and its retry too."""
        for record in (event(fact), event(fact, telling=2)):
            if record in self._arrived:
                self._arrived[record] += by

    def retract(self, fact: ChronicleFact, after: timedelta, reason: str) -> ChronicleFact:
        """Support takes a fact of a loop out, `after` it happened; returns the retraction."""
        place = {"program_id": fact.data["program_id"], "loop_id": fact.data["loop_id"]}
        data = {**place, "fact_type": fact.type, "fact_id": fact.id, "reason": reason}
        retraction = ChronicleFact(RETRACTION, fact.time + after, data)
        self.tell(retraction)
        return retraction

    def arrive(self, at: datetime, record: bytes) -> None:
        """Any record, whatever it holds."""
        self._arrived[record] = at

    def facts(self, loop: str, type: str) -> list[ChronicleFact]:
        """The facts of a type told of a loop so far, by time."""
        found = [f for f in self._facts if f.type == type and f.data.get("loop_id") == loop]
        return sorted(found, key=lambda fact: (fact.time, fact.id))

    def records(self) -> Iterator[bytes]:
        """Every record, by arrival."""
        yield from sorted(self._arrived, key=lambda record: (self._arrived[record], record))


def event(fact: ChronicleFact, telling: int = 1) -> bytes:
    """The structured CloudEvent that tells a fact for the n-th time."""
    program = str(fact.data["program_id"])
    place = fact.data.get("loop_id") or fact.data.get("participant_id")
    told = f"{program}/{place}/{fact.type}/{fact.id}/{telling}"
    return rendered(
        {
            "specversion": "1.0",
            "id": str(uuid5(_EVENT_IDS, told)),
            "source": _SOURCES[fact.type],
            "type": fact.type,
            "time": in_utc(fact.time) if telling > 1 else on_the_wall(program, fact.time),
            "data": fact.data,
        }
    )


def rendered(attributes: dict[str, object]) -> bytes:
    """JSON as the file has it."""
    return json.dumps(attributes, ensure_ascii=False, separators=(",", ":")).encode()
