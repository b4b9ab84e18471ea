"""Made-up histories of mentoring programs, the same for the same seed.

Ids, people and moments are few, so that thresholds are reached, facts are told again (in another
spelling), ids collide between loops, types and programs, and times tie. A shorter history of a
seed is the beginning of a longer one. Every private message starts with "PRIVATE-".
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from tests.verification.oracle import bad_records
from tests.verification.oracle.reading import (
    KEYS,
    KUDOS,
    KUDOS_BADGES,
    MEETING,
    MILESTONE,
    QUIZ,
    RETRACTED,
    SURVEY,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
"""The clock these histories are told at: everything but the `future` records lies before it."""

PRIVATE = "PRIVATE-"
MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up", "elsewhere")

TYPES = [MEETING, SURVEY, QUIZ, KUDOS, MILESTONE]

Json = dict[str, Any]
_Key = tuple[str, str, str, str, str]


def history(
    seed: int,
    events: int,
    *,
    programs: int = 2,
    loops: int = 3,
    people: int = 4,
    bad: float = 0.05,
    conflicts: bool = True,
    label: str = "",
) -> list[bytes]:
    """`events` lines without their LF, of which a share of `bad` belong in the dead letters.

    `label` goes into the names of programs and loops, so that histories can be told side by side.
    Without `conflicts` no key is told with two contents, so that the order of the lines does not
    matter to the awards.
    """
    teller = _Teller(Random(seed), programs, loops, people, conflicts, label)
    return [teller.line(bad) for _ in range(events)]


class _Teller:
    def __init__(
        self,
        random: Random,
        programs: int,
        loops: int,
        people: int,
        conflicts: bool,
        label: str,
    ) -> None:
        self._random = random
        self._programs = [f"program{label}-{n}" for n in range(programs)]
        self._loops = [f"loop{label}-{n}" for n in range(loops)]
        # One of them is called like a loop; another sorts after every ASCII name.
        self._people = ["loop-0", "\U0001f642", *(f"person-{n}" for n in range(people))]
        self._people = self._people[:people]
        self._conflicts = conflicts
        self._told: dict[_Key, tuple[str, Json, datetime]] = {}
        self._awaited: list[_Key] = []  # retracted, perhaps before they are told
        self._count = 0

    def line(self, bad: float) -> bytes:
        self._count += 1
        if self._random.random() < bad:
            return bad_records.any_of(self._random)
        roll = self._random.random()
        if roll < 0.07:
            event_type, data, time = self._retraction()
        elif roll < 0.17 and self._told:
            event_type, data, time = self._random.choice(list(self._told.values()))
        else:
            event_type, data, time = self._fact()
        return self._written(event_type, data, time)

    def _fact(self) -> tuple[str, Json, datetime]:
        weights = {MEETING: 8, SURVEY: 12, QUIZ: 2, KUDOS: 3, MILESTONE: 5}
        event_type = self._random.choices(list(weights), list(weights.values()))[0]
        program, loop = self._one_of(self._programs), self._one_of(self._loops)
        name = f"{self._random.randrange(4 + self._count)}"
        if self._awaited and self._random.random() < 0.05:
            program, _, loop, event_type, name = self._awaited.pop()
        data = {
            "program_id": program,
            "loop_id": loop,
            **_DATA[event_type](self._random, self._people),
            KEYS[event_type]: name,
        }
        if event_type == QUIZ and self._random.random() < 0.5:
            del data["loop_id"]
        fact = (event_type, data, self._moment())
        key = _key(event_type, data, data[KEYS[event_type]])
        first = self._told.setdefault(key, fact)
        return fact if self._conflicts else first

    def _retraction(self) -> tuple[str, Json, datetime]:
        if self._told and self._random.random() < 0.7:
            program, kind, place, event_type, name = self._random.choice(list(self._told))
        else:
            program, kind = self._one_of(self._programs), "loop"
            place, event_type = self._one_of(self._loops), self._one_of(TYPES)
            name = f"{self._random.randrange(8 + self._count)}"
            self._awaited.append((program, kind, place, event_type, name))
        data = {"program_id": program, f"{kind}_id": place}
        if kind == "loop" and self._random.random() < 0.2:
            data["participant_id"] = self._one_of(self._people)
        data |= {"fact_type": event_type, "fact_id": name}
        if self._random.random() < 0.3:
            data["reason"] = f"reason {self._count}"
        return RETRACTED, data, self._moment()

    def _written(self, event_type: str, data: Json, time: datetime) -> bytes:
        """One of the many spellings of an event; its id is always new."""
        event = {
            "specversion": "1.0",
            "id": f"event-{self._count}",
            "source": self._one_of(["/platform", "/import"]),
            "type": event_type,
            "time": self._spelled(time),
            "data": {name: self._respelled(value) for name, value in data.items()},
        }
        if self._random.random() < 0.1:
            event |= {"subject": None, "traceparent": "00-ab", "datacontenttype": 7}
            unknown = {"unknown": [{"nested": 1e3}], "mentor_ids": None}
            event["data"] = unknown | event["data"]
        if event_type == KUDOS and self._random.random() < 0.6:
            event["data"]["message"] = f"{PRIVATE}{self._count}\nwith love"
        items = list(event.items())
        self._random.shuffle(items)
        ascii_only = self._random.random() < 0.5
        return json.dumps(dict(items), ensure_ascii=ascii_only).encode()

    def _spelled(self, time: datetime) -> str:
        hours = self._one_of([0, 0, 0, 2, -7])
        local = time.astimezone(timezone(timedelta(hours=hours)))
        text = local.strftime("%Y-%m-%dT%H:%M:%S.%f")
        if self._random.random() < 0.5:
            text = text.rstrip("0").rstrip(".") if not time.microsecond else text + "99"
        if hours:
            return text + local.strftime("%z")[:3] + ":00"
        return self._random.choice([text + "Z", text + "-00:00", text.lower() + "z"])

    def _respelled(self, value: Any) -> Any:
        if isinstance(value, list):
            return self._random.sample(value, len(value))
        if isinstance(value, int):
            return self._one_of([value, float(value)])
        return value

    def _moment(self) -> datetime:
        days, micros = self._random.randrange(40), self._one_of([0, 0, 1, 500_000])
        return NOW - timedelta(days=days + 1) + timedelta(microseconds=micros)

    def _one_of(self, choices: list[Any]) -> Any:
        return self._random.choice(choices)


def _key(event_type: str, data: Json, name: str) -> _Key:
    kind = "loop" if "loop_id" in data else "participant"
    return (data["program_id"], kind, data[f"{kind}_id"], event_type, name)


def _meeting(random: Random, people: list[str]) -> Json:
    attendees = random.sample(people, random.choice([2, 2, len(people)]))
    data: Json = {"attendee_ids": attendees}
    if random.random() < 0.3:
        data["mentor_ids"] = attendees[: random.randrange(2)]
    if random.random() < 0.3:
        data["duration_minutes"] = random.choice([30, 45.5, 0])
    return data


def _survey(random: Random, people: list[str]) -> Json:
    respondent, *others = random.sample(people, random.choice([2, 2, len(people)]))
    kind = random.choice(["mqs", "mqs", "mqs", "post_meeting"])
    data = {
        "survey": kind,
        "respondent_id": respondent,
        "about_ids": others,
        "rating": random.choice([5, 5, 5, 5, 4, 3, 1]),
    }
    if kind == "post_meeting" or random.random() < 0.2:
        data["meeting_id"] = f"{random.randrange(9)}"
    return data


def _quiz(random: Random, people: list[str]) -> Json:
    quiz = random.choice(["participant-course", "participant-course", "another"])
    data: Json = {"participant_id": random.choice(people), "quiz_id": quiz}
    return data | ({"score": 0.8} if random.random() < 0.3 else {})


def _kudos(random: Random, people: list[str]) -> Json:
    giver, recipient = random.sample(people, 2)
    kind = random.choice(KUDOS_BADGES)
    return {"giver_id": giver, "recipient_id": recipient, "kind": kind}


def _milestone(random: Random, people: list[str]) -> Json:
    milestone = random.choice(MILESTONES)
    return {"participant_id": random.choice(people), "milestone": milestone}


_DATA: dict[str, Callable[[Random, list[str]], Json]] = {
    MEETING: _meeting,
    SURVEY: _survey,
    QUIZ: _quiz,
    KUDOS: _kudos,
    MILESTONE: _milestone,
}
