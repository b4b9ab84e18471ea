"""A program with stages that ask for something of every kind, and random histories of its mentors.

The histories are two years of few people, so that windows end, retractions hurt and facts tie.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from events.schemas.registry import TopicKind, topic_kind_of

PROGRAM = "guild"
MENTORS = ("ada", "bo", "cy")
LEARNERS = ("lee", "mio", "noa", "ola")

CATALOG = (Path(__file__).parent / "guild.yaml").read_text(encoding="utf-8")

_BEGAN = datetime(2024, 9, 1, tzinfo=UTC)
_ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")


def history(seed: int, facts: int = 160) -> list[bytes]:
    """Records in a random order; every tenth is a retraction of one of the others."""
    random = Random(seed)
    told = [_record(random, n) for n in range(facts)]
    told += [_retraction(random, record) for record in random.sample(told, facts // 10)]
    random.shuffle(told)
    return [json.dumps(record).encode() for record in told]


def batches(seed: int, records: list[bytes]) -> Iterator[list[bytes]]:
    """The records in another random order, in batches of random sizes."""
    random = Random(seed)
    left = random.sample(records, len(records))
    while left:
        size = random.randint(1, 40)
        yield left[:size]
        left = left[size:]


def by_topic(records: list[bytes]) -> dict[TopicKind, list[bytes]]:
    """The records that stand on each kind of topic."""
    divided: dict[TopicKind, list[bytes]] = {"activity": [], "governance": []}
    for record in records:
        event = json.loads(record)
        divided[topic_kind_of(event["type"], event["data"])].append(record)
    return divided


def _record(random: Random, number: int) -> dict[str, Any]:
    kind = random.choice(tuple(_KINDS))
    data = {"program_id": PROGRAM, **_KINDS[kind](random, f"{kind}-{number}")}
    # Whole days, and often the same: many facts share an instant.
    time = _BEGAN + timedelta(days=random.randrange(0, 720, 3), hours=random.choice((0, 22)))
    if "as_of" in data:
        data["as_of"] = time.isoformat()
    return _event(f"mentoring.{kind}.v1", time, data)


def _retraction(random: Random, record: dict[str, Any]) -> dict[str, Any]:
    data = record["data"]
    person = {"participant_id": data["participant_id"]} if "participant_id" in data else {}
    place = {"loop_id": data["loop_id"]} if "loop_id" in data else person
    key = next(name for name in data if name in _KEYS)
    gone = {"fact_type": record["type"], "fact_id": data[key], "program_id": PROGRAM, **place}
    time = datetime.fromisoformat(record["time"]) + timedelta(days=random.randrange(300))
    return _event("mentoring.fact.retracted.v1", time, gone)


def _event(kind: str, time: datetime, data: dict[str, Any]) -> dict[str, Any]:
    attributes = {"specversion": "1.0", "id": "e", "source": "/guild", "type": kind}
    return {**attributes, "time": time.isoformat(), "data": data}


def _loop(random: Random) -> tuple[str, str, str]:
    mentor, learner = random.choice(MENTORS), random.choice(LEARNERS)
    return mentor, learner, f"{mentor}-{learner}"


def _meeting(random: Random, name: str) -> dict[str, Any]:
    mentor, learner, loop = _loop(random)
    people = {"attendee_ids": [mentor, learner], "mentor_ids": [mentor]}
    return {"meeting_id": name, "loop_id": loop, **people}


def _checkpoint(random: Random, name: str) -> dict[str, Any]:
    mentor, learner, loop = _loop(random)
    result, cause = random.choice(
        (("on_time", "none"), ("on_time", "none"), ("late", "mentor"), ("missed", "learner"))
    )
    place = {"loop_id": loop, "cohort_id": "c1", "learner_id": learner, "mentor_ids": [mentor]}
    outcome = {"due_on": "2025-01-01", "result": result, "cause": cause}
    return {"checkpoint_id": name, **place, **outcome}


def _assessment(random: Random, name: str) -> dict[str, Any]:
    mentor, learner, loop = _loop(random)
    rows = {row: random.randint(0, 4) for row in _ROWS}
    place = {"loop_id": loop, "learner_id": learner, "mentor_ids": [mentor, random.choice("xy")]}
    how = {"rubric": "portfolio", "rubric_version": 1, "assessed_by": "independent", "raters": 2}
    what = {
        "cohort_id": random.choice(("c1", "c2")),
        "phase": random.choice(("baseline", "interim", "final")),
        "track": "introductory",
    }
    return {"assessment_id": name, **place, **how, **what, **rows, "total": sum(rows.values())}


def _review(random: Random, name: str) -> dict[str, Any]:
    ratings = {row: random.randint(1, 4) for row in ("a", "b", "c")}
    panel = {"panel_id": random.choice("pqr"), "seat": 1, "rubric": "practice"}
    score = round(sum(ratings.values()) / 3, 5)
    person = {"participant_id": random.choice(MENTORS), "rubric_version": 1}
    return {"review_id": name, **person, **panel, "ratings": ratings, "score": score}


def _training(random: Random, name: str) -> dict[str, Any]:
    kind = random.choice(("clinic", "ethics", "rubric"))
    course = {"course_id": kind, "kind": kind, "credits": random.choice((0, 0.5, 1, 1.25))}
    return {"completion_id": name, "participant_id": random.choice(MENTORS), **course}


def _decision(random: Random, name: str) -> dict[str, Any]:
    who, *others = random.sample(MENTORS, 3)
    about = {"case": random.choice(("first", "second", "noted"))}
    how = {"outcome": random.choice(("granted", "renewed", "declined")), "as_of": ""}
    signed = {"approver_ids": others, "pack": "0" * 64, "policy": "1" * 64}
    return {"decision_id": name, "participant_id": who, **about, **how, **signed}


_KINDS = {
    "meeting.completed": _meeting,
    "checkpoint.closed": _checkpoint,
    "portfolio.assessed": _assessment,
    "review.submitted": _review,
    "training.completed": _training,
    "decision.recorded": _decision,
}
_KEYS = frozenset(
    ("meeting_id", "checkpoint_id", "assessment_id", "review_id", "completion_id", "decision_id")
)
