"""What the harness hands in about the faults it made; others fill it, the checker only judges."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultRecord:
    """One fault. `at` and `recovered_after` are in seconds, `at` since the run began.

    `proof` says how it is known that it really happened (an exit status, a line of a log, a
    refused connection); None if nobody saw it happen. `recovered_after` is None if the engine
    was never seen to go on after it.
    """

    kind: str
    at: float
    detail: str
    proof: str | None
    recovered_after: float | None


@dataclass(frozen=True, slots=True)
class FaultLog:
    """All faults of a run, in the order they happened.

    `drained_after`: seconds from the last fault until everything was read and published, None if
    that never came; `bound`: how many it may take. `kinds`: what was to happen at least once.
    """

    faults: Sequence[FaultRecord]
    drained_after: float | None
    bound: float
    kinds: frozenset[str] = frozenset()
