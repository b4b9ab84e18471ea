"""What decides about records besides the catalog: the clock, and the limit of refusals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.intake.refusal_window import RefusalLimit
from events.instants import Instant, from_datetime
from events.public_key import PublicKey
from events.schemas.registry import TopicKind

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def only_activity(_topic: str) -> TopicKind:
    """No topic is one of governance."""
    return "activity"


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """`tolerance`: how far ahead of `clock` an event's time may lie. `refusal_limit`: when refusals
    halt a partition; None for never. `notes_key`: what keys of people are sealed to; None where no
    note comes in clear. `kind_of`: which kind of topic one is, by name."""

    clock: Clock = system_clock
    tolerance: timedelta = timedelta(hours=24)
    refusal_limit: RefusalLimit | None = field(default_factory=RefusalLimit)
    notes_key: PublicKey | None = None
    kind_of: Callable[[str], TopicKind] = only_activity

    def latest(self) -> Instant:
        """The latest time an event may carry now."""
        try:
            return from_datetime(self.clock() + self.tolerance)
        except OverflowError:
            return Instant("9999-12-31T23:59:59.999999Z")
