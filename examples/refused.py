"""Records that the engine sets aside, at least one for every reason it has.

Each stands among good records of its loop, which are none the worse for it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from examples.cast import ALUMNI, COMMUNITY, COMPANY
from examples.chronicle import KUDOS, MEETING, RETRACTION, SURVEY, Chronicle, rendered

_IDS = uuid5(NAMESPACE_URL, "https://examples.mentoring.example/half-year/refused")


def tell(chronicle: Chronicle) -> None:
    """All of them. The conflict is one of the stories."""
    for (month, day, hour), record in _records():
        chronicle.arrive(datetime(2026, month, day, hour, 7, 30, tzinfo=UTC), record)


def _records() -> list[tuple[tuple[int, int, int], bytes]]:
    zara = {"program_id": ALUMNI, "loop_id": "loop-paul-zara"}
    oskar = {"program_id": COMPANY, "loop_id": "loop-helena-oskar"}
    nell = {"program_id": COMMUNITY, "loop_id": "loop-nell-sam"}
    pair = {"attendee_ids": ["paul.nakamura", "zara.ahmed"]}
    self_praise = {"giver_id": "tyler.reed", "recipient_id": "tyler.reed", "kind": "expertise"}
    kindness = {"giver_id": "sam.whitlock", "recipient_id": "nell.fraser", "kind": "kindness"}
    ruth = {"program_id": ALUMNI, "loop_id": "loop-ruth-kofi"}
    survey = {"respondent_id": "kofi.mensah", "about_ids": ["ruth.adler"]}
    good = _event("2026-02-09T11:46:00+01:00", MEETING, oskar | {"meeting_id": "cut-off"})
    return [
        # oversize: a whole transcript where no field for it is
        ((3, 2, 16), _event("2026-03-02T17:00:00+01:00", MEETING, oskar | {
            "meeting_id": "helena-oskar-with-transcript",
            "attendee_ids": ["helena.brandt", "oskar.lindgren"],
            "transcript": "And how did that feel? " * 2900,
        })),
        # malformed: cut off on the way; no time; a time without an offset
        ((2, 9, 11), good[:160]),
        ((4, 20, 9), _event(None, MEETING, nell | {"meeting_id": "nell-sam-2026-04-18-b"})),
        ((6, 10, 16), _event("2026-06-10T12:00:00", MEETING, zara | pair | {
            "meeting_id": "paul-zara-2026-06-10-b"})),
        # forbidden: somebody tries to award a badge to themselves
        ((5, 8, 22), _event("2026-05-08T18:02:00-04:00", "mentoring.badge.awarded.v1", {
            "program_id": ALUMNI, "recipient_id": "tyler.reed", "badge": "mentorloop-champion"})),
        # unknown_type: a type and a version that do not exist
        ((3, 19, 14), _event("2026-03-19T14:00:00Z", "mentoring.goal.reached.v1", nell | {
            "goal_id": "goal-7"})),
        ((6, 24, 16), _event("2026-06-24T12:00:00-04:00", "mentoring.meeting.completed.v2",
                             zara | pair | {"meeting_id": "paul-zara-2026-06-24-b"})),
        # invalid: kudos for oneself; kudos of no known kind; half a star; faults in many fields;
        # a retraction of a retraction
        ((4, 23, 3), _event("2026-04-22T23:05:00-04:00", KUDOS, {
            "program_id": ALUMNI, "loop_id": "loop-ines-tyler", "kudos_id": "kudos-to-myself",
            **self_praise, "message": "Well done, me."})),
        ((4, 11, 15), _event("2026-04-11T16:00:00+01:00", KUDOS, nell | kindness | {
            "kudos_id": "kudos-nell-sam-kindness"})),
        ((3, 26, 21), _event("2026-03-26T17:00:00-04:00", SURVEY, ruth | survey | {
            "survey_id": "ruth-kofi-half-a-star", "survey": "mqs", "rating": 4.5})),
        ((4, 2, 21), _event("2026-04-02T17:00:00-04:00", SURVEY, ruth | survey | {
            "survey_id": "", "survey": "post_meeting", "rating": "5"})),
        ((5, 4, 9), _event("2026-05-04T10:00:00+01:00", RETRACTION, nell | {
            "fact_type": RETRACTION, "fact_id": "nell-sam-2026-04-31"})),
        # future: a clock that was never set
        ((6, 3, 17), _event("2999-06-03T12:58:00-04:00", MEETING, zara | pair | {
            "meeting_id": "paul-zara-2999-06-03"})),
    ]  # fmt: skip


def _event(time: str | None, type: str, data: Mapping[str, object]) -> bytes:
    event_id = str(uuid5(_IDS, f"{type}/{time}"))
    envelope: dict[str, object] = {"specversion": "1.0", "id": event_id, "source": "/imports"}
    moment = {} if time is None else {"time": time}
    return rendered({**envelope, "type": type, **moment, "data": data})
