"""What became of the records: every one is applied, a duplicate, a retraction or a dead letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.intake.refusal import REASONS, Reason


@dataclass(frozen=True, slots=True)
class Report:
    """Counts over a whole input, and how many awards stand after it."""

    records: int
    applied: int
    duplicates: int
    retractions: int
    dead_letters: Mapping[Reason, int]
    awards: int

    def as_json(self) -> dict[str, object]:
        """As the report file; every reason is there, absent ones as 0."""
        return {
            "records": self.records,
            "applied": self.applied,
            "duplicates": self.duplicates,
            "retractions": self.retractions,
            "dead_letters": {reason: self.dead_letters.get(reason, 0) for reason in REASONS},
            "awards": self.awards,
        }
