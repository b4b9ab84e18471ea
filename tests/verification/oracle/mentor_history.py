"""Two years of one mentor under the shipped catalog `recognition`: 220 facts, always the same.

Seven learners in three cohorts, one checkpoint late by her fault, two decisions. Every figure that
the tests state can be counted here.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

PROGRAM = "aurora"
MENTOR = "imani"

Json = dict[str, Any]


class _Learner(NamedTuple):
    name: str
    cohort: str
    context: str
    begins: datetime
    meetings: int
    every: int  # days
    baseline: int
    final: tuple[int, ...]  # six rows
    assessed: datetime
    checkpoints: tuple[str, ...]  # when they were closed


def _day(text: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=UTC)


def _every_month(first: str, *later: str) -> tuple[str, ...]:
    return (first, *later)


_AUTUMN_24 = _every_month(
    "2024-09-30", "2024-10-31", "2024-11-29", "2024-12-20", "2025-01-31", "2025-02-21"
)
_SPRING_25 = _every_month(
    "2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30", "2025-07-15", "2025-08-15"
)
_AUTUMN_25 = _every_month(
    "2025-08-29", "2025-09-30", "2025-10-31", "2025-11-28", "2025-12-19", "2026-01-30"
)
_ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
_LEARNERS = [
    _Learner(name, cohort, context, _day(begins), meetings, every, baseline, final, _day(end), due)
    for name, cohort, context, begins, meetings, every, baseline, final, end, due in [
        *[
            ("lee", "autumn-24", "career-change", "2024-09-09", 12, 15, 14, (3, 3, 3, 3, 3, 3),
             "2025-02-24", _AUTUMN_24),
            ("mio", "autumn-24", "student", "2024-09-10", 12, 15, 14, (3, 3, 3, 3, 2, 3),
             "2025-02-25", _AUTUMN_24),
            ("noa", "autumn-24", "student", "2024-09-11", 12, 15, 13, (2, 3, 3, 3, 3, 3),
             "2025-02-26", _AUTUMN_24),
        ],
        *[
            ("ola", "spring-25", "returner", "2025-03-03", 10, 15, 13, (3, 3, 3, 3, 3, 3),
             "2025-08-18", _SPRING_25),
            ("pia", "spring-25", "student", "2025-03-08", 10, 15, 12, (3, 3, 3, 2, 3, 3),
             "2025-08-19", _SPRING_25),
        ],
        *[
            ("quinn", "autumn-25", "career-change", "2025-08-20", 10, 18, 14, (3, 3, 4, 3, 3, 3),
             "2026-02-02", _AUTUMN_25),
            ("rui", "autumn-25", "returner", "2025-08-22", 10, 18, 14, (3, 3, 3, 3, 3, 3),
             "2026-02-03", _AUTUMN_25),
        ],
    ]
]  # fmt: skip


class _Writer:
    """Facts in the order of their writing, each with a name of its own."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def add(self, event: str, key: str, time: datetime, **data: Any) -> str:
        name = f"{event.split('.')[0]}-{len(self.lines) + 1}"
        data = {"program_id": PROGRAM, key: name, **data}
        self.lines.append(written(f"mentoring.{event}.v1", time, name, data))
        return name


def written(event_type: str, time: datetime, name: str, data: Json) -> bytes:
    """A record. `name`: of the event."""
    event = {
        "specversion": "1.0",
        "id": name,
        "source": "/platform",
        "type": event_type,
        "time": time.isoformat(),
        "data": data,
    }
    return json.dumps(event).encode()


def mentor_history() -> list[bytes]:
    """The records of the 220 facts."""
    writer = _Writer()
    for learner in _LEARNERS:
        _of_learner(writer, learner)
    _of_reviews(writer)
    _of_community(writer)
    _of_decisions(writer)
    return writer.lines


def _of_learner(writer: _Writer, of: _Learner) -> None:
    """Eighteen or so facts: from the first meeting to the final assessment, and what was said."""
    loop = {"loop_id": f"loop-{of.name}"}
    pair = {"cohort_id": of.cohort, "learner_id": of.name, "mentor_ids": [MENTOR]}
    for number in range(of.meetings):
        time = of.begins + timedelta(days=of.every * number)
        writer.add(
            "meeting.completed",
            "meeting_id",
            time,
            **loop,
            attendee_ids=[MENTOR, of.name],
            mentor_ids=[MENTOR],
        )
    for number, day in enumerate(of.checkpoints):
        late = (of.name, number) == ("mio", 2)
        writer.add(
            "checkpoint.closed",
            "checkpoint_id",
            _day(day, 15),
            **loop,
            **pair,
            due_on=day,
            result="late" if late else "on_time",
            cause="mentor" if late else "none",
        )
    low, more = divmod(of.baseline, 6)
    start = [low + (number < more) for number in range(6)]
    for phase, rows, time in (
        ("baseline", start, of.begins + timedelta(hours=2)),
        ("final", of.final, of.assessed),
    ):
        writer.add(
            "portfolio.assessed",
            "assessment_id",
            time,
            **loop,
            **pair,
            phase=phase,
            rubric="portfolio",
            rubric_version=1,
            assessed_by="independent",
            raters=1 + (phase == "final"),
            track="introductory",
            context=of.context,
            **dict(zip(_ROWS, rows, strict=True)),
            total=sum(rows),
        )
    document = ("exemplar", "project_notes", "reflection")[_LEARNERS.index(of) % 3]
    kinds = ("scoping_brief", *["feedback_round"] * 3, "narrative_edit", document)
    for number, kind in enumerate(kinds):
        writer.add(
            "deliverable.accepted",
            "deliverable_id",
            of.begins + timedelta(days=10 + 20 * number),
            **loop,
            participant_id=MENTOR,
            learner_id=of.name,
            cohort_id=of.cohort,
            kind=kind,
            accepted_by="learner",
        )
    for days, rating in ((60, 4), (120, 5)):
        writer.add(
            "survey.submitted",
            "survey_id",
            of.begins + timedelta(days=days),
            **loop,
            survey="mqs",
            respondent_id=of.name,
            about_ids=[MENTOR],
            rating=rating,
            respondent_role="mentee",
        )
    if of.name != "rui":
        writer.add(
            "testimonial.given",
            "testimonial_id",
            of.assessed + timedelta(days=1),
            **loop,
            participant_id=MENTOR,
            author_id=of.name,
            source="learner",
            cohort_id=of.cohort,
        )


def _of_reviews(writer: _Writer) -> None:
    panels: list[tuple[str, str, list[tuple[list[int], float]]]] = [
        ("practical", "2025-03-20", [([2, 2, 3], 2.333333), ([2, 3, 3], 2.666667), ([3] * 3, 3)]),
        ("practice", "2025-03-27", [([3] * 6, 3)] * 3),
        (
            "practice",
            "2026-04-20",
            [([3, 3, 3, 4, 4, 4], 3.5), ([4, 4, 4, 3, 3, 3], 3.5), ([3, 3, 3, 3, 4, 4], 3.3333)],
        ),
    ]
    rows = ("communication", "expectations", "understanding", "inclusion", "independence", "growth")
    of_rubric = {"practical": ("scoping", "feedback", "narrative"), "practice": rows}
    for rubric, day, reviews in panels:
        for seat, (ratings, score) in enumerate(reviews, 1):
            writer.add(
                "review.submitted",
                "review_id",
                _day(day, 17),
                participant_id=MENTOR,
                panel_id=f"panel-{day}",
                seat=seat,
                rubric=rubric,
                rubric_version=1,
                ratings=dict(zip(of_rubric[rubric], ratings, strict=True)),
                score=score,
            )


def _of_community(writer: _Writer) -> None:
    writer.add(
        "testimonial.given",
        "testimonial_id",
        _day("2026-03-02"),
        participant_id=MENTOR,
        author_id="dana",
        source="industry",
    )
    for course, kind, credits, day in (
        ("mentor-foundations", "foundations", 4, "2024-08-26"),
        ("mentor-ethics", "ethics", 2, "2024-08-27"),
        ("coaching", "clinic", 4, "2025-01-15"),
        ("how-people-learn", "pedagogy", 8, "2025-06-11"),
        ("rating-portfolios", "rubric", 6, "2025-10-08"),
        ("difficult-talks", "clinic", 6, "2026-02-18"),
    ):
        writer.add(
            "training.completed",
            "completion_id",
            _day(day),
            participant_id=MENTOR,
            course_id=course,
            kind=kind,
            credits=credits,
        )
    for kind, day in (
        *[("webinar", "2025-05-14"), ("guide", "2025-09-17"), ("webinar", "2025-11-12")],
        *[("case_study", "2026-01-21"), ("peer_coaching", "2026-03-11")],
    ):
        writer.add(
            "contribution.made", "contribution_id", _day(day), participant_id=MENTOR, kind=kind
        )
    for kind, day, about in (
        ("calibration", "2025-06-30", None),
        ("calibration", "2025-12-15", None),
        ("pairing", "2026-02-27", "kofi"),
    ):
        other = {} if about is None else {"about_id": about}
        record = {"participant_id": MENTOR, "kind": kind, **other}
        writer.add("stewardship.recorded", "record_id", _day(day), **record)


def _of_decisions(writer: _Writer) -> None:
    for case, as_of, day in (
        ("proficient-mentor", "2025-04-03T12:00:00Z", "2025-04-08"),
        ("master-mentor", "2026-05-05T12:00:00Z", "2026-05-12"),
    ):
        writer.add(
            "decision.recorded",
            "decision_id",
            _day(day),
            participant_id=MENTOR,
            case=case,
            outcome="granted",
            as_of=as_of,
            approver_ids=["ruth", "sam"],
            pack="9f2c" * 16,
            policy="41ab" * 16,
        )


def retractions_of_finals(number: int) -> list[bytes]:
    """Retractions of the last final assessments."""
    finals = [json.loads(line)["data"] for line in mentor_history() if b'"final"' in line]
    return [
        written(
            "mentoring.fact.retracted.v1",
            datetime(2026, 6, 1, tzinfo=UTC),
            f"retraction-of-{final['assessment_id']}",
            {
                "program_id": PROGRAM,
                "loop_id": final["loop_id"],
                "fact_type": "mentoring.portfolio.assessed.v1",
                "fact_id": final["assessment_id"],
            },
        )
        for final in finals[-number:]
    ]


def nine_reviews_of_nothing() -> list[bytes]:
    """Three panels' reviews of 0.0 in June 2026."""
    return [
        written(
            "mentoring.review.submitted.v1",
            datetime(2026, 6, 10 + number // 3, tzinfo=UTC) + timedelta(hours=17),
            f"zero-{number}",
            {
                "program_id": PROGRAM,
                "participant_id": MENTOR,
                "review_id": f"zero-{number}",
                "panel_id": f"panel-zero-{number // 3}",
                "seat": 1 + number % 3,
                "rubric": "practice",
                "rubric_version": 1,
                "ratings": {"communication": 0, "growth": 0},
                "score": 0.0,
            },
        )
        for number in range(9)
    ]
