"""How tests ask whether a corrupted copy was caught, and by what."""

from collections.abc import Callable

from tests.verification.checker.check import check
from tests.verification.checker.fault_log import FaultLog
from tests.verification.checker.seen import Observations

Spoil = Callable[[Observations], Observations]


def caught(seen: Observations, invariant: str, words: str, faults: FaultLog | None = None) -> None:
    """Fail unless this invariant is violated, with these words."""
    found = [str(violation) for violation in check(seen, faults=faults)]
    mine = [what for what in found if what.startswith(f"{invariant}:") and words in what]
    assert mine, f"{invariant} did not say {words!r}, but: {found}"
