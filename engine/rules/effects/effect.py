"""What an effect is: an event that an accepted fact sets off once, and that nothing takes back."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from engine.fact import Fact


class Outgoing(NamedTuple):
    """An event to be published: to whom, the id of what it is about, which its own id is computed
    from, its type, and its data as JSON values in the order of its model."""

    recipient: str
    id: str
    type: str
    data: Mapping[str, object]


class Effect(Protocol):
    """One kind of effect."""

    @property
    def event(self) -> str:
        """The type of the facts that may set it off."""

    def of(self, fact: Fact) -> Outgoing | None:
        """What the fact sets off, or None."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""
