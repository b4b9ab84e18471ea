"""Histories of one partition, and a naive reader that says what counts at their ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from directory.intake.fold import RecordAt
from directory.intake.records import DescriptionRecord, Subject, TombstoneRecord
from events.instants import from_datetime
from events.schemas.registry import read_description

START = datetime(2026, 3, 1, tzinfo=UTC)
TYPE = "mentoring.participant.described.v1"

Step = tuple[str, int | None]  # who, day of the description or None for a tombstone

steps = st.lists(
    st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 4))), max_size=25
)


def subject(who: str) -> Subject:
    """A participant."""
    return Subject("participant", "acme", who)


def record(offset: int, step: Step) -> RecordAt:
    """A step as the record at an offset."""
    who, day = step
    published = START + timedelta(seconds=offset)
    if day is None:
        return RecordAt(offset, published, TombstoneRecord(subject(who)))
    data = {"program_id": "acme", "participant_id": who, "display_name": f"{who} at {offset}"}
    time = from_datetime(START + timedelta(days=day))
    described = DescriptionRecord(subject(who), time, read_description(TYPE, data))
    return RecordAt(offset, published, described)


def naive(history: list[Step]) -> dict[str, tuple[int, int]]:
    """Day and offset of what counts, by person: of what follows the last tombstone, the latest."""
    state = {}
    for who in "abc":
        theirs = [(day, offset) for offset, (name, day) in enumerate(history) if name == who]
        ends = [index for index, (day, _) in enumerate(theirs) if day is None]
        rest = theirs[ends[-1] + 1 :] if ends else theirs
        alive = [(day, offset) for day, offset in rest if day is not None]
        if alive:
            state[who] = max(alive)
    return state
