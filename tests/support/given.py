"""given(records).when(records): histories written in a few words, and what they lead to.

Everything goes through `preview`, from the bytes of records to awards. Days are days of March
2026, at 10:00 UTC; the clock shows 1 June.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from engine.catalog.loader import find
from engine.catalog.model import Catalog
from engine.intake.refusal import Reason
from engine.projections.award import Award
from events.instants import Instant, parse_instant
from replay.build.preview import Preview, preview

LATEST: Instant = parse_instant("2026-06-02T00:00:00Z")
MENTORLOOP: Catalog = find("mentorloop")

MEETING = "mentoring.meeting.completed.v1"
SURVEY = "mentoring.survey.submitted.v1"
QUIZ = "mentoring.quiz.passed.v1"
KUDOS = "mentoring.kudos.given.v1"
MILESTONE = "mentoring.milestone.completed.v1"
TESTIMONIAL = "mentoring.testimonial.given.v1"
RETRACTED = "mentoring.fact.retracted.v1"

Day = int | str


def instant(day: Day) -> Instant:
    """The instant of a day (10:00 UTC), or of a text."""
    return parse_instant(f"2026-03-{day:02}T10:00:00Z" if isinstance(day, int) else day)


def record(event_type: str, at: Day, data: dict[str, Any], **attributes: Any) -> bytes:
    """A structured CloudEvent; data that is None is left out."""
    event = {
        "specversion": "1.0",
        "id": "event",
        "source": "/platform",
        "type": event_type,
        "time": f"2026-03-{at:02}T10:00:00Z" if isinstance(at, int) else at,
        "data": {name: value for name, value in data.items() if value is not None},
    }
    return json.dumps(event | attributes).encode()


def meeting(name: str, *attendees: str, at: Day = 1, **data: Any) -> bytes:
    """A meeting completed in loop "loop" of program "program"."""
    fields = {"meeting_id": name, "attendee_ids": list(attendees)}
    return record(MEETING, at, {**_PLACE, **fields, **data})


def survey(
    name: str, respondent: str, about: str, rating: float = 5, at: Day = 1, **data: Any
) -> bytes:
    """A survey about one partner: of kind mqs unless `survey` says otherwise."""
    fields = {"survey_id": name, "respondent_id": respondent, "about_ids": [about]}
    return record(SURVEY, at, {**_PLACE, "survey": "mqs", **fields, "rating": rating, **data})


def reflection(name: str, respondent: str, rating: float = 3, at: Day = 1, **data: Any) -> bytes:
    """A survey after a meeting, about the respondent's partner."""
    fields = {"survey": "post_meeting", "meeting_id": "any", **data}
    return survey(name, respondent, "the-partner", rating, at, **fields)


def quiz(name: str, participant: str, at: Day = 1, **data: Any) -> bytes:
    """The participant course passed, in no loop unless `loop_id` says otherwise."""
    fields = {"participant_id": participant, "quiz_id": "participant-course", "attempt_id": name}
    return record(QUIZ, at, {"program_id": "program", **fields, **data})


def kudos(name: str, giver: str, recipient: str, kind: str, at: Day = 1, **data: Any) -> bytes:
    """Kudos from one participant to another."""
    fields = {"kudos_id": name, "giver_id": giver, "recipient_id": recipient, "kind": kind}
    return record(KUDOS, at, {**_PLACE, **fields, **data})


def milestone(name: str, participant: str, which: str, at: Day = 1, **data: Any) -> bytes:
    """A milestone completed."""
    fields = {"participant_id": participant, "milestone": which, "completion_id": name}
    return record(MILESTONE, at, {**_PLACE, **fields, **data})


def voice(name: str, mentor: str, author: str, at: Day = 1, **data: Any) -> bytes:
    """A learner spoke for a mentor, in no loop unless `loop_id` says otherwise."""
    fields = {"testimonial_id": name, "participant_id": mentor, "author_id": author}
    return record(TESTIMONIAL, at, {"program_id": "program", "source": "learner", **fields, **data})


def retracted(fact_type: str, name: str, at: Day = 20, **data: Any) -> bytes:
    """A fact of loop "loop" retracted."""
    return record(RETRACTED, at, {**_PLACE, "fact_type": fact_type, "fact_id": name, **data})


_PLACE = {"program_id": "program", "loop_id": "loop"}


class Seen(NamedTuple):
    """An award as a test states it: since when, and the ids of its evidence."""

    at: Instant
    evidence: list[str]


@dataclass(frozen=True)
class Story:
    """The records so far, and their results."""

    records: tuple[bytes, ...]
    catalog: Catalog = MENTORLOOP

    def when(self, *records: bytes) -> "Story":
        """The story with more records after it."""
        return replace(self, records=self.records + records)

    @cached_property
    def preview(self) -> Preview:
        """What the records give."""
        return preview(self.records, self.catalog, LATEST)

    @property
    def awards(self) -> tuple[Award, ...]:
        """Every award."""
        return self.preview.awards

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many records were applied, duplicates, retractions."""
        report = self.preview.report
        return (report.applied, report.duplicates, report.retractions)

    @property
    def refused(self) -> Mapping[Reason, int]:
        """How many records were refused, by reason."""
        return self.preview.report.dead_letters

    def held(self, participant: str, loop: str | None = "loop") -> set[str]:
        """What a participant holds in a loop (None: in the program), as "badge occurrence"."""
        return {
            f"{award.badge} {award.occurrence}".strip()
            for award in self.awards
            if (award.recipient, award.loop) == (participant, loop)
        }

    def award(
        self, participant: str, badge: str, occurrence: str = "", loop: str | None = "loop"
    ) -> Seen:
        """One award. Raises ValueError unless it is held exactly once."""
        wanted = (participant, badge, occurrence, loop)
        (one,) = (
            award
            for award in self.awards
            if (award.recipient, award.badge, award.occurrence, award.loop) == wanted
        )
        return Seen(one.time, [item.id for item in one.evidence])


def given(*records: bytes, catalog: Catalog = MENTORLOOP) -> Story:
    """A story that begins with these records."""
    return Story(records, catalog)
