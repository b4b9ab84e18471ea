"""The checker: judges what was seen against what the input log says must be.

    seen = collect(deployment, clock)
    verdict = examine(seen, faults=log)
    print(verdict.report())
    assert not verdict.violations

It shares no code with the engine. Invariants: I1 the right awards were announced, I2 copies are
identical, I3 levels in order, I4 measures and awards, I5 each offset has one disposition, I6
evidence exists, I7 counts fall only by retraction, I8 cursors only go forward, I9 each fault
happened, I10 all is drained, I11 nothing private.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tests.verification.checker.fault_log import FaultLog
from tests.verification.checker.invariants.announced import announced
from tests.verification.checker.invariants.causes import causes
from tests.verification.checker.invariants.copies import copies
from tests.verification.checker.invariants.counts import counts
from tests.verification.checker.invariants.cursors import cursors
from tests.verification.checker.invariants.dispositions import dispositions
from tests.verification.checker.invariants.earliest import earliest
from tests.verification.checker.invariants.evidence import evidence
from tests.verification.checker.invariants.faults import drained
from tests.verification.checker.invariants.faults import faults as judge_faults
from tests.verification.checker.invariants.invited import invited
from tests.verification.checker.invariants.levels import levels
from tests.verification.checker.invariants.privacy import privacy
from tests.verification.checker.invariants.recomputed import recomputed
from tests.verification.checker.invariants.refused import refused
from tests.verification.checker.invariants.results import results
from tests.verification.checker.invariants.shown import shown
from tests.verification.checker.invariants.stored import stored
from tests.verification.checker.known import Known
from tests.verification.checker.seen import Observations
from tests.verification.checker.verdict import Finding, Verdict, Violation

INVARIANTS = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11")


def check(
    seen: Observations,
    *,
    faults: FaultLog | None = None,
    logs: Sequence[Path] = (),
    needed: Collection[str] = INVARIANTS,
) -> list[Violation]:
    """All violations; see `examine`."""
    return examine(seen, faults=faults, logs=logs, needed=needed).violations


def examine(
    seen: Observations,
    *,
    faults: FaultLog | None = None,
    logs: Sequence[Path] = (),
    needed: Collection[str] = INVARIANTS,
) -> Verdict:
    """Judge everything; never stops at the first violation.

    `faults`: without it, I9 is left out, and of I10 only what can be seen is judged. `private`:
    the words that every private message begins with. `logs`: files that must not hold them.
    `needed`: the invariants that must have compared something; leave some out for a history that
    gives them nothing to compare.
    """
    known = Known(seen)
    findings = [_judged(invariant, judge, known) for invariant, judge in _JUDGES]
    if faults is not None:
        findings.append(judge_faults(faults))
    findings += [drained(known, faults), privacy(known, logs)]
    for finding in findings:
        for kind in finding.needed if finding.invariant in needed else ():
            finding.require(finding.compared[kind] > 0, f"compared no {kind}, so nothing is shown")
    return Verdict(tuple(findings))


_JUDGES: tuple[tuple[str, Callable[[Known], Finding]], ...] = (
    ("I1", announced),
    ("I1", invited),
    ("I1", shown),
    ("I1", stored),
    ("I2", copies),
    ("I3", levels),
    ("I4", results),
    ("I5", dispositions),
    ("I5", refused),
    ("I6", evidence),
    ("I6", earliest),
    ("I6", causes),
    ("I7", counts),
    ("I8", cursors),
    ("I1", recomputed),
)


def _judged(invariant: str, judge: Callable[[Known], Finding], known: Known) -> Finding:
    """A finding, also about what is so wrong that it cannot be compared."""
    try:
        return judge(known)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        finding = Finding(invariant, judge.__name__, needed=())
        finding.violate(f"cannot be judged, something is not of its shape: {error!r}")
        return finding
