"""What came of playing a defect, or of playing without one."""

from collections import Counter
from dataclasses import dataclass, field

from tests.verification.checker.verdict import Violation
from tests.verification.defects.defect import Defect


@dataclass(frozen=True)
class Result:
    """What the checker found. `failures` are what went wrong besides, so that the engine did not
    get to its end: a defect that shows by them alone was not caught by the checker."""

    violations: list[Violation]
    failures: list[str] = field(default_factory=list)

    @property
    def caught_by(self) -> dict[str, int]:
        """How many violations of each invariant, in the order of their numbers."""
        counts = Counter(violation.invariant for violation in self.violations)
        return dict(sorted(counts.items(), key=lambda item: int(item[0][1:])))

    def check_clean(self) -> None:
        """Fail unless everything is as it must be."""
        assert not self.failures, self.failures
        assert not self.violations, "\n".join(map(str, self.violations[:20]))

    def check_caught(self, defect: Defect) -> None:
        """Fail unless the checker noticed the defect by every invariant it breaks."""
        assert not self.failures, self.failures
        missed = set(defect.caught_by) - self.caught_by.keys()
        listed = "\n".join(map(str, self.violations[:20])) or "nothing"
        assert not missed, f"{defect.name}: {sorted(missed)} did not notice; there is\n{listed}"
