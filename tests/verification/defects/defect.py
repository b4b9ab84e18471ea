"""A seeded defect: something that somebody could really break, and what must notice it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from tests.verification.defects.edit import Edit, make


class DefectLevel(StrEnum):
    """Where a defect is looked for: the cheapest that shows it."""

    PURE = "pure fold"  # a history is folded; no database and no Kafka
    DATABASE = "database"  # real PostgreSQL, batches processed one after the other
    SURFACE = "people surface"  # the web's app on real PostgreSQL, asked as browsers and the API do
    COMMITTEE = "committee"  # real PostgreSQL, the use cases of governance as people use them
    KAFKA = "end to end"  # real Kafka, real worker processes


@dataclass(frozen=True)
class Defect:
    """One defect. `what` is broken, in one clause. `caught_by`: the invariants that must notice, or
    of the surface and of committees the checks (surface_checks, governance_checks).

    `scenario`: its name among those of the level; at the pure level none for a fold
    under mentorloop. `stands_still`: nothing goes on once the defect has struck, and nothing waits
    for it.
    """

    name: str
    what: str
    caught_by: tuple[str, ...]
    edits: tuple[Edit, ...]
    level: DefectLevel
    scenario: str = ""
    stands_still: bool = False

    def install(self) -> None:
        """Break this process for good."""
        make(self.edits)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Break this process for the length of the block."""
        unmake = make(self.edits)
        try:
            yield
        finally:
            unmake()
