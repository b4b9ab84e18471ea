"""What an effect is: an event that an accepted fact sets off once, and that nothing takes back."""

from typing import NamedTuple, Protocol

from engine.fact import Fact
from events.schemas.model import Data


class Outgoing(NamedTuple):
    """An event to be published: to whom, its data, and the id of what it is about, which its own
    id is computed from."""

    recipient: str
    id: str
    model: Data


class Effect(Protocol):
    """One kind of effect."""

    @property
    def event(self) -> str:
        """The type of the facts that may set it off."""

    def of(self, fact: Fact) -> Outgoing | None:
        """What the fact sets off, or None."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""
