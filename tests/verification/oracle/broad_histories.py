"""Made-up histories that make any catalog interesting, the same for the same seed.

Facts crowd around the midnights and the clock changes of a zone, and run day after day, week after
week, so that streaks are made and broken; the one in the middle is often retracted. Everything
optional is sometimes there. Few people and loops, so that ids, times and values tie. The clock of
the engine stands at 1 June 2026.
"""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.verification.oracle.days import zone_of
from tests.verification.oracle.reading import (
    KEYS,
    KUDOS,
    MEETING,
    MILESTONE,
    QUIZ,
    RETRACTED,
    SURVEY,
)
from tests.verification.oracle.vocabulary import CHANGES

Json = dict[str, Any]


def broad_history(
    seed: int,
    events: int,
    *,
    zone: str = "UTC",
    kinds: tuple[str, ...] = (),
    people: int = 3,
    programs: int = 1,
) -> list[bytes]:
    """`events` lines, all of them good. No key has two contents, so the order of the lines does
    not matter to the awards. `kinds`: of kudos."""
    narrator = _Narrator(Random(seed), zone, kinds, people, programs)
    return [narrator.line() for _ in range(events)]


class _Narrator:
    def __init__(
        self, random: Random, zone: str, kinds: tuple[str, ...], people: int, programs: int
    ) -> None:
        self._random = random
        self._zone = zone_of(zone)
        self._around = date.fromisoformat(CHANGES[zone])
        self._kinds = kinds
        self._people = ["loop-0", *(f"person-{n}" for n in range(people - 1))]
        self._programs = [f"program-{n}" for n in range(programs)]
        self._loops = ["loop-0", "loop-1"]
        self._day = self._around - timedelta(days=random.randrange(12))
        self._step = random.choice([1, 1, 7, 30])
        self._told: list[tuple[str, Json, datetime]] = []
        self._count = 0

    def line(self) -> bytes:
        """The next line."""
        self._count += 1
        roll = self._random.random()
        if roll < 0.1 and self._told:
            event_type, data, time = self._retraction()
        elif roll < 0.14 and self._told:
            event_type, data, time = self._random.choice(self._told)
        else:
            event_type, data, time = self._fact()
            self._told.append((event_type, data, time))
        event = {
            "specversion": "1.0",
            "id": f"event-{self._count}",
            "source": "/platform",
            "type": event_type,
            "time": time.isoformat(),
            "data": data,
        }
        return json.dumps(event).encode()

    def _fact(self) -> tuple[str, Json, datetime]:
        event_type = self._random.choices(
            [MEETING, SURVEY, QUIZ, KUDOS, MILESTONE], [8, 5, 2, 2 if self._kinds else 0, 4]
        )[0]
        data = {
            "program_id": self._random.choice(self._programs),
            "loop_id": self._random.choice(self._loops),
            **self._data(event_type),
            KEYS[event_type]: f"{self._count}",
        }
        if event_type in (QUIZ, MILESTONE) and self._random.random() < 0.4:
            del data["loop_id"]
        return event_type, data, self._moment()

    def _data(self, event_type: str) -> Json:
        random, people = self._random, self._people
        if event_type == MEETING:
            attendees = random.sample(people, random.randint(1, len(people)))
            mentors = random.sample(attendees, random.randint(0, min(2, len(attendees))))
            minutes = random.choice([0, 30, 45.5, 0.0000005, 1.0000015])
            optional = {"mentor_ids": mentors, "duration_minutes": minutes}
            kind = random.choice(["kick-off", "review"])
            return {"attendee_ids": attendees, **self._some(**optional, kind=kind)}
        if event_type == SURVEY:
            respondent, *others = random.sample(people, random.randint(2, len(people)))
            survey = random.choice(["mqs", "post_meeting"])
            meeting = {"meeting_id": str(random.randrange(3))}
            return {
                "survey": survey,
                "respondent_id": respondent,
                "about_ids": others,
                "rating": random.choice([5, 5.0, 4, 3, 1]),
                **(meeting if survey == "post_meeting" else self._some(**meeting)),
            }
        if event_type == KUDOS:
            giver, recipient = random.sample(people, 2)
            return {
                "giver_id": giver,
                "recipient_id": recipient,
                "kind": random.choice(self._kinds),
                **self._some(message="PRIVATE-well done"),
            }
        participant = random.choice(people)
        if event_type == QUIZ:
            quiz = random.choice(["participant-course", "another"])
            score = random.choice([0.3, 0.8, 1, 0.7999996])
            return {"participant_id": participant, "quiz_id": quiz, **self._some(score=score)}
        milestone = random.choice(["matched", "first-meeting", "elsewhere"])
        return {"participant_id": participant, "milestone": milestone}

    def _some(self, **optional: Any) -> Json:
        return {name: value for name, value in optional.items() if self._random.random() < 0.6}

    def _moment(self) -> datetime:
        """Mostly the next day of a run, near a midnight of the zone; sometimes any day, or none
        for a while."""
        if self._random.random() < 0.7:
            self._day += timedelta(days=self._random.choice([0, 0, self._step, self._step]))
        if self._random.random() < 0.08:
            self._day += timedelta(days=2 * self._step)
        if self._day > date(2026, 5, 25):
            self._day = self._around - timedelta(days=self._random.randrange(40))
        day = self._day
        if self._random.random() < 0.2:
            day = self._around + timedelta(days=self._random.randint(-2, 2))
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)
        seconds = self._random.choice([0, 0, -1, 1, 3600, 7199.999999, 9000, 43_200, 79_200])
        return midnight + timedelta(seconds=seconds)

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
