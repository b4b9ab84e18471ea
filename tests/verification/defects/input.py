"""Records that let defects show: made-up histories, and what hardly ever occurs in those."""

from tests.integration.handlers.stories import all_milestones, champion
from tests.support.given import KUDOS, kudos, meeting, record
from tests.verification.oracle.histories import history

_SAME_TO_THE_EYE = ("zo\u00eb", "zoe\u0308", " zo\u00eb", "Zo\u00eb")


def everything(events: int = 400) -> list[bytes]:
    """A history of two programs with duplicates, conflicts, retractions, bad records of every
    reason and private messages, and before it what is rare."""
    return [*champion(), *all_milestones(), *_namesakes(), *bad(), *history(7, events)]


def _namesakes() -> list[bytes]:
    """Different people whose names look alike."""
    return [meeting(f"n{n}", *_SAME_TO_THE_EYE, at=n, loop_id="names") for n in range(1, 6)]


def bad() -> list[bytes]:
    """Kudos to oneself, kudos nobody knows, an event for another topic, too much, the future, and
    a private message where something else is wrong."""
    return [
        kudos("self", "ann", "ann", "trust", message="PRIVATE-self"),
        kudos("odd", "ben", "ann", "kindness"),
        record("mentoring.badge.awarded.v1", 1, {}),
        meeting("large", "ann").ljust(65_537),
        kudos("soon", "ben", "ann", "trust", at="2026-06-02T00:00:00.000001Z"),
        record(KUDOS, 1, {"program_id": "program", "message": "PRIVATE-nowhere"}),
    ]


def in_program(name: str, lines: list[bytes]) -> list[bytes]:
    """The same records in another program."""
    return [line.replace(b'"program"', f'"{name}"'.encode()) for line in lines]
