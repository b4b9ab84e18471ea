"""Until when awards are valid: from the fact's time, in the calendar of the catalog."""

import pytest

from tests.support.given import MILESTONE, given, instant, kudos, milestone, retracted
from tests.support.licences import LICENCES, licence, licences_for


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2024-03-31T00:30:00Z", "2026-03-31T22:00:00.000000Z"),
        ("2024-02-29T12:00:00Z", "2026-02-28T23:00:00.000000Z"),
        ("2024-10-26T22:30:00Z", "2026-10-27T23:00:00.000000Z"),
        ("2026-02-16T11:00:00+01:00", "2028-02-16T23:00:00.000000Z"),
    ],
)
def test_an_award_is_valid_through_a_local_day(at: str, until: str) -> None:
    (award,) = given(licence("d-1", "imani", at=at), catalog=LICENCES).awards
    assert (award.valid_until, award.time) == (until, instant(at))


def test_each_award_has_its_own_end_and_a_retracted_one_none() -> None:
    story = given(
        licence("d-1", "imani", at="2024-05-10T10:00:00Z"),
        licence("d-2", "imani", at="2026-04-02T10:00:00Z"),
        catalog=LICENCES,
    )
    ends = {a.occurrence: a.valid_until for a in story.awards if a.badge == "licence"}
    assert ends == {"d-1": "2026-05-10T22:00:00.000000Z", "d-2": "2028-04-02T22:00:00.000000Z"}
    left = story.when(
        retracted(MILESTONE, "d-1", at=30, loop_id=None, participant_id="imani")
    ).awards
    assert [a.occurrence for a in left if a.badge == "licence"] == ["d-2"]


def test_a_line_of_the_export_says_until_when_right_after_since_when() -> None:
    story = given(
        licence("d-1", "imani", at="2024-05-10T10:00:00Z"),
        milestone("n-1", "imani", "noted", loop_id=None),
        catalog=LICENCES,
    )
    lines = {award.badge: award.as_json() for award in story.awards}
    names = list(lines["licence"])
    assert names[names.index("awarded_at") + 1] == "valid_until"
    assert "valid_until" not in lines["note"]
    assert "valid_until" not in lines["busy"]


def test_awards_without_end_are_written_as_ever() -> None:
    (award,) = given(kudos("k", "ben", "ann", "trust")).awards
    assert list(award.as_json()) == [
        "award_id", "program_id", "loop_id", "recipient_id", "badge", "level", "occurrence",
        "awarded_at", "evidence",
    ]  # fmt: skip


def test_months_are_those_of_the_catalog_that_decides() -> None:
    records = [licence("d-1", "imani", at="2024-05-10T10:00:00Z")]
    (without,) = given(*records, catalog=licences_for(None)).awards
    (shorter,) = given(*records, catalog=licences_for(1)).awards
    assert (without.valid_until, shorter.valid_until) == (None, "2024-06-10T22:00:00.000000Z")
    assert without.id == shorter.id
