"""I1 for invitations: one never sent, sent twice, or to the wrong people, is caught."""

import pytest

from tests.support.given import survey
from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import (
    also,
    edited,
    index,
    on_record,
    saying,
    setting,
    without,
)
from tests.verification.checker.seen import Observations
from tests.verification.oracle.oracle import invitations_of
from tests.verification.oracle.reading import read

INVITED = "kudos.invited.v1"
LATE = survey("late", "ben", "ann", 5, at=3)
"""Of the story: told after its retraction, so nobody is invited."""


def again(seen: Observations) -> Observations:
    record = seen.awards.records[index(seen, INVITED)]
    return also(seen, saying(record, setting(), setting(id="another")))


def for_a_retracted_survey(seen: Observations) -> Observations:
    (line,) = invitations_of(read(LATE, seen.clock))
    record = seen.awards.records[index(seen, INVITED)]
    return also(seen, saying(record, setting(**line)))


SPOILED: dict[str, tuple[str, Spoil]] = {
    "it is never sent": (
        "nobody was invited",
        lambda seen: without(seen, index(seen, INVITED)),
    ),
    "it is sent under another event id": ("several event ids", again),
    "it is for a survey that came after its retraction": (
        "came after its retraction, and invited",
        for_a_retracted_survey,
    ),
    "it is for no survey": (
        "has no survey",
        lambda seen: edited(seen, index(seen, INVITED), setting(invitation_id="none")),
    ),
    "it names other partners": (
        "must say",
        lambda seen: edited(seen, index(seen, INVITED), setting(about_ids=["nobody"])),
    ),
    "it tells the rating": (
        "must say",
        lambda seen: edited(seen, index(seen, INVITED), setting(rating=5)),
    ),
    "its time is another": (
        "time is not the survey's",
        lambda seen: edited(
            seen, index(seen, INVITED), setting(), setting(time="2020-01-01T00:00:00.000000Z")
        ),
    ),
    "it is under another key": (
        "not the right key",
        lambda seen: on_record(seen, index(seen, INVITED), key=b"another"),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_invitation_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I1", words)
