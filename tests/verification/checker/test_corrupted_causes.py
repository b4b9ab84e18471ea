"""I6: a revocation that names another retraction than the last of those that broke the proof."""

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, RETRACTED, Day, instant, retracted
from tests.verification.checker.caught import caught
from tests.verification.checker.check import check
from tests.verification.checker.corrupt import also, edited, index, saying, setting
from tests.verification.checker.in_process import exporting
from tests.verification.checker.seen import Json, Observations, PublishedRecord
from tests.verification.checker.telling import seen_of

AWARDED, REVOKED = "badge.awarded.v1", "badge.revoked.v1"


def back(number: int, at: Day) -> bytes:
    """One of the meetings is taken back."""
    return retracted(MEETING, f"m{number}", at=at)


def told(
    harness: Harness, *batches: list[bytes], partitions: tuple[int, ...] = (0, 0, 0)
) -> Observations:
    """What is seen of such batches, each from a partition."""
    numbered = zip(batches, partitions, strict=False)
    made = [harness.batch(*values, partition=number) for values, number in numbered]
    return seen_of(harness, *made, export=exporting(harness.url))


def naming(seen: Observations, number: int, at: Day) -> Observations:
    """The revocation names another retraction, with its time."""
    evidence = [{"type": RETRACTED, "id": f"m{number}"}]
    time = setting(time=instant(at))
    return edited(seen, index(seen, REVOKED), setting(evidence=evidence), time)


def test_the_first_of_two_retractions_of_a_batch_is_caught(clear_desk: Harness) -> None:
    seen = told(clear_desk, meetings(1, 5), [back(3, at=20), back(4, at=21)])
    assert check(seen, needed=()) == []

    caught(naming(seen, 3, at=20), "I6", f"its cause must be the retraction of {MEETING} m4")


def test_a_retraction_of_what_was_not_named_is_caught(clear_desk: Harness) -> None:
    seen = told(clear_desk, meetings(1, 6), [back(6, at=22), back(4, at=20), back(3, at=21)])
    assert check(seen, needed=()) == []

    caught(naming(seen, 6, at=22), "I6", "the retraction of what it did not rest on")


def test_a_revocation_of_what_rests_on_no_retracted_fact_is_caught(clear_desk: Harness) -> None:
    seen = told(clear_desk, meetings(1, 6), [back(6, at=22)])
    assert check(seen, needed=()) == []

    caught(also(seen, revocation(seen)), "I6", "nothing that it rests on was retracted")


def revocation(seen: Observations) -> PublishedRecord:
    """A revocation of the first award, by the retraction of a meeting that it does not name."""

    def revoked(data: Json) -> None:
        evidence = [{"type": RETRACTED, "id": "m6"}]
        data.update(revision=2, reason="fact_retracted", evidence=evidence)

    envelope = setting(type=f"mentoring.{REVOKED}", time=instant(22))
    return saying(seen.awards.records[index(seen, AWARDED)], revoked, envelope)


NOT_JUDGED = {
    "a proof was put right before, so what it rests on is not known": (
        [[back(1, at=25)], [back(6, at=24), back(3, at=23)]],
        (0, 0, 0),
    ),
    "retractions came by two partitions": ([[back(1, at=25)], [back(2, at=24)]], (0, 0, 1)),
}


@pytest.mark.parametrize("case", NOT_JUDGED)
def test_what_cannot_be_told_is_not_judged(clear_desk: Harness, case: str) -> None:
    retractions, partitions = NOT_JUDGED[case]

    seen = told(clear_desk, meetings(1, 6), *retractions, partitions=partitions)

    assert index(seen, REVOKED) > 0
    assert [str(violation) for violation in check(seen, needed=())] == []
