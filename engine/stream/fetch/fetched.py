"""What the consumer thread hands to the agent: a batch, and by which seek it came."""

from dataclasses import dataclass

from faust.types import TP

from engine.handlers.batch import Batch


@dataclass(frozen=True, slots=True)
class Fetched:
    """A batch, as fetched after seek number `epoch` of its partition.

    A batch of an older epoch is stale: its partition was sought again since.
    """

    batch: Batch
    epoch: int
    bytes: int

    @property
    def partition(self) -> TP:
        """Whose batch it is."""
        return TP(self.batch.topic, self.batch.partition)
