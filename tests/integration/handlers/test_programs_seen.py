"""A program is known from when something was taken in for it; not for what was refused."""

from tests.integration.handlers.harness import Harness
from tests.support.given import MEETING, kudos, meeting, retracted


def _programs(harness: Harness) -> list[str]:
    return [name for (name,) in harness.rows("SELECT program FROM programs ORDER BY program")]


def test_of_a_program_whose_records_were_all_refused_nothing_is_known(harness: Harness) -> None:
    harness.tell(
        meeting("m", "ann", at="2030-01-01T00:00:00Z", program_id="future"),
        kudos("k", "ann", "ben", "no-such-kind", program_id="no kind"),
        meeting("m", "ann", program_id="real"),
    )
    assert _programs(harness) == ["real"]


def test_a_retraction_that_meets_no_fact_makes_its_program_known(harness: Harness) -> None:
    harness.tell(retracted(MEETING, "m", program_id="early"))
    assert _programs(harness) == ["early"]


def test_so_does_a_fact_that_is_retracted_in_the_same_batch(harness: Harness) -> None:
    harness.tell(meeting("m", "ann", program_id="gone"), retracted(MEETING, "m", program_id="gone"))
    assert _programs(harness) == ["gone"]


def test_whatever_stands_in_the_ledger_is_of_a_program_that_is_known(harness: Harness) -> None:
    harness.tell(meeting("m", "ann"), meeting("m", "ann"), meeting("m", "ann", "ben"))
    harness.tell(meeting("m", "ann", program_id="other"), b"{")
    in_ledger = harness.rows("SELECT DISTINCT content::json->>'program_id' FROM ledger ORDER BY 1")
    assert [name for (name,) in in_ledger] == _programs(harness) == ["other", "program"]
