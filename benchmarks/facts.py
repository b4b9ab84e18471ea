"""Facts of a load: JSON text, fast to make, with ids that never repeat.

The mix is that of 1:1 mentoring: mostly meetings and surveys, about half a message out for every
event in.
"""

from random import Random
from typing import NamedTuple

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
RETRACTION = "mentoring.fact.retracted.v1"

_KINDS = ("trust", "networking", "expertise", "commitment", "creativity")
_MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")
_RATINGS = (5, 5, 5, 4, 4, 4, 3, 3, 2, 1)
_NOTE = "Thank you for the hour on Tuesday and for asking what I would do if nobody could say no."


class GeneratedFact(NamedTuple):
    """One fact: the record's key, its type and natural key, its time, its data as JSON text, and
    the part of the data that names its place."""

    key: str
    type: str
    id: str
    time: str
    data: str
    place: str


class GeneratedLoop(NamedTuple):
    """A loop and its people, the mentor first."""

    program: str
    id: str
    people: tuple[str, ...]


def happen(rng: Random, number: int, loop: GeneratedLoop, time: str) -> GeneratedFact:
    """The next thing to happen in a loop. `number` makes its id unique."""
    draw = rng.random()
    program, key, people = loop
    place = f'"program_id":"{program}","loop_id":"{key}"'
    if draw < 0.42:
        fact_id = f"meeting-{number:08d}"
        here, minutes = '","'.join(people), 30 + 15 * int(rng.random() * 4)
        data = (
            f'{place},"meeting_id":"{fact_id}","attendee_ids":["{here}"],'
            f'"mentor_ids":["{people[0]}"],"duration_minutes":{minutes}'
        )
        return GeneratedFact(key, MEETING, fact_id, time, data, place)
    index = int(rng.random() * len(people))
    person = people[index]
    if draw < 0.70:
        fact_id = f"survey-{number:08d}"
        about = people[0] if index else '","'.join(people[1:])
        asked = f'post_meeting","meeting_id":"meeting-{number - 1:08d}' if draw < 0.56 else "mqs"
        data = (
            f'{place},"survey_id":"{fact_id}","survey":"{asked}","respondent_id":"{person}",'
            f'"about_ids":["{about}"],"rating":{_RATINGS[int(rng.random() * 10)]}'
        )
        return GeneratedFact(key, SURVEY, fact_id, time, data, place)
    if draw < 0.83:
        fact_id = f"kudos-{number:08d}"
        partner = people[0] if index else people[1]
        kind = _KINDS[int(rng.random() * 5)]
        note = f',"message":"{_NOTE}"' if rng.random() < 0.5 else ""
        data = (
            f'{place},"kudos_id":"{fact_id}","giver_id":"{person}","recipient_id":"{partner}",'
            f'"kind":"{kind}"{note}'
        )
        return GeneratedFact(key, KUDOS, fact_id, time, data, place)
    if draw < 0.95:
        fact_id = f"milestone-{number:08d}"
        data = (
            f'{place},"participant_id":"{person}",'
            f'"milestone":"{_MILESTONES[int(rng.random() * 4)]}","completion_id":"{fact_id}"'
        )
        return GeneratedFact(key, MILESTONE, fact_id, time, data, place)
    fact_id = f"attempt-{number:08d}"
    if rng.random() < 0.5:
        key, place = person, f'"program_id":"{program}","participant_id":"{person}"'
        data = place
    else:
        data = f'{place},"participant_id":"{person}"'
    data += f',"quiz_id":"participant-course","attempt_id":"{fact_id}","score":0.9'
    return GeneratedFact(key, QUIZ, fact_id, time, data, place)
