"""What the checker says: violations, and how much was compared to find them or none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.verification.checker.naming import named


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as it must be. `what` names the award, the offset, the recipient."""

    invariant: str
    what: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.what}"


@dataclass(slots=True)
class Finding:
    """One invariant's result. `compared` counts what was looked at, by kind; a kind in `needed`
    must not be empty, or nothing was shown."""

    invariant: str
    title: str
    needed: tuple[str, ...]
    compared: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def violate(self, what: str, about: object = None) -> None:
        """Note a violation; the search goes on. `about`: an award, or an event that says of it."""
        if about is not None:
            what = f"{named(about) if isinstance(about, Mapping) else about}: {what}"
        self.violations.append(Violation(self.invariant, what))

    def require(self, holds: bool, what: str, about: object = None) -> None:
        """Note a violation unless something holds. It is named only then: that takes its time."""
        if not holds:
            self.violate(what, about)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings, in the order of the invariants."""

    findings: tuple[Finding, ...]

    @property
    def violations(self) -> list[Violation]:
        """All violations."""
        return [violation for finding in self.findings for violation in finding.violations]

    def report(self) -> str:
        """One line per invariant: what was compared, how many, how many violations."""
        return "\n".join(_line(finding) for finding in self.findings)


def _line(finding: Finding) -> str:
    counted = ", ".join(f"{number:,} {kind}" for kind, number in sorted(finding.compared.items()))
    result = f"{len(finding.violations)} VIOLATIONS" if finding.violations else "holds"
    return f"{finding.invariant:<4} {finding.title}: {result}; compared {counted or 'nothing'}"
