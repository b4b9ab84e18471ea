"""What happens once: the turns that README.md tells, one function each.

They work on the ordinary half-year, told before, and find its facts by loop and position.
"""

from dataclasses import replace
from datetime import date, time, timedelta

from examples.cast import ALUMNI, COMMUNITY, COMPANY, LOOP
from examples.chronicle import KUDOS, MEETING, MILESTONE, SURVEY, Chronicle, ChronicleFact
from examples.everyday import Everyday
from examples.rhythm import local

PLANNED = {
    "priya.raman", "mina.sato", "wen.zhao", "amara.okafor",
    "marek.dvorak", "helena.brandt", "tomas.herrera", "jonas.weber",
}  # fmt: skip
"""People whose courses the story decides: some pass below, the others never try."""

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def tell(chronicle: Chronicle, everyday: Everyday) -> None:
    """Everything below."""
    _courses(everyday)
    _a_meeting_that_nobody_came_to(chronicle)
    _silver_lost_and_found(chronicle)
    _taken_out_before_it_was_told(chronicle)
    _told_weeks_late(chronicle)
    _a_slip_of_the_thumb(chronicle)
    _kudos_for_the_wrong_person(chronicle)
    _second_thoughts(chronicle)
    _a_retraction_of_nothing(chronicle)
    _a_milestone_no_catalog_mentions(chronicle)


def _courses(everyday: Everyday) -> None:
    everyday.quiz(COMPANY, "priya.raman", local(COMPANY, date(2026, 2, 18), time(17, 5, 40)))
    everyday.quiz(
        COMPANY, "mina.sato", local(COMPANY, date(2026, 3, 12), time(20, 41, 9)),
        loop="circle-data-platform",
    )  # fmt: skip
    everyday.quiz(ALUMNI, "wen.zhao", local(ALUMNI, date(2026, 2, 1), time(21, 12, 55)))
    everyday.quiz(
        ALUMNI, "amara.okafor", local(ALUMNI, date(2026, 1, 25), time(9, 30, 2)),
        loop="loop-amara-jonas",
    )  # fmt: skip
    everyday.quiz(ALUMNI, "jonas.weber", local(ALUMNI, date(2026, 2, 8), time(19, 3, 27)))
    for mentor, day in (("ruth.adler", 14), ("elena.petrova", 15), ("mei.lindqvist", 27)):
        at = local(ALUMNI, date(2026, 2, day), time(18, day, 11))
        everyday.quiz(ALUMNI, mentor, at, quiz="mentor-essentials")


def _a_meeting_that_nobody_came_to(chronicle: Chronicle) -> None:
    """The fifteenth meeting made gold, and gold made Wen a champion. One never took place."""
    last = chronicle.facts("loop-tomas-wen", MEETING)[-1]
    silent = _without_survey(chronicle, "loop-tomas-wen")[-2]
    late = last.time - silent.time + 6 * _DAY
    reason = "Completed by the calendar; neither of them was there"
    retraction = chronicle.retract(silent, late, reason)
    chronicle.tell_again(retraction, 2 * _HOUR)
    chronicle.tell_again(silent, late + 3 * _DAY)


def _silver_lost_and_found(chronicle: Chronicle) -> None:
    """The tenth meeting is taken back a day later; next week's makes ten again."""
    tenth = chronicle.facts("loop-lena-arjun", MEETING)[9]
    chronicle.retract(tenth, 24 * _HOUR, "Entered for the wrong week")


def _taken_out_before_it_was_told(chronicle: Chronicle) -> None:
    """The meeting waits on a phone without signal, the retraction does not."""
    meeting = _without_survey(chronicle, "loop-bea-callum")[1]
    chronicle.retract(meeting, _HOUR, "Tapped by mistake on the way home")
    chronicle.delay(meeting, 9 * _HOUR)


def _told_weeks_late(chronicle: Chronicle) -> None:
    """By the time the third meeting is told, bronze has been announced for the sixth."""
    chronicle.delay(chronicle.facts("loop-hana-diego", MEETING)[2], 50 * _DAY)
    for meeting in chronicle.facts("circle-repair-cafe", MEETING)[1:3]:
        chronicle.delay(meeting, 4 * _DAY)
    for survey in chronicle.facts("loop-nell-sam", SURVEY)[:2]:
        chronicle.delay(survey, 30 * _HOUR)


def _a_slip_of_the_thumb(chronicle: Chronicle) -> None:
    """A correction: the wrong rating is retracted, the right one stands under another key."""
    surveys = chronicle.facts("loop-priya-marek", SURVEY)
    right = next(f for f in surveys if f.data["survey"] == "mqs")
    slip = {**right.data, "survey_id": f"{right.id}-first-try", "rating": 1}
    wrong = replace(right, time=right.time - timedelta(minutes=4), data=slip)
    chronicle.tell(wrong)
    chronicle.retract(wrong, 2 * _HOUR, "Meant 5, tapped 1")


def _kudos_for_the_wrong_person(chronicle: Chronicle) -> None:
    """Retracted, and its note deleted with it; the right person gets it under another key."""
    meeting = chronicle.facts("circle-first-managers", MEETING)[4]
    place = {"program_id": COMPANY, "loop_id": "circle-first-managers"}
    note = "You said what all of us were thinking, and nobody was hurt. Thank you."
    kudos = {"giver_id": "rafael.costa", "kind": "trust", "message": note}
    wrong, right = (
        ChronicleFact(
            KUDOS,
            meeting.time + timedelta(minutes=minutes),
            {**place, "kudos_id": f"kudos-for-{who}", **kudos, "recipient_id": who},
        )
        for who, minutes in (("ben.osei", 95), ("tariq.haddad", 101))
    )
    chronicle.tell(wrong)
    chronicle.tell(right)
    chronicle.retract(wrong, _HOUR, "Meant for somebody else in the circle")


def _second_thoughts(chronicle: Chronicle) -> None:
    """The same survey with another rating: a conflict, the first stands."""
    first = chronicle.facts("loop-elena-marcus", SURVEY)[2]
    rating = 4 if first.data["rating"] != 4 else 5
    other = replace(first, data={**first.data, "rating": rating})
    chronicle.tell_again(other, 2 * _DAY)


def _a_retraction_of_nothing(chronicle: Chronicle) -> None:
    at = local(COMMUNITY, date(2026, 5, 2), time(9, 15))
    place = {"program_id": COMMUNITY, "loop_id": "loop-nell-sam"}
    never_told = ChronicleFact(MEETING, at, {**place, "meeting_id": "nell-sam-2026-04-31"})
    chronicle.retract(never_told, _HOUR, "No such day")


def _a_milestone_no_catalog_mentions(chronicle: Chronicle) -> None:
    loop = LOOP["loop-helena-oskar"]
    for person in loop.people:
        at = local(loop.program, date(2026, 4, 13), time(12, 4, len(person)))
        place = {"program_id": loop.program, "loop_id": loop.id, "participant_id": person}
        done = {"milestone": "mid-point-review", "completion_id": f"mid-point-{person}"}
        chronicle.tell(ChronicleFact(MILESTONE, at, {**place, **done}))


def _without_survey(chronicle: Chronicle, loop: str) -> list[ChronicleFact]:
    """Meetings nobody wrote about: those that may turn out never to have taken place."""
    surveys = {survey.data.get("meeting_id") for survey in chronicle.facts(loop, SURVEY)}
    return [f for f in chronicle.facts(loop, MEETING) if f.id not in surveys]
