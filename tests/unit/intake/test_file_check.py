"""What `publish --check` names: all that a worker would refuse, and nothing else."""

import pytest
from hypothesis import given

from engine.catalog.model import Catalog
from engine.intake.file_check import FileCheck
from replay.build.preview import PreviewIntake
from tests.support.catalogs import EVERY_KIND
from tests.support.examples import examples
from tests.support.given import LATEST, MENTORLOOP, kudos, meeting, quiz, retracted
from tests.support.histories import histories


def _refusals(*records: bytes, **catalogs: Catalog) -> list[str | None]:
    check = FileCheck(lambda program: catalogs.get(program, MENTORLOOP), LATEST)
    found = (check.refusal(number, value) for number, value in enumerate(records, start=1))
    return [refusal and f"{refusal.reason}: {refusal.detail}" for refusal in found]


@examples(30)
@given(histories(80, bad=0.3))
def test_what_preview_refuses_is_named_and_nothing_else(records: list[bytes]) -> None:
    check, preview = FileCheck(lambda _: MENTORLOOP, LATEST), PreviewIntake(MENTORLOOP, LATEST)
    for number, value in enumerate(records, start=1):
        one, other = check.refusal(number, value), preview.process(value)
        assert (one and one.reason) == (other and other.reason)
        if one is not None and one.reason != "conflict":
            assert one == other


def test_a_conflict_names_the_line_that_gave_the_fact_first() -> None:
    first, other = meeting("m", "ann"), meeting("m", "ann", "ben")
    assert _refusals(first, quiz("q", "ann"), other, first) == [
        None,
        None,
        "conflict: line 1 gives the same fact with other content",
        None,
    ]


def test_the_kinds_of_kudos_are_those_of_the_programs_catalog() -> None:
    given_in_both = [
        kudos("k", "ben", "ann", "thanks"),
        kudos("k", "ben", "ann", "thanks", program_id="other"),
    ]
    assert _refusals(*given_in_both, other=EVERY_KIND) == [
        "invalid: kind: no such kind in the catalog; there are trust, networking, expertise, "
        "commitment, creativity",
        None,
    ]


@pytest.mark.parametrize("record", [meeting("m", "ann", at="2031-01-01T00:00:00Z")])
def test_a_time_ahead_of_the_clock_is_named(record: bytes) -> None:
    assert _refusals(record) == [f"future: time is after {LATEST}, the latest accepted now"]


def test_a_retraction_is_no_conflict_with_its_fact() -> None:
    fact = meeting("m", "ann")
    gone = retracted("mentoring.meeting.completed.v1", "m", loop_id="loop")
    assert _refusals(gone, fact, gone, fact) == [None] * 4
