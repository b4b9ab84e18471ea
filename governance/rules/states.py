"""What kinds of cases there are, which states they go through, and how they end.

docs/concepts.md explains the words.
"""

from typing import Literal, get_args

CaseKind = Literal["first", "renewal", "waiver", "withdrawal", "appeal"]
CaseState = Literal[
    "applied",
    "acknowledged",
    "hearing",
    "settling",
    "on_desk",
    "decided",
    "appealed",
    "final",
    "settled",
    "withdrawn",
]
Outcome = Literal["granted", "renewed", "declined", "stands", "retracted", "rejected", "upheld"]

ENDED: frozenset[CaseState] = frozenset(("final", "settled", "withdrawn"))
"""What a case stays in for good."""
UNENDED: tuple[CaseState, ...] = tuple(s for s in get_args(CaseState) if s not in ENDED)
