"""What happens in a loop when nothing special does.

Meetings, a survey after some of them, quality scores, kudos that follow a good survey, milestones
and quizzes. A loop draws from a generator of its own, so a change to one leaves the others as
they were.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from examples.cast import MILESTONES, Loop
from examples.chronicle import KUDOS, MEETING, MILESTONE, QUIZ, SURVEY, Chronicle, ChronicleFact
from examples.notes import KINDS, NOTES
from examples.rhythm import local, meeting_days, survey_days

COURSE = "participant-course"
_THANKS = 0.25  # how often a good survey is followed by kudos
_WRITES = 0.42  # how often kudos come with a note, while there are notes left
_PASSES = 0.45  # how many people pass the course without being told to by the story


class Everyday:
    """Tells the ordinary half-year of one loop after another into a chronicle."""

    def __init__(self, chronicle: Chronicle, seed: int) -> None:
        self._chronicle = chronicle
        self._seed = seed
        self._rng = Random(seed)
        self._notes = {kind: list(notes) for kind, notes in NOTES.items()}
        self._kudos = 0

    def loop(self, loop: Loop) -> None:
        """One loop from its first day to its last."""
        self._rng = Random(f"{self._seed}/{loop.id}")
        self._kudos = 0
        days = list(meeting_days(loop, self._rng))
        for day in days:
            self._meeting(loop, day)
        for day in survey_days(loop):
            for person in loop.people:
                self._quality_score(loop, person, day)
        self._milestones(loop, days)

    def quiz(
        self, program: str, person: str, at: datetime, quiz: str = COURSE, loop: str | None = None
    ) -> None:
        """Somebody passes a quiz, in a loop or outside any."""
        place: dict[str, object] = {} if loop is None else {"loop_id": loop}
        self._happens(
            QUIZ,
            at,
            {
                "program_id": program,
                **place,
                "participant_id": person,
                "quiz_id": quiz,
                "attempt_id": f"{person}-{quiz}-1",
                "score": round(0.7 + 0.3 * self._rng.random(), 2),
            },
        )

    def quizzes(self, loop: Loop, spoken_for: set[str]) -> None:
        """Some people of the loop pass the course in spring, unless the story has plans."""
        self._rng = Random(f"{self._seed}/{loop.id}/quizzes")
        for person in loop.people:
            day = loop.first + timedelta(days=self._rng.randrange(3, 60))
            at = local(loop.program, day, self._clock(17, 22))
            passes, inside = self._rng.random() < _PASSES, self._rng.random() < 0.5
            if passes and person not in spoken_for and at.date() < date(2026, 7, 1):
                spoken_for.add(person)
                self.quiz(loop.program, person, at, loop=loop.id if inside else None)

    def _meeting(self, loop: Loop, day: date) -> None:
        began = local(loop.program, day, loop.at)
        minutes = self._rng.choice((30, 45, 45, 60, 60, 75))
        ended = began + timedelta(minutes=minutes, seconds=self._rng.randrange(400))
        group = len(loop.people) > 2
        here = [p for p in loop.people if p in loop.mentors or not group or self._chance(0.85)]
        meeting = f"{loop.stem}-{day}"
        place: dict[str, object] = {"program_id": loop.program, "loop_id": loop.id}
        who: dict[str, object] = {"attendee_ids": here, "mentor_ids": list(loop.mentors)}
        self._happens(
            MEETING, ended, {**place, "meeting_id": meeting, **who, "duration_minutes": minutes}
        )
        for person in here:
            about = [p for p in _partners(loop, person) if p in here]
            if about and self._chance(loop.reflects):
                hours = self._rng.choice((0, 0, 1, 2, 20, 44))
                at = ended + timedelta(hours=hours, seconds=self._rng.randrange(120, 3000))
                survey = {"survey_id": f"{meeting}-{_first(person)}", "survey": "post_meeting"}
                self._survey(loop, person, about, at, {**survey, "meeting_id": meeting})

    def _quality_score(self, loop: Loop, person: str, day: date) -> None:
        at = local(loop.program, day, self._clock(8, 21))
        survey = {"survey_id": f"{loop.stem}-mqs-{day}-{_first(person)}", "survey": "mqs"}
        if loop.warmth == 1.0 or self._chance(0.85):
            self._survey(loop, person, _partners(loop, person), at, survey)

    def _survey(
        self, loop: Loop, person: str, about: list[str], at: datetime, survey: dict[str, str]
    ) -> None:
        rating = 5 if self._chance(loop.warmth) else self._rng.choice((4, 4, 4, 4, 3, 3, 2))
        place = {"program_id": loop.program, "loop_id": loop.id}
        opinion = {"respondent_id": person, "about_ids": about, "rating": rating}
        self._happens(SURVEY, at, {**place, **survey, **opinion})
        if rating >= 4 and self._chance(_THANKS):
            later = at + timedelta(seconds=self._rng.randrange(30, 900))
            self._gives_kudos(loop, person, self._rng.choice(about), later)

    def _gives_kudos(self, loop: Loop, giver: str, recipient: str, at: datetime) -> None:
        self._kudos += 1
        kind = self._rng.choice(KINDS)
        notes = self._notes[kind]
        note = {"message": notes.pop(0)} if self._chance(_WRITES) and notes else {}
        place = {"program_id": loop.program, "loop_id": loop.id}
        who = {"giver_id": giver, "recipient_id": recipient, "kind": kind}
        kudos = {"kudos_id": f"kudos-{loop.stem}-{self._kudos:02d}"}
        self._happens(KUDOS, at, {**place, **kudos, **who, **note})

    def _milestones(self, loop: Loop, meetings: list[date]) -> None:
        reached = [loop.first - timedelta(days=5), meetings[0]]
        reached += [meetings[len(meetings) * 2 // 5], meetings[len(meetings) * 4 // 5]]
        for name, day in list(zip(MILESTONES, reached, strict=True))[: loop.milestones]:
            for person in loop.people:
                # Four milestones are for those who insist; three are for most.
                if name == "levelling-up" and person in loop.mentees and self._chance(0.5):
                    continue
                if name != "grow-together" or loop.milestones == 4 or self._chance(0.7):
                    self._milestone(loop, person, name, day)

    def _milestone(self, loop: Loop, person: str, name: str, day: date) -> None:
        at = local(loop.program, day, self._clock(20, 23))
        place = {"program_id": loop.program, "loop_id": loop.id, "participant_id": person}
        completion = {"completion_id": f"{loop.stem}-{_first(person)}-{name}"}
        self._happens(MILESTONE, at, {**place, "milestone": name, **completion})

    def _happens(self, type: str, at: datetime, data: dict[str, object]) -> None:
        fact = ChronicleFact(type, at, data)
        self._chronicle.tell(fact)
        if self._chance(0.02):
            self._chronicle.tell_again(fact, timedelta(seconds=self._rng.randrange(20, 400)))

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def _clock(self, earliest: int, latest: int) -> time:
        rng = self._rng
        return time(rng.randrange(earliest, latest), rng.randrange(60), rng.randrange(60))


def _partners(loop: Loop, person: str) -> list[str]:
    return list(loop.mentees if person in loop.mentors else loop.mentors)


def _first(person: str) -> str:
    return person.split(".")[0]
