"""Clocks that jump."""

from tests.verification.faults.parts.clock import readers, step
from tests.verification.faults.stage import FaultStage, Missed, kind
from tests.verification.faults.waiting import until


@kind("clock stepped")
def stepped(stage: FaultStage) -> str:
    """Everything published here lies before the earliest of these, or beyond the latest: no fact
    changes its result."""
    hours = stage.random.choice([-60 * 24, -12, 12, 2 * 365 * 24])
    offset = stage.clock_offset + hours * 3600.0
    step(stage.clock, offset)
    try:
        if not until(lambda: offset in readers(stage.clock).values(), 15):
            raise Missed("nobody looked at the clock")
        met = sum(seen == offset for seen in readers(stage.clock).values())
    finally:
        step(stage.clock, stage.clock_offset)
    return f"{met} processes saw it {hours:+,} h off"
