"""Histories made up for random policies, the same for the same seed: assessments, checkpoints,
reviews, decisions and the rest, of few people in few cohorts, so that thresholds are reached.

Times lie whole months apart, near local midnights and days on which clocks change, so that windows
and terms end exactly at facts, and a microsecond before or after them. A few records are refused.
"""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.verification.oracle.days import OracleCalendar, first_instant, months_from
from tests.verification.oracle.reading import KEYS, MEETING, RETRACTED, SURVEY
from tests.verification.oracle.reading_recognition import (
    ASSESSMENT,
    CHECKPOINT,
    CONTRIBUTION,
    DECISION,
    DELIVERABLE,
    OF_A_PERSON,
    REVIEW,
    REWARD,
    ROWS,
    STEWARDSHIP,
    TESTIMONIAL,
    TRAINING,
)
from tests.verification.oracle.recognition_vocabulary import (
    CASES,
    CHANGES,
    KINDS_OF,
    PEOPLE_HERE,
    VALUES,
)

Json = dict[str, Any]
_WEIGHTS = {
    ASSESSMENT: 9,
    CHECKPOINT: 5,
    REVIEW: 5,
    DECISION: 6,
    DELIVERABLE: 3,
    TESTIMONIAL: 2,
    CONTRIBUTION: 2,
    STEWARDSHIP: 2,
    TRAINING: 3,
    REWARD: 1,
    SURVEY: 3,
    MEETING: 4,
}


def recognition_history(
    seed: int,
    events: int,
    calendar: OracleCalendar,
    *,
    types: Collection[str] = (),
    people: int = 4,
    programs: int = 1,
) -> list[bytes]:
    """`events` lines, of all types or of these. No accepted key has two contents, so the order of
    the lines does not matter to awards and eligibility."""
    weights = {event: weight for event, weight in _WEIGHTS.items() if not types or event in types}
    return _Chronicler(Random(seed), calendar, weights, people, programs).lines(events)


class _Chronicler:
    def __init__(
        self,
        random: Random,
        calendar: OracleCalendar,
        weights: dict[str, int],
        people: int,
        programs: int,
    ) -> None:
        self._random = random
        self._weights = weights
        self._calendar = calendar
        self._people = list(PEOPLE_HERE[:people])
        self._programs = [f"program-{n}" for n in range(programs)]
        self._around = date.fromisoformat(CHANGES[calendar.zone.key or "UTC"]).toordinal()
        self._told: list[tuple[str, Json, datetime]] = []
        self._count = 0

    def lines(self, events: int) -> list[bytes]:
        """The whole history."""
        return [json.dumps(self._event()).encode() for _ in range(events)]

    def _event(self) -> Json:
        self._count += 1
        roll = self._random.random()
        if roll < 0.1 and self._told:
            event_type, data, time = self._retraction()
        elif roll < 0.13 and self._told:
            event_type, data, time = self._random.choice(self._told)
        else:
            event_type = self._random.choices(list(self._weights), list(self._weights.values()))[0]
            time = self._moment()
            data = self._fact(event_type, time)
            if roll < 0.16:
                data = self._spoilt(event_type, data)
            else:
                self._told.append((event_type, data, time))
        return {
            "specversion": "1.0",
            "id": f"event-{self._count}",
            "source": "/platform",
            "type": event_type,
            "time": time.isoformat(),
            "data": data,
        }

    def _moment(self) -> datetime:
        """Near a local midnight, some whole months before the day on which clocks change."""
        back = self._one_of([0, 0, 1, 1, 2, 3, 3, 6, 12, 13, 24])
        day = months_from(self._around, -back) + timedelta(days=self._one_of([0, 0, 0, 1, -1, -40]))
        seconds = self._one_of([0, 0, 0, 1, 3600, 43_200, 79_200])
        since = timedelta(seconds=seconds, microseconds=self._one_of([-1, 0, 0, 0, 1]))
        return first_instant(self._calendar, day.isoformat()) + since

    def _fact(self, event_type: str, time: datetime) -> Json:
        data: Json = {"program_id": self._one_of(self._programs)}
        if event_type not in OF_A_PERSON:
            data["loop_id"] = self._one_of(VALUES["loop_id"])
        data |= dict(self._fields(event_type, time))
        if event_type == TESTIMONIAL and self._chance(0.5):
            del data["loop_id"]
        return {**data, KEYS[event_type]: f"{self._count}"}

    def _fields(self, event_type: str, time: datetime) -> Iterator[tuple[str, Any]]:
        person, *others = self._random.sample(self._people, len(self._people))
        some = others[: self._random.randint(1, len(others))]
        match event_type:
            case x if x in (ASSESSMENT, CHECKPOINT):
                yield "learner_id", person
                yield "mentor_ids", some
                yield from self._any("cohort_id")
                yield from self._assessed() if x == ASSESSMENT else self._closed()
            case x if x == DELIVERABLE:
                yield from {"participant_id": person, "learner_id": others[0]}.items()
                yield from self._any("cohort_id")
                yield "accepted_by", "learner"
            case x if x == REVIEW:
                rows = [self._one_of([0, 2, 3, 3, 4]) for _ in range(self._one_of([1, 2, 3, 6]))]
                yield from {"participant_id": person, "rubric_version": 1}.items()
                yield from self._any("panel_id", "rubric", "seat")
                yield "ratings", {f"row-{n}": rating for n, rating in enumerate(rows)}
                yield "score", round(sum(rows) / len(rows), self._one_of([4, 6]))
            case x if x == TESTIMONIAL:
                yield from {"participant_id": person, "author_id": others[0]}.items()
                yield from self._any("source")
                yield from self._maybe("cohort_id")
                if self._chance(0.5):
                    yield "score", self._one_of([1, 3, 4, 5.0])
                if self._chance(0.3):
                    yield "narrative", "PRIVATE-thanks"
            case x if x in (CONTRIBUTION, TRAINING):
                yield "participant_id", person
                yield from self._any(*(["course_id", "credits"] if x == TRAINING else []))
                yield from self._maybe(*([] if x == TRAINING else ["reach"]))
            case x if x == STEWARDSHIP:
                yield "participant_id", person
                if self._chance(0.5):
                    yield "about_id", others[0]
            case x if x in (DECISION, REWARD):
                yield "participant_id", person
                yield "approver_ids", some
                yield from (
                    self._decided(others, some, time)
                    if x == DECISION
                    else self._any("reward", "cycle")
                )
            case x if x == SURVEY:
                survey = self._one_of(VALUES["survey"])
                yield from {"respondent_id": person, "about_ids": some, "survey": survey}.items()
                yield from self._any("rating")
                yield from self._maybe("respondent_role")
                if survey == "post_meeting":
                    yield "meeting_id", "1"
            case _:
                yield from {"attendee_ids": [person, *some], "mentor_ids": [person]}.items()
                yield from self._maybe("duration_minutes")
        if event_type in KINDS_OF and (event_type != MEETING or self._chance(0.5)):
            yield "kind", self._one_of(KINDS_OF[event_type])

    def _assessed(self) -> Iterator[tuple[str, Any]]:
        rows = [self._one_of([0, 1, 2, 2, 3, 4]) for _ in ROWS]
        yield from zip(ROWS, rows, strict=True)
        yield from {"total": sum(rows), "rubric_version": 1, "raters": self._one_of([1, 2])}.items()
        yield from self._any("phase", "rubric", "assessed_by", "track")
        yield from self._maybe("context")

    def _closed(self) -> Iterator[tuple[str, Any]]:
        result = self._one_of(["on_time", "on_time", "late", "missed"])
        late = ["mentor", "learner", "excused"]
        yield from {"result": result, "due_on": "2026-02-28"}.items()
        yield "cause", "none" if result == "on_time" else self._one_of(late)
        yield from self._maybe("milestone")

    def _decided(
        self, others: list[str], signed: list[str], time: datetime
    ) -> Iterator[tuple[str, Any]]:
        yield "case", self._one_of(CASES)
        yield "outcome", self._one_of(["granted", "granted", "renewed", "declined"])
        yield "as_of", (time - self._one_of([0, 0, 1]) * timedelta(days=1)).isoformat()
        yield from {"pack": "0f" * 32, "policy": "ab" * 32}.items()
        if self._chance(0.4):
            yield "recused_ids", [person for person in others if person not in signed]
        yield from self._maybe("appeal_of")

    def _spoilt(self, event_type: str, data: Json) -> Json:
        """Data that is refused: one field is absent, of another kind, or contradicts another."""
        ways: list[Json] = [{KEYS[event_type]: None}, {"program_id": 7}]
        more: dict[str, list[Json]] = {
            ASSESSMENT: [{"total": data.get("total", 0) + 1}, {"mastery": 2.5}, {"mastery": 5}],
            CHECKPOINT: [{"cause": "mentor", "result": "on_time"}, {"due_on": "2026-02-29"}],
            REVIEW: [{"score": 4.1}, {"ratings": {}}, {"seat": 0}],
            DECISION: [{"as_of": "2030-01-01T00:00:00Z"}, {"pack": "AB" * 32}],
            TESTIMONIAL: [{"author_id": data.get("participant_id")}, {"score": 2.5}],
            STEWARDSHIP: [{"about_id": data.get("participant_id")}],
            REWARD: [{"approver_ids": [data.get("participant_id")]}],
        }
        return {**data, **self._one_of([*ways, *more.get(event_type, [])])}

    def _retraction(self) -> tuple[str, Json, datetime]:
        event_type, told, time = self._random.choice(self._told)
        place = "loop_id" if "loop_id" in told else "participant_id"
        data = {
            "program_id": told["program_id"],
            place: told[place],
            "fact_type": event_type,
            "fact_id": told[KEYS[event_type]],
        }
        return RETRACTED, data, time + timedelta(hours=1)

    def _any(self, *fields: str) -> Iterator[tuple[str, Any]]:
        for field in fields:
            yield field, self._one_of(VALUES[field])

    def _maybe(self, *fields: str) -> Iterator[tuple[str, Any]]:
        for field in fields:
            if self._chance(0.6):
                yield field, self._one_of(VALUES[field])

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Any) -> Any:
        return self._random.choice(list(choices))
