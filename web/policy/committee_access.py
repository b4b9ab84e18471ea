"""What somebody may see and do of the committee of a program, by the parts that they have in it."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

CaseViewer = Literal["subject", "coordinator", "auditor"]
"""As what somebody reads a case with its names."""


@dataclass(frozen=True, slots=True)
class CommitteeStanding:
    """Who asks. `participant`: their id in the program, None without one. `coordinates`: they are a
    coordinator of it. `parts`: what they have in its governance today: member, chair, auditor,
    reviewer, bench."""

    participant: str | None
    coordinates: bool
    parts: Set[str] = frozenset()

    @property
    def audits(self) -> bool:
        """Whether they read everything, and write nothing."""
        return "auditor" in self.parts

    @property
    def chairs(self) -> bool:
        """Whether they preside: open withdrawals and seal minutes."""
        return "chair" in self.parts

    @property
    def sits(self) -> bool:
        """Whether cases may be assigned to them."""
        return not self.parts.isdisjoint({"member", "chair", "bench"})

    @property
    def reviews(self) -> bool:
        """Whether draws may pick them for panels."""
        return "reviewer" in self.parts

    @property
    def has_desk(self) -> bool:
        """Whether they see the desk: cases without names."""
        return self.sits or self.audits

    @property
    def reads_minutes(self) -> bool:
        """Whether they see minutes, which name nobody."""
        return self.coordinates or self.has_desk

    @property
    def reads_all(self) -> bool:
        """Whether they see every case with its names. Who decides does not."""
        return self.coordinates or self.audits

    def reads_case_of(self, subject: str) -> CaseViewer | None:
        """As what they read a case about somebody; None: not at all."""
        if self.participant == subject:
            return "subject"
        if self.coordinates:
            return "coordinator"
        return "auditor" if self.audits else None
