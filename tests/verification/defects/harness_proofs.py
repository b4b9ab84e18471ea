"""Scenarios at a harness about proofs: facts that come late, and facts that are retracted."""

from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, retracted
from tests.verification.defects.harness_run import HarnessRun


def a_proof_breaks(run: HarnessRun) -> None:
    """A fact is retracted that an award names, and others justify it still."""
    run.process(*meetings(1, 7))
    run.process(retracted(MEETING, "m3"))


def seven_at_once(run: HarnessRun) -> None:
    """Two meetings more than bronze asks for, in one batch."""
    run.process(*meetings(1, 7))


def a_late_fact(run: HarnessRun) -> None:
    """The first of all meetings arrives when bronze has been announced; and silver is reached."""
    run.process(*meetings(2, 6))
    run.process(*meetings(1, 1), *meetings(7, 11))


def two_retracted(run: HarnessRun) -> None:
    """Two facts that gold names are retracted in one batch."""
    run.process(*meetings(1, 15))
    run.process(retracted(MEETING, "m3", at=20), retracted(MEETING, "m4", at=21))


SCENARIOS = (a_proof_breaks, seven_at_once, a_late_fact, two_retracted)
