"""What is played at a harness about proofs: facts that come late, and facts that are taken back."""

from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, retracted
from tests.verification.defects.harness_run import Play


def a_proof_breaks(play: Play) -> None:
    """A fact is retracted that an award names, and others justify it still."""
    play.tell(*meetings(1, 7))
    play.tell(retracted(MEETING, "m3"))


def seven_at_once(play: Play) -> None:
    """Two meetings more than bronze asks for, in one batch."""
    play.tell(*meetings(1, 7))


def a_late_fact(play: Play) -> None:
    """The first of all meetings is told when bronze has been announced; and silver is reached."""
    play.tell(*meetings(2, 6))
    play.tell(*meetings(1, 1), *meetings(7, 11))


def two_retracted(play: Play) -> None:
    """Two facts that gold names are retracted in one batch."""
    play.tell(*meetings(1, 15))
    play.tell(retracted(MEETING, "m3", at=20), retracted(MEETING, "m4", at=21))


SCENES = (a_proof_breaks, seven_at_once, a_late_fact, two_retracted)
