"""What an erasure did, for the service that asked for it."""

from typing import Literal

from web.notes.erasure import Erasure
from web.views.model import View


class ErasureReport(View):
    """How much of each kind was deleted or emptied; nothing the second time. `directory_record`:
    "pending" until the directory has read the tombstone of the person, which the platform
    publishes; "forgotten" after it, and for somebody the directory did not know."""

    program_id: str
    participant_id: str
    counts: dict[str, int]
    directory_record: Literal["pending", "forgotten"]


def of(program: str, participant: str, done: Erasure) -> ErasureReport:
    """The report of an erasure."""
    return ErasureReport(
        program_id=program,
        participant_id=participant,
        counts=dict(sorted(done.counts.items())),
        directory_record="forgotten" if done.is_forgotten else "pending",
    )
