"""The ways to divide mentors into groups: each mentor is in one group of each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from governance.rules.fairness.mentors import MentorRecord

UNKNOWN = "not-known"
"""The group of those who have declared nothing, or of whom no fact says it; it is compared with
nothing."""
DECLARABLE: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "commitment": ("under-5-hours", "5-to-10-hours", "over-10-hours"),
        "region": (
            "africa", "asia", "europe", "north-america", "oceania", "south-america",
        ),
    }
)  # fmt: skip
"""What everybody may declare: hours of mentoring a month, and where they live."""
_TENURES = ("first-year", "second-year", "longer")
_OF_FACTS = ("cohort", "track", "context", "tenure")
_YEAR = 365


def dimensions(fairness: Mapping[str, Any]) -> tuple[str, ...]:
    """The dimensions of a report: those that `governance.fairness.by` of a policy names and that
    are known, then further ones that people may opt in to."""
    known = (*_OF_FACTS, *DECLARABLE)
    named = [name for name in fairness.get("by", ()) if name in known]
    return (*dict.fromkeys(named), *(name for name in _further(fairness) if name not in known))


def declarable(fairness: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """What people may declare of themselves under a policy, by dimension: its groups. A policy
    offers further ones as `governance.fairness.groups`."""
    further = _further(fairness)
    return {
        name: DECLARABLE.get(name) or further[name]
        for name in dimensions(fairness)
        if name in DECLARABLE or name in further
    }


def in_order(dimension: str, groups: Iterable[str]) -> list[str]:
    """Groups of a dimension as they are read: from few to many, else by name; who is not known
    comes last."""
    order = (*DECLARABLE.get(dimension, ()), *_TENURES)
    return sorted(
        groups,
        key=lambda group: (
            group == UNKNOWN,
            order.index(group) if group in order else len(order),
            group,
        ),
    )


def _further(fairness: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    offered: Mapping[str, Iterable[Any]] = fairness.get("groups", {})
    return {str(name): tuple(str(one) for one in groups) for name, groups in offered.items()}


def groups_of(
    record: MentorRecord,
    names: Iterable[str],
    declared: Mapping[str, str],
    began: date,
    today: date,
) -> dict[str, str]:
    """The group of a mentor in each dimension. `began`: the local day of their first fact of
    mentoring; `today`: that of the report."""
    known = {
        "cohort": record.cohort,
        "track": record.track,
        "context": record.context,
        "tenure": _tenure((today - began).days),
    }
    return {name: known.get(name) or declared.get(name) or UNKNOWN for name in names}


def _tenure(days: int) -> str:
    return _TENURES[min(days // _YEAR, len(_TENURES) - 1)]
