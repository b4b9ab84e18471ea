"""What happens in the loops of a cohort when nothing special does.

Meetings, checkpoints, assessments, deliverables, surveys, a testimonial in the end, kudos now and
then. A loop draws from a generator of its own, so a change to one leaves the others as they were.
"""

from datetime import date, datetime, timedelta
from random import Random

from examples.chronicle import KUDOS, MEETING, SURVEY
from examples.recognition.annals import (
    ASSESSMENT,
    CHECKPOINT,
    DELIVERABLE,
    TESTIMONIAL,
    Annals,
    AnnalsEntry,
    berlin,
    moment,
)
from examples.recognition.cast import ADVANCED, Companionship, Guidance
from examples.recognition.words import NOTES, TESTIMONIALS

ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
_LEADING = ("coherence", "iteration")
_OTHERS = ("breadth", "mastery", "timeliness", "articulation")
_DOCUMENTS = ("exemplar", "project_notes", "reflection")
_MILESTONES = ("scope", "first-piece", "critique", "second-piece", "narrative", "exhibition")
_RATINGS = {"imani": (5, 4, 4), "mateo": (5, 4, 4), "jonas": (4, 4, 3), "tomas": (4, 3, 4)}
_THOROUGH = ("imani", "mateo", "sofia", "wei")
"""They keep a second document of each learner."""

# The meetings of Lena and Lee in their first spring: the second one is in March by UTC, and in
# April on the clocks of Berlin, which had gone to summer time the day before.
LENA_IN_SPRING = (
    "2025-03-10T09:00:00+00:00",
    "2025-03-31T22:30:00+00:00",
    "2025-05-02T09:00:00+00:00",
)
_LENA_GOES_ON = date(2025, 5, 16)
_TOMAS_BEGINS = date(2025, 4, 7)


class Portfolios:
    """Records one loop after another into annals."""

    def __init__(self, annals: Annals, seed: int) -> None:
        self._annals = annals
        self._seed = seed
        self._rng = Random(seed)

    def guidance(self, loop: Guidance, number: int) -> None:
        """A learner's loop from its first day to its last; it is that many-th of its mentor."""
        self._rng = Random(f"{self._seed}/{loop.id}")
        people = (*loop.mentors, loop.learner)
        self._meetings(loop.id, people, loop.mentors, self._days(loop))
        self._checkpoints(loop)
        self._assessments(loop, number)
        for mentor in loop.mentors:
            self._deliverables(loop, mentor, number)
        self._surveys(loop)
        self._testimonial(loop, number)

    def companionship(self, loop: Companionship) -> None:
        """A pairing from its first day to its last."""
        self._rng = Random(f"{self._seed}/{loop.id}")
        days = [
            berlin(loop.first + timedelta(n), 18)
            for n in range(0, (loop.last - loop.first).days, 16)
        ]
        self._meetings(loop.id, (loop.senior, loop.junior), (loop.senior,), days)

    def _days(self, loop: Guidance) -> list[datetime]:
        first, planned = loop.cohort.first, list[datetime]()
        if loop.mentors == ("lena",) and loop.id.startswith("spring"):
            first = _LENA_GOES_ON
            if loop.learner == "lee":
                planned = [moment(text) for text in LENA_IN_SPRING]
        if loop.mentors[0] == "tomas":
            first = _TOMAS_BEGINS
        day = first + timedelta(self._rng.randrange(5))
        while day <= loop.cohort.last:
            planned.append(berlin(day, self._rng.randrange(9, 19), self._rng.randrange(60)))
            day += timedelta(loop.every)
        return planned

    def _meetings(
        self, loop: str, people: tuple[str, ...], mentors: tuple[str, ...], days: list[datetime]
    ) -> None:
        for ended in days:
            who: dict[str, object] = {"attendee_ids": list(people), "mentor_ids": list(mentors)}
            meeting = {"meeting_id": f"{loop}-{ended.date()}", **who}
            minutes = self._rng.choice((45, 60, 60, 75))
            self._annals.record(
                MEETING, ended, {"loop_id": loop, **meeting, "duration_minutes": minutes}
            )
            if self._rng.random() < 0.125:
                self._kudos(loop, people, ended)

    def _kudos(self, loop: str, people: tuple[str, ...], meeting: datetime) -> None:
        giver, recipient = self._rng.sample(people, 2)
        kind = self._rng.choice(sorted(NOTES))
        note = {"message": self._rng.choice(NOTES[kind])} if self._rng.random() < 0.5 else {}
        kudos = {"kudos_id": f"kudos-{loop}-{meeting.date()}", "giver_id": giver}
        after = timedelta(seconds=self._rng.randrange(300, 5000))
        self._annals.record(
            KUDOS,
            meeting + after,
            {"loop_id": loop, **kudos, "recipient_id": recipient, "kind": kind, **note},
        )

    def _checkpoints(self, loop: Guidance) -> None:
        cohort = loop.cohort
        span = (cohort.last - cohort.first).days - 10
        for number, milestone in enumerate(_MILESTONES):
            due = cohort.first + timedelta(span * (number + 1) // len(_MILESTONES))
            result, cause = _OUTCOMES.get((loop.id, milestone), ("on_time", "none"))
            closed = due + timedelta({"on_time": -1, "late": 4, "missed": 8}[result])
            self._annals.record(CHECKPOINT, berlin(closed, 17, self._rng.randrange(60)), {
                "loop_id": loop.id, "checkpoint_id": f"{loop.id}-{milestone}",
                "cohort_id": cohort.id, "learner_id": loop.learner,
                "mentor_ids": list(loop.mentors), "milestone": milestone,
                "due_on": due.isoformat(), "result": result, "cause": cause,
            })  # fmt: skip

    def _assessments(self, loop: Guidance, number: int) -> None:
        cohort = loop.cohort
        if loop.baseline is not None:
            self._assessed(loop, "baseline", cohort.first + timedelta(2), loop.baseline, number)
            between = (loop.baseline + loop.final) // 2
            self._assessed(loop, "interim", cohort.first + timedelta(88), between, number)
        self._assessed(loop, "final", cohort.last - timedelta(4), loop.final, number, raters=2)
        if loop.track == ADVANCED:  # how learners see their own work counts for nobody
            own = cohort.last - timedelta(9)
            self._assessed(loop, "final", own, loop.final + 1, number, by="self")

    def _assessed(
        self,
        loop: Guidance,
        phase: str,
        day: date,
        total: int,
        number: int,
        raters: int = 1,
        by: str = "independent",
    ) -> None:
        suffix = phase if by == "independent" else f"{phase}-{by}"
        self._annals.record(ASSESSMENT, berlin(day, 15, self._rng.randrange(60)), {
            "loop_id": loop.id, "assessment_id": f"{loop.id}-{suffix}",
            "cohort_id": loop.cohort.id, "learner_id": loop.learner,
            "mentor_ids": list(loop.mentors), "phase": phase, "rubric": "portfolio",
            "rubric_version": 1, "assessed_by": by, "raters": raters, "track": loop.track,
            "context": loop.context, **rows(total, number), "total": total,
        })  # fmt: skip

    def _deliverables(self, loop: Guidance, mentor: str, number: int) -> None:
        kinds = ["scoping_brief", *["feedback_round"] * 3, "narrative_edit"]
        kinds.append(_DOCUMENTS[number % 3])
        if mentor in _THOROUGH and mentor == loop.mentors[0]:
            kinds.append(_DOCUMENTS[(number + 1) % 3])
        span = (loop.cohort.last - loop.cohort.first).days - 14
        for place, kind in enumerate(kinds):
            day = loop.cohort.first + timedelta(7 + span * place // len(kinds))
            self._annals.record(DELIVERABLE, berlin(day, 20, self._rng.randrange(60)), {
                "loop_id": loop.id, "deliverable_id": f"{loop.id}-{mentor}-{place + 1}",
                "participant_id": mentor, "learner_id": loop.learner,
                "cohort_id": loop.cohort.id, "kind": kind,
                "accepted_by": "coordinator" if kind == "exemplar" else "learner",
            })  # fmt: skip

    def _surveys(self, loop: Guidance) -> None:
        ratings = _RATINGS.get(loop.mentors[0], (4, 5, 4))
        for number, rating in enumerate(ratings):
            day = loop.cohort.first + timedelta(50 + 55 * number)
            self._survey(loop, loop.learner, loop.mentors, day, rating, f"mqs-{number + 1}")
        if self._rng.random() < 0.6:
            day = loop.cohort.first + timedelta(110)
            self._survey(loop, loop.mentors[0], (loop.learner,), day, 4, "mqs-mentor")
        meeting = next(e for e in self._annals.entries(MEETING) if e.data["loop_id"] == loop.id)
        if self._rng.random() < 0.5:
            self._after(meeting, loop)

    def _survey(
        self, loop: Guidance, by: str, about: tuple[str, ...], day: date, rating: int, stem: str
    ) -> None:
        role = "mentee" if by == loop.learner else "mentor"
        self._annals.record(SURVEY, berlin(day, 19, self._rng.randrange(60)), {
            "loop_id": loop.id, "survey_id": f"{loop.id}-{stem}", "survey": "mqs",
            "respondent_id": by, "about_ids": list(about), "rating": rating,
            "respondent_role": role,
        })  # fmt: skip

    def _after(self, meeting: AnnalsEntry, loop: Guidance) -> None:
        self._annals.record(SURVEY, meeting.time + timedelta(minutes=40), {
            "loop_id": loop.id, "survey_id": f"{meeting.id}-after", "survey": "post_meeting",
            "meeting_id": meeting.id, "respondent_id": loop.learner,
            "about_ids": list(loop.mentors), "rating": self._rng.choice((4, 5)),
        })  # fmt: skip

    def _testimonial(self, loop: Guidance, number: int) -> None:
        day = loop.cohort.last + timedelta(3 + number)
        self._annals.record(TESTIMONIAL, berlin(day, 11, self._rng.randrange(60)), {
            "loop_id": loop.id, "testimonial_id": f"{loop.id}-voice",
            "participant_id": loop.mentors[0], "author_id": loop.learner, "source": "learner",
            "cohort_id": loop.cohort.id, "score": self._rng.choice((4, 5)),
            "narrative": self._rng.choice(TESTIMONIALS),
        })  # fmt: skip


def rows(total: int, number: int) -> dict[str, object]:
    """Six rows that sum to a total: what is over goes to the leading ones first, and to the
    others in turn, by the number of the loop."""
    each, over = divmod(total, len(ROWS))
    turn = number % len(_OTHERS)
    order = (*_LEADING, *_OTHERS[turn:], *_OTHERS[:turn])
    return {row: each + (order.index(row) < over) for row in ROWS}


# What did not go as agreed: by loop and milestone, how it ended and through whom.
_OUTCOMES = {
    ("autumn-24-bruno", "critique"): ("late", "mentor"),
    ("autumn-24-dede", "critique"): ("late", "mentor"),
    ("autumn-24-emil", "second-piece"): ("late", "learner"),
    ("autumn-24-gus", "first-piece"): ("late", "mentor"),
    ("autumn-24-ivo", "narrative"): ("missed", "learner"),
    ("autumn-24-karim", "critique"): ("missed", "excused"),
    ("autumn-24-lotte", "critique"): ("late", "learner"),
    ("spring-25-pavel", "narrative"): ("late", "learner"),
    ("spring-25-quinn", "second-piece"): ("late", "mentor"),
    ("spring-25-rosa", "critique"): ("missed", "excused"),
    ("spring-25-tove", "first-piece"): ("late", "learner"),
    ("spring-25-vito", "critique"): ("late", "mentor"),
    ("spring-25-wanda", "critique"): ("late", "learner"),
    ("autumn-25-anouk", "scope"): ("late", "learner"),
    ("autumn-25-bilal", "critique"): ("late", "mentor"),
    ("autumn-25-greta", "second-piece"): ("missed", "learner"),
    ("autumn-25-hugo", "narrative"): ("late", "mentor"),
}
