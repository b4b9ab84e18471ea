"""Kinds of cases, the states they go through, and the outcomes they may have."""

from typing import Literal, get_args

CaseKind = Literal["first", "renewal", "waiver", "withdrawal", "appeal"]
CaseState = Literal[
    "applied",
    "acknowledged",
    "drawn",
    "reviewing",
    "closed",
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

KINDS: tuple[CaseKind, ...] = get_args(CaseKind)
STATES: tuple[CaseState, ...] = get_args(CaseState)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

APPLICATIONS: frozenset[CaseKind] = frozenset({"first", "renewal", "waiver"})
"""What somebody applies for. A decision about them is a fact."""
NEEDS_STATEMENT: frozenset[Outcome] = frozenset(
    {"declined", "stands", "retracted", "rejected", "upheld"}
)
"""Outcomes that the subject is owed reasons for."""
APPEALABLE: frozenset[Outcome] = frozenset({"declined", "retracted"})
OPEN: frozenset[CaseState] = frozenset(
    {"applied", "acknowledged", "drawn", "reviewing", "closed", "hearing", "settling", "on_desk"}
)
"""States in which a case waits for somebody to do something, or for its hours to be over."""
WITH_PANEL: frozenset[CaseState] = frozenset({"drawn", "reviewing", "closed"})
"""States of a case that peers review. What they take is of the days that it had before."""
ENDED: frozenset[CaseState] = frozenset({"final", "settled", "withdrawn"})
"""What a case stays in for good."""
UNENDED: tuple[CaseState, ...] = tuple(state for state in STATES if state not in ENDED)
WITHDRAWABLE: frozenset[CaseState] = OPEN - {"hearing"}
"""States in which the subject may withdraw an application."""

_AFTER_DESK: frozenset[CaseState] = frozenset({"final", "appealed"})
_MOVES: dict[CaseState, frozenset[CaseState]] = {
    "applied": frozenset({"acknowledged", "withdrawn"}),
    "acknowledged": frozenset({"drawn", "settling", "withdrawn"}),
    "drawn": frozenset({"reviewing", "withdrawn"}),
    "reviewing": frozenset({"closed", "withdrawn"}),
    "closed": frozenset({"settling", "withdrawn"}),
    "hearing": frozenset({"settling", "withdrawn"}),
    "settling": frozenset({"on_desk", "withdrawn"}),
    "on_desk": frozenset({"decided", "withdrawn"}),
    "decided": _AFTER_DESK,
    "appealed": frozenset({"settled"}),
    "final": frozenset(),
    "settled": frozenset(),
    "withdrawn": frozenset(),
}
_FIRST: dict[CaseKind, frozenset[CaseState]] = {
    # A case that an upheld appeal opens needs no acknowledgement again.
    "first": frozenset({"applied", "acknowledged"}),
    "renewal": frozenset({"applied", "acknowledged"}),
    "waiver": frozenset({"applied", "acknowledged"}),
    "withdrawal": frozenset({"hearing"}),
    "appeal": frozenset({"on_desk"}),
}


def may_begin(kind: CaseKind, state: CaseState) -> bool:
    """Whether a case of the kind is opened in the state."""
    return state in _FIRST[kind]


def may_move(kind: CaseKind, before: CaseState, after: CaseState) -> bool:
    """Whether a case of the kind goes from one state to the other. Every open one may end as
    withdrawn: an application if its subject wants it, each if its subject is erased."""
    if kind == "appeal":
        return before == "on_desk" and after in ("settled", "withdrawn")
    if before == "hearing" and kind != "withdrawal":
        return False
    if kind == "withdrawal" and (before in ("applied", "acknowledged") or before in WITH_PANEL):
        return False
    return after in _MOVES[before]


def offered(kind: CaseKind, *, all_met: bool) -> tuple[Outcome, ...]:
    """The outcomes that may be signed. What is granted or renewed needs every line of the ground to
    be met."""
    match kind:
        case "withdrawal":
            return ("stands", "retracted")
        case "appeal":
            return ("rejected", "upheld")
        case "renewal":
            return ("renewed", "declined") if all_met else ("declined",)
    return ("granted", "declined") if all_met else ("declined",)
