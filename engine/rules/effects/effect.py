"""What an effect is: an event that an accepted fact sets off once, and that nothing takes back."""

from typing import Protocol

from engine.fact import Fact
from events.schemas.kudos_invited import KudosInvited

# The data models an effect may give; a union once there is a second kind.
Effected = KudosInvited


class Effect(Protocol):
    """One kind of effect."""

    @property
    def event(self) -> str:
        """The type of the facts that may set it off."""

    def of(self, fact: Fact) -> Effected | None:
        """What the fact sets off, or None."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""
