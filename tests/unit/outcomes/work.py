"""Facts of learners' work, made short; and random years of it that often tie."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from engine.fact import Fact, Place
from events.instants import Instant, from_datetime

PROGRAM = "guild"
BEGAN = date(2025, 1, 1)
LEARNERS = ("ana", "ben", "caz", "dov", "eli", "fay", "gil", "hal")
MENTORS = ("mo", "nia", "oz")
COHORTS = ("c1", "c2", "c3")
ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")


def at(day: int, hour: int = 12) -> Instant:
    """An instant so many days after the beginning."""
    moment = datetime.combine(BEGAN, datetime.min.time(), UTC) + timedelta(days=day, hours=hour)
    return from_datetime(moment)


def fact(kind: str, name: str, when: Instant, loop: str | None, **data: object) -> Fact:
    """A fact at a loop, or at a participant."""
    person = str(data.get("participant_id", ""))
    place = Place(PROGRAM, loop, None if loop else person)
    return Fact(place, f"mentoring.{kind}.v1", name, when, {"program_id": PROGRAM, **data})


def assessed(
    name: str,
    when: Instant,
    learner: str = "ana",
    rows: tuple[int, ...] = (1, 1, 1, 1, 1, 1),
    *,
    loop: str | None = None,
    phase: str = "baseline",
    cohort: str = "c1",
    mentors: tuple[str, ...] = ("mo",),
    by: str = "independent",
    rubric: str = "portfolio",
    track: str = "introductory",
) -> Fact:
    """An assessment; its loop is that of the learner in the cohort if none is named."""
    return fact(
        "portfolio.assessed", name, when, loop or f"{cohort}-{learner}", assessment_id=name,
        cohort_id=cohort, learner_id=learner, mentor_ids=[*mentors], phase=phase, rubric=rubric,
        rubric_version=1, assessed_by=by, raters=1, track=track,
        **dict(zip(ROWS, rows, strict=True)), total=sum(rows),
    )  # fmt: skip


def closed(
    name: str,
    when: Instant,
    due_on: str,
    learner: str = "ana",
    result: str = "on_time",
    *,
    cause: str | None = None,
    cohort: str = "c1",
    mentors: tuple[str, ...] = ("mo",),
    milestone: str | None = None,
    loop: str | None = None,
) -> Fact:
    """A checkpoint; whose fault it was is the mentor's where nothing else is given."""
    why = cause or ("none" if result == "on_time" else "mentor")
    named = {} if milestone is None else {"milestone": milestone}
    return fact(
        "checkpoint.closed", name, when, loop or f"{cohort}-{learner}", checkpoint_id=name,
        cohort_id=cohort, learner_id=learner, mentor_ids=[*mentors], due_on=due_on, result=result,
        cause=why, **named,
    )  # fmt: skip


def met(name: str, when: Instant, learner: str = "ana", mentor: str = "mo", loop: str = "") -> Fact:
    """A meeting of a mentor and a learner."""
    return fact(
        "meeting.completed", name, when, loop or f"c1-{learner}", meeting_id=name,
        attendee_ids=[learner, mentor], mentor_ids=[mentor],
    )  # fmt: skip


def done(name: str, when: Instant, milestone: str, learner: str = "ana") -> Fact:
    """A milestone that a learner completed in their loop."""
    return fact(
        "milestone.completed", name, when, f"c1-{learner}", participant_id=learner,
        milestone=milestone, completion_id=name,
    )  # fmt: skip


def random_year(seed: int, count: int = 90) -> list[Fact]:
    """Facts in a random order; days are few, so that many tie."""
    random = Random(seed)
    made = [_random_fact(random, number) for number in range(count)]
    random.shuffle(made)
    return made


def _random_fact(random: Random, number: int) -> Fact:
    when = at(random.randrange(0, 200, 4))
    learner, cohort = random.choice(LEARNERS), random.choice(COHORTS)
    mentors = tuple(random.sample(MENTORS, random.choice((1, 1, 2))))
    kind = random.choice(("assessed", "assessed", "closed", "closed", "met"))
    name = f"{kind}-{number}"
    if kind == "assessed":
        return assessed(
            name, when, learner, tuple(random.randrange(5) for _ in ROWS), cohort=cohort,
            phase=random.choice(("baseline", "baseline", "interim", "interim", "final")),
            mentors=mentors, by=random.choice(("independent",) * 4 + ("self",)),
            rubric=random.choice(("portfolio",) * 5 + ("old",)),
            track=random.choice(("introductory", "advanced")),
        )  # fmt: skip
    if kind == "closed":
        result = random.choice(("on_time", "on_time", "late", "missed"))
        cause = None if result == "on_time" else random.choice(("mentor", "learner", "excused"))
        due = (BEGAN + timedelta(days=random.randrange(0, 210, 5))).isoformat()
        return closed(
            name, when, due, learner, result, cause=cause, cohort=cohort, mentors=mentors,
            milestone=random.choice((None, "scope", "piece", "story")),
        )  # fmt: skip
    return met(name, when, learner, random.choice(MENTORS), f"{cohort}-{learner}")
